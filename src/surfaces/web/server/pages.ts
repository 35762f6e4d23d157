import type { FastifyReply } from 'fastify';

/** The few pages that must work without the inbox. English and Chinese at once, no script, no style of their own. */
const PAGES = {
  used: {
    title: 'Sign-in link · 登录链接',
    body: `<p>This sign-in link was used already, or it is none. Start Earshot again for a new one, or ask a colleague for an invitation.</p>
<p lang="zh-Hans">此登录链接已被使用或无效。请重新启动 Earshot 获取新链接，或请同事发送邀请。</p>`,
  },
  'not-invited': {
    title: 'Earshot',
    body: `<p>You are signed in elsewhere as <strong>{{name}}</strong>, but nobody has invited you to this inbox yet. Ask a colleague for a link, and open it first.</p>
<p lang="zh-Hans">您已在别处以 <strong>{{name}}</strong> 登录，但尚未受邀进入此收件箱。请向同事索取邀请链接并先打开它。</p>
<p lang="zh-Hant">您已在別處以 <strong>{{name}}</strong> 登入，但尚未受邀進入此收件匣。請向同事索取邀請連結並先開啟它。</p>`,
  },
  'login-failed': {
    title: 'Sign-in · 登录',
    body: `<p>The sign-in did not work. <a href="/">Go back</a> and try again. If it happens again, whoever runs Earshot finds the reason in its log.</p>
<p lang="zh-Hans">登录失败。请<a href="/">返回</a>重试。如再次失败，运行 Earshot 的人可在日志中找到原因。</p>
<p lang="zh-Hant">登入失敗。請<a href="/">返回</a>重試。如再次失敗，執行 Earshot 的人可在日誌中找到原因。</p>`,
  },
  alert: {
    title: 'Earshot',
    body: `<p>Alert {{id}}: press the button if you take care of it. Nobody is reminded again then.</p>
<p lang="zh-Hans">提醒 {{id}}：如果由您处理，请点击按钮，之后不会再提醒。</p>
<form method="post" action="/alerts/acknowledge"><input type="hidden" name="token" value="{{token}}">
<p><label>Your name · <span lang="zh-Hans">您的姓名</span> <input name="name" maxlength="60" autocomplete="name"></label></p>
<button type="submit">I have it · <span lang="zh-Hans">我来处理</span></button></form>`,
  },
  'alert-had': {
    title: 'Earshot',
    body: `<p>Acknowledged by <strong>{{by}}</strong>. Thank you.</p>
<p lang="zh-Hans">已由 <strong>{{by}}</strong> 确认，谢谢。</p>`,
  },
  'alert-unknown': {
    title: 'Earshot',
    body: `<p>There is no such alert. Open the inbox, or ask whoever sent you the link.</p>
<p lang="zh-Hans">没有此提醒。请打开收件箱，或询问发送链接的人。</p>`,
  },
  'not-built': {
    title: 'Earshot',
    body: `<p>The inbox is not built yet. Run <code>npm run prepare</code> in Earshot's folder, then reload this page.</p>
<p lang="zh-Hans">收件箱页面尚未构建。请在 Earshot 目录下运行 <code>npm run prepare</code>，然后刷新本页。</p>`,
  },
} as const;

export function page(
  answer: FastifyReply,
  status: number,
  name: keyof typeof PAGES,
  values: Record<string, string> = {},
) {
  const { title, body } = PAGES[name];
  const filled = body.replace(/\{\{(\w+)\}\}/g, (_, key: string) => escapeHtml(values[key] ?? ''));
  return answer
    .code(status)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html>\n<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
        `<meta name="color-scheme" content="light dark"><title>${title}</title><h1>Earshot</h1>\n${filled}\n</html>\n`,
    );
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? '');
}
