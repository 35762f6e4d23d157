import type { CallAnswer } from '#kit';
import { LANGS, type Lang, WORDS } from './words.ts';

/** The most a person may write into the form, in characters. */
export const FORM_TEXT_MAX = 5_000;

export interface FormPage {
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
export function formPage(page: FormPage): string {
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

export function thanksPage(lang: Lang, app: string, reference: string, notKept: readonly string[]): string {
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
export function asPage(html: string, embedOn: readonly string[], status = 200): CallAnswer {
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
