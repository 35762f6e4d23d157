/** The public form, in the languages of its readers: the page, the ticket that makes it good once, and what comes back. */

import { createHmac, randomBytes } from 'node:crypto';
import { type Call, type CallAnswer, type Hear, type Instant, sameText } from '#kit';
import type { AppFeedbackClient } from './client.ts';
import { keepPictures, readForm } from './intake.ts';
import { Contact, Feedback, toMention } from './messages.ts';

const DAY_MS = 86_400_000;

/** The public form, empty. What the app knows of itself may stand in the address. */
export function showForm(client: AppFeedbackClient, call: Call): CallAnswer {
  const lang = langOf(call.query.get('lang'), call.headers.get('accept-language'));
  return answerWith(client, {
    lang,
    version: short(call.query.get('version')),
    device: short(call.query.get('device')),
  });
}

/** The form as somebody sent it. Nobody is known here, so nothing is believed: a page of ours, once, and not in a flood. */
export async function takeForm(client: AppFeedbackClient, call: Call, hear: Hear): Promise<CallAnswer> {
  const now = client.now();
  // The ticket stands before the pictures: without a good one they are not read.
  const stop = new Stopped();
  const { fields, files } = await readForm(call, (so) => {
    const read = readTicket(client.secret(), so.get('ticket') ?? '', now);
    if (typeof read === 'string') throw stop.with(read, so);
    stop.id = read.id;
  }).catch((thrown: unknown) => {
    if (thrown !== stop) throw thrown;
    return { fields: stop.fields, files: [] };
  });
  const lang = langOf(fields.get('lang') ?? null, call.headers.get('accept-language'));
  const filled = { lang, ...filledIn(fields) };
  const again = (trouble: keyof Troubles) => answerWith(client, { ...filled, trouble: WORDS[lang][trouble] }, 422);
  if (stop.why) return again(stop.why);
  // Only a program fills in what no person sees. It is thanked, so that it learns nothing.
  if (fields.get('website')) return thanks(client, lang, stop.id, []);

  if (filled.text.length > FORM_TEXT_MAX) return again('tooMuch');
  const offered = filled.email !== '' && client.ways().email;
  const contact = Contact.safeParse(offered ? { by: 'email', email: filled.email } : { by: 'none' });
  if (!contact.success) return again('wrongEmail');
  const said = Feedback.safeParse({ text: filled.text, lang, version: filled.version, device: filled.device });
  if (!said.success) return again('missingText');

  const mark = `form ${stop.id}`;
  if (await hear.taken(mark)) return again('outdated');
  const { attachments, results } = await keepPictures(
    client,
    stop.id,
    files.map((file) => ({ ...file, sha256: '' })),
  );
  const feedback = { ...said.data, contact: contact.data };
  const mention = toMention(stop.id, feedback, attachments, { app: client.options.app, ways: client.ways() });
  await hear({ found: [mention], once: [{ id: mark, until: now + DAY_MS }] });
  return thanks(
    client,
    lang,
    stop.id,
    files.flatMap(({ name }, index) => (results[index]?.kept ? [] : [name])),
  );
}

type Troubles = Pick<(typeof WORDS)['en'], 'tooQuick' | 'outdated' | 'tooMuch' | 'wrongEmail' | 'missingText'>;

/** Why a form is not read to its end. */
class Stopped extends Error {
  why: 'tooQuick' | 'outdated' | undefined;
  id = '';
  fields: ReadonlyMap<string, string> = new Map();

  with(why: 'tooQuick' | 'outdated', fields: ReadonlyMap<string, string>): this {
    this.why = why;
    this.fields = fields;
    return this;
  }
}

function filledIn(fields: ReadonlyMap<string, string>) {
  return {
    text: (fields.get('text') ?? '').replaceAll('\r\n', '\n'),
    email: short(fields.get('email') ?? null).trim(),
    version: short(fields.get('version') ?? null),
    device: short(fields.get('device') ?? null),
  };
}

type Shown = Pick<FormPage, 'lang' | 'version' | 'device' | 'text' | 'email' | 'trouble'>;

