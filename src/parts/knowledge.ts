import { join } from 'node:path';
import { ROOT } from '../settings.ts';
import type { Article, SaidArticle, Template } from '../stages/draft/index.ts';
import { sayArticles } from '../stages/draft/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { KnowledgeRow, Parts } from './parts.ts';

/** Where the articles are that drafts cite and standing answers are made of. */
export const KNOWLEDGE = join(ROOT, 'data/knowledge');

const DAY_MS = 86_400_000;

/** All articles, those that have waited longest for their check first. */
export function knowledgeRows(
  articles: readonly Article[],
  templates: readonly Pick<Template, 'id' | 'knowledge'>[],
  { knowledge: { checkEveryDays }, articleChecks }: Pick<Workspace, 'knowledge' | 'articleChecks'>,
  now: number,
): KnowledgeRow[] {
  const today = dayOf(now);
  const rows = [...Map.groupBy(articles, ({ id }) => id)].map(([id, versions]) => {
    const [first] = versions as [Article, ...Article[]];
    const [written = first.checked] = versions.map((one) => one.checked).sort();
    const said = articleChecks.find((one) => one.id === id && one.at.slice(0, 10) >= written);
    const checked = said ? said.at.slice(0, 10) : written;
    const titleZh = versions.find(({ lang }) => lang === 'zh-Hans')?.title;
    const due = dayOf(Date.parse(`${checked}T00:00:00Z`) + checkEveryDays * DAY_MS);
    return {
      ...{ id, title: first.title, owner: first.owner, checked, due },
      ...(titleZh !== undefined && { titleZh }),
      ...(said && { checkedBy: said.by }),
      languages: versions.map(({ lang }) => lang),
      overdue: due < today,
      templates: templates.filter(({ knowledge }) => knowledge.includes(id)).map((template) => template.id),
    };
  });
  return rows.sort((one, other) => one.due.localeCompare(other.due) || one.id.localeCompare(other.id));
}

/** Somebody has compared an article with the product today: the workspace remembers who and when. */
export async function markChecked(
  { workspace, store, clock }: Pick<Parts, 'workspace' | 'store' | 'clock'>,
  id: string,
  by: string,
): Promise<void> {
  const at = clock.now();
  await workspace.update(by, `checked the article ${id}`, (draft) => {
    const others = draft.articleChecks.filter((one) => one.id !== id);
    draft.articleChecks = [...others, { id, by, at: new Date(at).toISOString() }];
  });
  await store.appendAudit({ at, actor: by, action: 'article-checked', subject: `knowledge/${id}`, detail: {} });
}

/** What is past its day, for its owners in one sentence, or nothing. */
export function overdueSentence(rows: readonly KnowledgeRow[]): string | undefined {
  const overdue = rows.filter((row) => row.overdue).map(({ id, owner, due }) => `${id} (${owner}, since ${due})`);
  if (overdue.length === 0) return undefined;
  return `Past the day of their check: ${overdue.join(', ')}. Let each owner read theirs, mend what is not so any more, and say so: on screen under Standing answers, or with "earshot knowledge checked ID".`;
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

/** The articles as readers of this workspace get them. */
export function saidHere(articles: readonly Article[], { brand }: Pick<Workspace, 'brand'>): SaidArticle[] {
  const { product, helpUrl, supportEmail, appFeedbackPath } = brand;
  return sayArticles(articles, {
    product,
    ...(helpUrl !== undefined && { helpUrl }),
    ...(supportEmail !== undefined && { supportEmail }),
    ...(appFeedbackPath !== undefined && { appFeedbackPath }),
  });
}
