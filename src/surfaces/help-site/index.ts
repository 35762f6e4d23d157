import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { articlePath } from '../../core/article-address.ts';
import { Refused } from '../../core/failures.ts';
import { articlePage, type HelpSite, indexPage, rootPage, SITE_LANGUAGES, searchData } from './pages.ts';

export type { HelpArticle, HelpSite } from './pages.ts';

/** Names what a build wrote, so that the next one removes what is no longer there and touches nothing else. */
const LIST = '.help-site.json';
const ASSETS = ['help.css', 'search.js'];

/** Every file of the site by its path from the root. */
export async function helpSiteFiles(site: HelpSite): Promise<Map<string, string>> {
  const files = new Map([['index.html', rootPage(site)]]);
  for (const asset of ASSETS) files.set(asset, await readFile(join(import.meta.dirname, 'assets', asset), 'utf8'));
  for (const lang of SITE_LANGUAGES) {
    files.set(`${lang}/index.html`, indexPage(site, lang));
    files.set(`${lang}/articles.js`, searchData(site, lang));
  }
  for (const article of site.articles) files.set(articlePath(article.id, article.lang), articlePage(site, article));
  return files;
}

/**
 * Writes the site into a folder that is empty, new, or holds an earlier build.
 *
 * @returns the files and their sizes in bytes
 * @throws Refused `folder-in-use`
 */
export async function buildHelpSite(site: HelpSite, out: string): Promise<Map<string, number>> {
  await mkdir(out, { recursive: true });
  const before = await writtenBefore(out);
  const files = await helpSiteFiles(site);
  for (const [path, content] of files) {
    await mkdir(dirname(join(out, path)), { recursive: true });
    await writeFile(join(out, path), content);
  }
  for (const path of before) if (!files.has(path)) await rm(join(out, path), { force: true });
  await writeFile(join(out, LIST), `${JSON.stringify([...files.keys()], null, 2)}\n`);
  return new Map([...files].map(([path, content]) => [path, Buffer.byteLength(content)]));
}

/** Paths of ours only: a list that somebody edited removes nothing outside. */
const OURS = /^(?:(?:en|zh-Hans|zh-Hant)\/)?[a-z0-9-]+\.(?:html|js|css)$/;

async function writtenBefore(out: string): Promise<string[]> {
  const there = await readdir(out);
  if (there.length === 0) return [];
  if (!there.includes(LIST)) {
    throw new Refused(
      'folder-in-use',
      `${out} holds files that are not of an earlier help site. Name an empty folder.`,
    );
  }
  const listed: unknown = JSON.parse(await readFile(join(out, LIST), 'utf8'));
  return Array.isArray(listed) ? listed.filter((path) => typeof path === 'string' && OURS.test(path)) : [];
}
