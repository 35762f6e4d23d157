import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Refused } from '../core/failures.ts';
import type { KnowledgeRow, Parts } from '../parts/index.ts';
import { markChecked, overdueSentence, saidHere } from '../parts/knowledge.ts';
import { articlesHere } from '../parts/own-articles.ts';
import { buildHelpSite } from '../surfaces/help-site/index.ts';
import { amber, dim, green, plain, say, sayJson, table } from './output.ts';
import { personFrom, withParts } from './with-parts.ts';

export function addKnowledge(program: Command): void {
  const knowledge = program
    .command('knowledge')
    .description('the help articles that drafts rest on: who answers for each, and when it was last checked')
    .option('--owner <name>', 'only what this owner answers for')
    .option('--due', 'only what is past the day of its check')
    .option('--json', 'one JSON object an article')
    .action((options: Chosen) => withParts(async (parts) => list(parts, options)));
  knowledge
    .command('checked')
    .argument('<id>', 'an article, as the list names it')
    .option('--as <name>', 'who says so')
    .description('say that an article was compared with the product today')
    .action((id: string, options: { as?: string }) => withParts((parts) => checked(parts, id, options)));
  knowledge
    .command('site')
    .requiredOption('--out <folder>', 'where to write it: a new folder, or the one of the last time')
    .description('make the public help site of the articles, in three scripts: files for any web server')
    .action(({ out }: { out: string }) => withParts((parts) => site(parts, resolve(out))));
}

async function checked(parts: Parts, id: string, options: { as?: string }): Promise<void> {
  if (!parts.knowledgeRows().some((row) => row.id === id)) {
    throw new Refused('unknown-article', `There is no article "${plain(id)}". See them all: earshot knowledge`);
  }
  await markChecked(parts, id, personFrom(options));
  const due = parts.knowledgeRows().find((row) => row.id === id)?.due;
  say(`${green('✓')} ${id} is checked. The next time is ${due}.`);
}

async function site(parts: Parts, out: string): Promise<void> {
  const { knowledge, workspace, knowledgeRows } = parts;
  const { brand } = workspace.current();
  const articles = saidHere(articlesHere(knowledge, workspace.current()), workspace.current());
  const addresses = [brand.helpUrl, brand.supportEmail].filter((address) => address !== undefined);
  const sizes = await buildHelpSite({ product: brand.product, addresses, articles }, out);
  const pages = [...sizes].filter(([path]) => path.endsWith('.html')).map(([, bytes]) => bytes);
  const largest = `${(Math.max(...pages) / 1000).toFixed(1)} kB the largest`;
  say(`${green('✓')} ${pages.length} pages, ${largest}. Put ${plain(out)} on a web server.`);
  const overdue = overdueSentence(knowledgeRows());
  if (overdue) say(`${amber('!')} ${plain(overdue)}`);
}

interface Chosen {
  owner?: string;
  due?: boolean;
  json?: boolean;
}

function list({ knowledgeRows }: Parts, { owner, due, json }: Chosen): void {
  const rows = knowledgeRows().filter((row) => (!owner || row.owner === owner) && (!due || row.overdue));
  if (json) {
    for (const row of rows) sayJson(row);
    return;
  }
  if (rows.length === 0) {
    say(due ? 'No article is past the day of its check.' : `No article is owned by "${plain(owner ?? '')}".`);
    return;
  }
  say(table(['ARTICLE', 'OWNER', 'CHECKED', 'DUE', 'LANGUAGES', 'TEMPLATES'], rows.map(lineOf)));
  if (rows.some(({ overdue }) => overdue)) {
    say(dim('\nRead what is due beside the product, mend what is not so any more, then: earshot knowledge checked ID'));
  }
}

function lineOf({ id, owner, checked, due, overdue, languages, templates }: KnowledgeRow): string[] {
  const used =
    templates.length === 0 ? 'none' : `${templates.length}: ${[...new Set(templates.map(folder))].join(', ')}`;
  return [id, plain(owner), checked, overdue ? amber(`${due} (past)`) : due, languages.join(', '), used];
}

const folder = (template: string) => template.slice(0, template.indexOf('/'));
