import type { Author, ReplyLanguage } from '../../core/nouns.ts';

const LONGEST = 20;
/** Everything after one of these is decoration: "Theo (he/him)", "Nadia | runner", "小北·上海". */
const DECORATION = /[([{<|/\\（【「『｜·•~～,，:：;；—–]/u;
const NOT_A_NAME = /[^\p{L}\p{M} '’-]/gu;
/** A greeting must not lend weight to somebody who plays us, nor call anybody by a role. */
const ROLE =
  /support|official|admin|moderator|service|help|team|staff|bot\b|security|客服|官方|管理|客户|服務|服务|小助手|助手|everyone|here\b/iu;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * An author's display name as it can be said in a reply, or none. Only letters remain: no markup, mention, link, number
 * or hidden character survives; names that are long, that claim a role, or that use our product's name are not said.
 */
export function sayableName(author: Author, product: string): string | undefined {
  const whole = author.name?.slice(0, 200).normalize('NFKC') ?? '';
  if (product && whole.toLowerCase().includes(product.toLowerCase())) return undefined;
  if (ROLE.test(whole)) return undefined;
  const first = whole.split(DECORATION)[0] ?? '';
  // A name with digits, dots, slashes or signs inside is a handle, a link or a number.
  if (/\p{N}|[@#_*`~^$%&=+.]\S|\S[@#_*`~^$%&=+]/u.test(first)) return undefined;
  const name = first.replace(NOT_A_NAME, '').replace(/\s+/gu, ' ').trim().normalize('NFC');
  if (!/^\p{L}/u.test(name) || /\p{M}{3}/u.test(name)) return undefined;
  if (name.length > LONGEST || [...graphemes.segment(name)].length < 2) return undefined;
  return name;
}

/** How a reply begins. Without a name it is still a greeting. */
export function greeting(lang: ReplyLanguage, name: string | undefined): string {
  if (lang === 'en') return name ? `Hi ${name},` : 'Hi,';
  if (!name) return '您好，';
  return /\p{Script=Han}$/u.test(name) ? `${name}您好，` : `${name} 您好，`;
}