function answerWith(client: AppFeedbackClient, shown: Shown, status = 200): CallAnswer {
  const { app, embedOn } = client.options;
  const ticket = makeTicket(client.secret(), client.now());
  return asPage(formPage({ app, ticket, offersEmail: client.ways().email, ...shown }), embedOn, status);
}

function thanks(client: AppFeedbackClient, lang: Lang, reference: string, notKept: readonly string[]): CallAnswer {
  const { app, embedOn } = client.options;
  return asPage(thanksPage(lang, app, reference, notKept), embedOn);
}

const short = (text: string | null) => (text ?? '').slice(0, 200).toWellFormed();

/** The most a person may write into the form, in characters. */
const FORM_TEXT_MAX = 5_000;

interface FormPage {
  app: string;
  lang: Lang;
  ticket: string;
  /** May an answer by e-mail be asked for? */
  offersEmail: boolean;
  /** What the app says of itself, handed on unseen. */
  version: string;
  device: string;
  /** What was filled in before, when it comes back with something to mend. */
  text?: string;
  email?: string;
  trouble?: string;
}

/** The form. Works without a script; loads nothing but its own style. */
function formPage(page: FormPage): string {
  const { app, lang, ticket, offersEmail, version, device, text = '', email = '', trouble } = page;
  const t = WORDS[lang];
  const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
  const others = LANGS.filter((one) => one !== lang).map(
    (one) =>
      `<a href="?${escapeHtml(queryOf({ lang: one, version, device }))}" lang="${one}" hreflang="${one}">${WORDS[one].language}</a>`,
  );
  const byEmail = `<label for="email">${t.email}</label>
<input id="email" type="email" name="email" maxlength="254" autocomplete="email" value="${escapeHtml(email)}" aria-describedby="email-hint">
<p class="hint" id="email-hint">${t.emailHint}</p>`;
  return shell(
    lang,
    t.title(app),
    `<nav>${others.join(' ')}</nav>
<h1>${escapeHtml(t.title(app))}</h1>
${trouble ? `<p class="trouble" role="alert"><strong>${t.trouble}</strong> ${escapeHtml(trouble)}</p>` : `<p>${t.lead}</p>`}
<form method="post" action="form" enctype="multipart/form-data">
${hidden('ticket', ticket)}${hidden('lang', lang)}${hidden('version', version)}${hidden('device', device)}
<label for="text">${t.text}</label>
<textarea id="text" name="text" rows="7" maxlength="${FORM_TEXT_MAX}" required aria-describedby="text-hint">${escapeHtml(text)}</textarea>
<p class="hint" id="text-hint">${t.hint}</p>
${offersEmail ? byEmail : ''}
<label for="shots">${t.pictures}</label>
<input id="shots" type="file" name="screenshot" accept="image/png,image/jpeg,image/webp" multiple aria-describedby="shots-hint">
<p class="hint" id="shots-hint">${t.picturesHint}</p>
<p class="trap" aria-hidden="true"><label>${t.leaveEmpty}<input name="website" tabindex="-1" autocomplete="off"></label></p>
<button>${t.send}</button>
</form>`,
  );
}

function thanksPage(lang: Lang, app: string, reference: string, notKept: readonly string[]): string {
  const t = WORDS[lang];
  const lost = notKept.map((name) => `<p class="trouble" role="alert">${escapeHtml(t.noPicture(name || '?'))}</p>`);
  return shell(
    lang,
    t.title(app),
    `<h1>${escapeHtml(t.title(app))}</h1>
<p class="done" role="status"><strong>${t.thanks}</strong></p>
${lost.join('\n')}
<p class="hint">${escapeHtml(t.reference(reference))}</p>
<p><a href="?${queryOf({ lang })}">${t.another}</a></p>`,
  );
}

function shell(lang: Lang, title: string, body: string): string {
  return `<!doctype html>
<html lang="${lang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="robots" content="noindex"><title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="form.css"><main>
${body}
</main></html>
`;
}

/** A page that may be shown inside pages of these sites, and can do nothing but be sent. */
function asPage(html: string, embedOn: readonly string[], status = 200): CallAnswer {
  const ancestors = embedOn.length === 0 ? "'none'" : embedOn.map((address) => new URL(address).origin).join(' ');
  const policy = `default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors ${ancestors}`;
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      // The page is alike for everybody but for its ticket.
      vary: 'accept-language',
    },
    body: html,
  };
}

