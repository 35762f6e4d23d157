import { articlePath } from '../../core/article-address.ts';
import type { ReplyLanguage } from '../../core/nouns.ts';
import { escapeHtml, linked } from './html.ts';
import { SITE_WORDS } from './words.ts';

export const SITE_LANGUAGES = ['en', 'zh-Hans', 'zh-Hant'] as const satisfies readonly ReplyLanguage[];

/** A help article as its readers get it. */
export interface HelpArticle {
  id: string;
  lang: ReplyLanguage;
  title: string;
  /** The day of the last check: "2026-11-27". */
  checked: string;
  blocks: readonly HelpBlock[];
}
export type HelpBlock =
  | { kind: 'heading' | 'paragraph'; text: string }
  | { kind: 'steps' | 'points'; items: readonly string[] };

/** Whose help it is. */
export interface HelpSite {
  product: string;
  /** Addresses that may be clicked where an article names them. */
  addresses: readonly string[];
  articles: readonly HelpArticle[];
}

/** Nothing is loaded from elsewhere, nothing runs that is not a file of the site, nothing frames or redirects. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none'; form-action 'self'";

interface Page {
  lang: ReplyLanguage;
  title: string;
  description: string;
  /** The way to the site's root from here: "../" or "". */
  root: string;
  /** The same page in each language, from the root on. */
  others: (lang: ReplyLanguage) => string;
  scripts: readonly string[];
  body: string;
}

function page(site: HelpSite, { lang, title, description, root, others, scripts, body }: Page): string {
  const words = SITE_WORDS[lang];
  const e = escapeHtml;
  const alternates = SITE_LANGUAGES.map(
    (one) => `<link rel="alternate" hreflang="${one}" href="${root}${others(one)}">`,
  );
  const switches = SITE_LANGUAGES.map((one) => {
    const here = one === lang && root !== '' ? ' aria-current="true"' : '';
    return `<li><a href="${root}${others(one)}" lang="${one}" hreflang="${one}"${here}>${SITE_WORDS[one].name}</a></li>`;
  });
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${e(description.slice(0, 200))}">
<title>${e(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}help.css">
${alternates.join('\n')}
${scripts.map((script) => `<script src="${script}" defer></script>`).join('\n')}
</head>
<body>
<a class="skip" href="#text">${words.skip}</a>
<header>
<a class="home" href="${root}${lang}/index.html">${e(words.help(site.product))}</a>
<nav aria-label="${words.languages}"><ul>${switches.join('')}</ul></nav>
</header>
<main id="text" tabindex="-1">
${body}
</main>
</body>
</html>
`;
}

/** The first page of a language: search, and all its articles. */
export function indexPage(site: HelpSite, lang: ReplyLanguage): string {
  const words = SITE_WORDS[lang];
  const articles = site.articles.filter((article) => article.lang === lang);
  const items = articles.map((article) => {
    const { id, title } = article;
    return `<li><a href="${id}.html"><strong>${escapeHtml(title)}</strong></a><p>${escapeHtml(summaryOf(article))}</p></li>`;
  });
  return page(site, {
    lang,
    title: words.help(site.product),
    description: articles.map(({ title }) => title).join(' · '),
    root: '../',
    others: (one) => `${one}/index.html`,
    scripts: ['articles.js', '../search.js'],
    body: `<h1>${escapeHtml(words.help(site.product))}</h1>
${searchForm(lang)}
<section id="found" hidden><p role="status" data-found="${words.found}" data-nothing="${words.nothing}"></p><ul class="cards"></ul></section>
<section id="all" aria-labelledby="all-title"><h2 id="all-title">${words.all}</h2>
<ul class="cards">
${items.join('\n')}
</ul></section>`,
  });
}

/** One article. */
export function articlePage(site: HelpSite, article: HelpArticle): string {
  const { id, lang, title, checked } = article;
  const words = SITE_WORDS[lang];
  const others = site.articles
    .filter((one) => one.lang === lang && one.id !== id)
    .map((one) => `<li><a href="${one.id}.html">${escapeHtml(one.title)}</a></li>`);
  return page(site, {
    lang,
    title: `${title} · ${words.help(site.product)}`,
    description: summaryOf(article),
    root: '../',
    others: (one) => articlePath(id, one),
    scripts: ['../search.js'],
    body: `${searchForm(lang)}
<article>
<h1>${escapeHtml(title)}</h1>
<p class="checked"><time datetime="${checked}">${words.checked(checked)}</time></p>
${article.blocks.map((block) => blockHtml(block, site.addresses)).join('\n')}
</article>
<aside aria-labelledby="more"><h2 id="more">${words.more}</h2><ul>${others.join('')}</ul></aside>`,
  });
}

/** The root: choose a language. */
export function rootPage(site: HelpSite): string {
  const choices = SITE_LANGUAGES.map(
    (lang) =>
      `<li lang="${lang}"><a href="${lang}/index.html" hreflang="${lang}"><strong>${SITE_WORDS[lang].name}</strong></a><p>${escapeHtml(SITE_WORDS[lang].help(site.product))}</p></li>`,
  );
  return page(site, {
    lang: 'en',
    title: SITE_WORDS.en.help(site.product),
    description: SITE_WORDS.en.help(site.product),
    root: '',
    others: (one) => `${one}/index.html`,
    scripts: [],
    body: `<h1>${escapeHtml(SITE_WORDS.en.help(site.product))}</h1>\n<ul class="cards">${choices.join('\n')}</ul>`,
  });
}

/** Hidden until the script is there: without it, there is the list. */
function searchForm(lang: ReplyLanguage): string {
  const words = SITE_WORDS[lang];
  return `<form role="search" action="index.html" hidden><label for="q">${words.searchLabel}</label>
<div><input id="q" name="q" type="search" autocomplete="off" placeholder="${words.searchPlaceholder}"><button>${words.searchButton}</button></div></form>`;
}

function summaryOf({ blocks }: HelpArticle): string {
  for (const block of blocks) if (block.kind === 'paragraph') return block.text;
  return '';
}

function blockHtml(block: HelpBlock, addresses: readonly string[]): string {
  if ('items' in block) {
    const tag = block.kind === 'steps' ? 'ol' : 'ul';
    return `<${tag}>${block.items.map((item) => `<li>${linked(item, addresses)}</li>`).join('')}</${tag}>`;
  }
  const tag = block.kind === 'heading' ? 'h2' : 'p';
  return `<${tag}>${linked(block.text, addresses)}</${tag}>`;
}

/** What the search of a language looks through, as a script of data alone. */
export function searchData(site: HelpSite, lang: ReplyLanguage): string {
  const data = site.articles
    .filter((article) => article.lang === lang)
    .map(({ id, title, blocks }) => ({
      id,
      title,
      text: blocks.flatMap((block) => ('items' in block ? block.items : [block.text])).join(' '),
    }));
  const json = JSON.stringify(data).replace(
    /[<>\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `globalThis.helpArticles = ${json};\n`;
}
