import { compile, type FormatCallback } from 'html-to-text';

/** The converter recurses, and its parser slows down with depth. A page nested deeper was made to break programs. */
const MAX_DEPTH = 500;

/** Longer pages are cut: nobody reads on, and no post is that long. */
const MAX_HTML = 10 * 1024 * 1024;

/**
 * Text as it may be stored and shown everywhere: well-formed (no lone surrogates), no control characters other than line
 * feed and tab, `\n` as the only line break, no blank edges. Direction marks stay, they belong to Arabic and Hebrew.
 */
export function cleanText(text: string): string {
  return (
    text
      .replace(/\r\n?|\u2028|\u2029/g, '\n')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\0-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F]/g, '')
      .toWellFormed()
      .trim()
  );
}

/** True when a text uses tags that a forum or blog would: `I <3 you` and `a < b` are not HTML. */
export function looksLikeMarkup(text: string): boolean {
  return /<\/?(?:a|abbr|article|b|blockquote|br|code|dd|del|details|div|dl|dt|em|figure|font|h[1-6]|hr|i|iframe|img|ins|kbd|li|mark|ol|p|pre|q|s|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|tr|tt|u|ul|video)(?:\s[^>]*|\/)?>/i.test(
    text,
  );
}

/**
 * What a person would read of a piece of HTML. Nothing is loaded or run; scripts, styles, frames and forms are left out.
 * Quotes begin with `> ` on each line and code stands between lines of three backticks, so that a reader can tell them
 * from what the author says. A link shows its target only when that is on another site than `base`.
 */
export function htmlToText(html: string, base?: string): string {
  const input = html.length > MAX_HTML ? html.slice(0, MAX_HTML) : html;
  return tidy(isNestedTooDeep(input) ? withoutTags(input) : convert(input, { base }));
}

/** Text that may or may not be HTML, as `<description>` holds it: tags and entities go, plain text keeps its lines. */
export function markupToText(text: string, base?: string): string {
  if (looksLikeMarkup(text)) return htmlToText(text, base);
  if (!/&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]+);/i.test(text)) return cleanText(text);
  // Only entities: the angle brackets are the author's own.
  return cleanText(decodeEntities(text));
}

/** The address when it is http or https and nothing hides in it, made absolute. Undefined for all others. */
export function safeUrl(address: string | undefined, base?: string): string | undefined {
  const trimmed = address?.trim();
  if (!trimmed || trimmed.length > 4000 || !URL.canParse(trimmed, base)) return undefined;
  const url = new URL(trimmed, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  url.username = '';
  url.password = '';
  return url.href;
}

const link: FormatCallback = (element, walk, builder, { metadata }) => {
  walk(element.children, builder);
  const base = (metadata as { base?: string } | undefined)?.base;
  const target = safeUrl(element.attribs.href, base);
  if (!target || (base && new URL(target).host === new URL(base).host)) return;
  const text = textOf(element);
  if (!text.includes(target) && !target.includes(text.trim() || ' '))
    builder.addInline(` [${target}]`, { noWordTransform: true });
};

const code: FormatCallback = (element, walk, builder) => {
  builder.openBlock({ isPre: true, leadingLineBreaks: 2 });
  builder.addLiteral('```\n');
  walk(element.children, builder);
  builder.addLiteral('\n```');
  builder.closeBlock({ trailingLineBreaks: 2 });
};

/** A small picture in a line that stands for a word, as forums put it. */
const emoji: FormatCallback = (element, _walk, builder) => {
  builder.addInline(cleanText(element.attribs.alt ?? ''));
};

/** A preview of another page: not what the author says. What they said is its address. */
const preview: FormatCallback = (element, _walk, builder, { metadata }) => {
  const base = (metadata as { base?: string } | undefined)?.base;
  const target = safeUrl(element.attribs['data-onebox-src'] ?? firstLink(element), base);
  builder.openBlock({ leadingLineBreaks: 2 });
  if (target) builder.addInline(`[${target}]`, { noWordTransform: true });
  builder.closeBlock({ trailingLineBreaks: 2 });
};

/** Cells of one row stand side by side. */
const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addInline(' ');
};

const HIDDEN = ['script', 'style', 'noscript', 'template', 'iframe', 'object', 'embed', 'svg', 'math', 'form', 'head'];
const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const convert = compile({
  wordwrap: false,
  formatters: { link, code, cell, emoji, preview },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'pre', format: 'code' },
    { selector: 'img', format: 'skip' },
    // What Discourse, NodeBB and others that copied them call these.
    { selector: 'img.emoji', format: 'emoji' },
    { selector: 'aside.onebox', format: 'preview' },
    { selector: 'aside.quote > div.title', format: 'skip' },
    { selector: 'a.lightbox > div.meta', format: 'skip' },
    { selector: 'tr', format: 'block', options: { leadingLineBreaks: 1, trailingLineBreaks: 1 } },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    ...HEADINGS.map((selector) => ({ selector, options: { uppercase: false } })),
    ...HIDDEN.map((selector) => ({ selector, format: 'skip' })),
  ],
}) as (html: string, metadata: { base: string | undefined }) => string;

const decodeEntities = (text: string): string => convertPlain(text.replaceAll('<', '&lt;'), { base: undefined });

const convertPlain = compile({ wordwrap: false, preserveNewlines: true }) as typeof convert;

interface Node {
  name?: string | undefined;
  attribs?: Record<string, string> | undefined;
  data?: string | undefined;
  children?: Node[] | undefined;
}

function textOf({ data, children = [] }: Node): string {
  return data ?? children.map(textOf).join('');
}

function firstLink({ name, attribs, children = [] }: Node): string | undefined {
  if (name === 'a' && attribs?.href) return attribs.href;
  for (const child of children) {
    const link = firstLink(child);
    if (link) return link;
  }
  return undefined;
}

/** Tags that stay open without nesting: they have no end, or the next of their kind ends them. */
const FLAT = /^(?:area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|source|td|th|tr|track|wbr)$/i;

function isNestedTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(/<(\/?)([a-z][a-z\d]*)/gi)) {
    if (FLAT.test(name)) continue;
    depth = slash ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function withoutTags(html: string): string {
  const visible = html.replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ');
  return decodeEntities(visible.replace(/<[^<>]*>/g, ' ')).replace(/[ \t]+/g, ' ');
}

function tidy(text: string): string {
  return cleanText(text.replace(/[ \t\u00A0]+$/gm, '').replace(/\n{3,}/g, '\n\n'));
}