function queryOf(values: Record<string, string>): string {
  return new URLSearchParams(Object.entries(values).filter(([, value]) => value !== '')).toString();
}

function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? '');
}

export const FORM_STYLE = `:root { color-scheme: light dark; --text: #17212b; --soft: #51606d; --line: #b9c3cb; --bg: #fff; --accent: #14647f; --on-accent: #fff; --red: #b3261e; --red-soft: #fdeceb; --green-soft: #e4f4ea; }
@media (prefers-color-scheme: dark) { :root { --text: #e6ebef; --soft: #a5b2bd; --line: #4a5863; --bg: #181f26; --accent: #6fc3dd; --on-accent: #0d1418; --red: #ffb4ab; --red-soft: #3b2020; --green-soft: #1c3327; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--text); font: 1rem/1.5 -apple-system, 'Segoe UI', Roboto, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif; }
html:lang(zh-Hant) body { font-family: -apple-system, 'Segoe UI', Roboto, 'PingFang TC', 'Microsoft JhengHei', 'Noto Sans CJK TC', sans-serif; }
html:lang(zh) body { line-height: 1.7; }
main { max-width: 36rem; margin: 0 auto; padding: 1.25rem; }
nav { display: flex; gap: 1rem; justify-content: end; font-size: 0.875rem; }
h1 { margin: 0.5rem 0; font-size: 1.375rem; line-height: 1.3; }
a { color: var(--accent); }
label { display: block; margin-top: 1.125rem; font-weight: 600; }
textarea, input[type='email'], input[type='file'] { display: block; width: 100%; margin-top: 0.375rem; padding: 0.625rem; border: 1px solid var(--line); border-radius: 8px; background: transparent; color: inherit; font: inherit; }
textarea { resize: vertical; }
.hint { margin: 0.375rem 0 0; color: var(--soft); font-size: 0.875rem; }
.trouble, .done { margin: 0.75rem 0; padding: 0.75rem; border-radius: 8px; }
.trouble { background: var(--red-soft); color: var(--red); }
.done { background: var(--green-soft); }
.trap { position: absolute; left: -9999px; }
button { margin-top: 1.25rem; min-height: 44px; padding: 0.625rem 1.75rem; border: 0; border-radius: 8px; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/** Nobody writes and sends faster than this. */
const QUICKEST_MS = 2_000;
/** A page that was open for longer has to be sent again. */
const OLDEST_MS = 12 * 3_600_000;

/** A page of the form, recognised when it is sent: made by us, not long ago, and good for one message. */
export function makeTicket(secret: string, now: Instant): string {
  const made = `${now.toString(36)}.${randomBytes(9).toString('base64url')}`;
  return `${made}.${sealOf(secret, made)}`;
}

/** @returns the message's id, or what is wrong */
function readTicket(secret: string, ticket: string, now: Instant): { id: string } | 'tooQuick' | 'outdated' {
  const [at = '', random = '', seal = ''] = ticket.slice(0, 200).split('.');
  if (!sameText(seal, sealOf(secret, `${at}.${random}`))) return 'outdated';
  const age = now - Number.parseInt(at, 36);
  if (age < QUICKEST_MS) return 'tooQuick';
  return age <= OLDEST_MS ? { id: `form-${random}` } : 'outdated';
}

const sealOf = (secret: string, text: string) =>
  createHmac('sha256', secret).update(`form ${text}`).digest('base64url');

/** What the public form says, in the languages of its readers. */
const LANGS = ['zh-Hans', 'zh-Hant', 'en'] as const;
type Lang = (typeof LANGS)[number];

const EN = {
  language: 'English',
  title: (app: string) => `Feedback on ${app}`,
  lead: 'Tell us what happened. A person reads it.',
  text: 'What happened?',
  hint: 'Never write a password, a code or a whole card number here.',
  pictures: 'Screenshots (optional)',
  picturesHint: 'Up to 3, each up to 10 MB: PNG, JPEG or WebP. What is hidden in them, such as a place, is removed.',
  email: 'E-mail address (optional)',
  emailHint: 'If you would like an answer. It is used for that alone.',
  leaveEmpty: 'Leave this empty',
  send: 'Send',
  thanks: 'We have it. Thank you.',
  reference: (id: string) => `Reference: ${id}`,
  noPicture: (name: string) =>
    `Your words are here, but the picture "${name}" could not be kept. Send PNG, JPEG or WebP, each up to 10 MB.`,
  another: 'Write another one',
  trouble: 'Not sent yet.',
  missingText: 'Write what happened first.',
  wrongEmail: 'Give an e-mail address that works, or leave it empty.',
  tooQuick: 'That was very quick. Wait a few seconds, then press Send.',
  outdated: 'This page was open for too long, or it was sent already. Look at it, then press Send again.',
  tooMuch: 'This is too long. Keep it under 5,000 characters.',
};

const WORDS: Record<Lang, typeof EN> = {
  en: EN,
  'zh-Hans': {
    language: '简体中文',
    title: (app) => `${app} 意见反馈`,
    lead: '请告诉我们发生了什么。由真人阅读。',
    text: '发生了什么？',
    hint: '请勿填写密码、验证码或完整卡号。',
    pictures: '截图（可选）',
    picturesHint: '最多 3 张，每张不超过 10 MB，支持 PNG、JPEG、WebP。图片中的位置等隐藏信息会被清除。',
    email: '电子邮箱（可选）',
    emailHint: '如果您希望收到回复，请填写。只用于回复这条反馈。',
    leaveEmpty: '此栏请留空',
    send: '发送',
    thanks: '已收到，谢谢您。',
    reference: (id) => `编号：${id}`,
    noPicture: (name) => `文字已收到，但未能保存图片“${name}”。请改用 PNG、JPEG 或 WebP 图片，每张不超过 10 MB。`,
    another: '再写一条',
    trouble: '尚未发送。',
    missingText: '请先写下发生了什么。',
    wrongEmail: '请填写有效的电子邮箱，或留空。',
    tooQuick: '发送得太快了。请稍等几秒，再点击发送。',
    outdated: '页面打开时间过长，或已发送过一次。请检查内容后再次发送。',
    tooMuch: '内容过长。请控制在 5000 字以内。',
  },
  'zh-Hant': {
    language: '繁體中文',
    title: (app) => `${app} 意見回饋`,
    lead: '請告訴我們發生了什麼事。由真人閱讀。',
    text: '發生了什麼事？',
    hint: '請勿填寫密碼、驗證碼或完整卡號。',
    pictures: '螢幕截圖（選填）',
    picturesHint: '最多 3 張，每張不超過 10 MB，支援 PNG、JPEG、WebP。圖片中的位置等隱藏資訊會被清除。',
    email: '電子信箱（選填）',
    emailHint: '如果您希望收到回覆，請填寫。僅用於回覆這則意見。',
    leaveEmpty: '此欄請留空',
    send: '送出',
    thanks: '已收到，謝謝您。',
    reference: (id) => `編號：${id}`,
    noPicture: (name) => `文字已收到，但未能儲存圖片「${name}」。請改用 PNG、JPEG 或 WebP 圖片，每張不超過 10 MB。`,
    another: '再寫一則',
    trouble: '尚未送出。',
    missingText: '請先寫下發生了什麼事。',
    wrongEmail: '請填寫有效的電子信箱，或留空。',
    tooQuick: '送出得太快了。請稍等幾秒，再點選送出。',
    outdated: '頁面開啟時間過長，或已送出過一次。請檢查內容後再次送出。',
    tooMuch: '內容過長。請控制在 5000 字以內。',
  },
};

/** The language that was asked for in the address, else the first one of the browser that we speak. */
function langOf(asked: string | null, accept: string | null): Lang {
  const wanted = [asked ?? '', ...(accept ?? '').split(',').map((one) => one.split(';')[0]?.trim() ?? '')];
  for (const one of wanted) {
    if (/^zh-(?:hant|tw|hk|mo)/i.test(one)) return 'zh-Hant';
    if (/^zh\b/i.test(one)) return 'zh-Hans';
    if (/^en\b/i.test(one)) return 'en';
  }
  return 'en';
}
