import type { FastifyReply } from 'fastify';

/** The few pages that must work without the inbox. English and Chinese at once, no script, no style of their own. */
const PAGES = {
  used: {
    title: 'Sign-in link · 登录链接',
    body: `<p>This sign-in link was used already, or it is none. Start Earshot again for a new one, or ask a colleague for an invitation.</p>
<p lang="zh-Hans">此登录链接已被使用或无效。请重新启动 Earshot 获取新链接，或请同事发送邀请。</p>`,
  },
  invited: {
    title: 'Earshot',
    body: `<p>You are invited as <strong>{{name}}</strong>. What you decide is recorded under this name.</p>
<p lang="zh-Hans">您受邀以 <strong>{{name}}</strong> 的身份加入，您的决定将以此姓名记录。</p>
<form method="post" action="/sign-in"><input type="hidden" name="key" value="{{key}}">
<button type="submit">Open the inbox · <span lang="zh-Hans">打开收件箱</span></button></form>`,
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
