import { Conflict, Refused } from '../core/failures.ts';
import type { Clock, Facts, Store } from '../core/ports.ts';
import { type Article, loadArticles, TemplateError } from '../stages/draft/index.ts';
import type { AnswerInfo, AnswerTry } from '../surfaces/web/answer-api.ts';
import type { AnswerDesk } from '../surfaces/web/server/index.ts';
import type { Workspace, WorkspaceHandle } from '../workspace/index.ts';
import { KNOWLEDGE, knowledgeRows, markChecked } from './knowledge.ts';
import { articlesHere, asArticles, checkArticle, type Written, writtenOf } from './own-articles.ts';
import { answersOf, type StandingAnswer, standingAnswers, versionOf } from './standing-answers.ts';

export interface AnswerParts {
  workspace: WorkspaceHandle;
  store: Store;
  clock: Clock;
  facts(): Facts;
}

const MOST_VERSIONS = 30;

/** The standing answers as people propose, approve and withdraw them; each step has its person, and a way back. */
export function openAnswerDesk(parts: AnswerParts): AnswerDesk {
  const { workspace, store, clock } = parts;
  const came = () => loadArticles(KNOWLEDGE);
  const stamp = (by: string) => ({ by, at: new Date(clock.now()).toISOString() });
  const record = (by: string, action: string, id: string, detail: Record<string, unknown> = {}) =>
    store.appendAudit({ at: clock.now(), actor: by, action, subject: `faq/${id}`, detail });
  const must = async (id: string) => {
    const [answers, all] = [await standingAnswers(workspace.current()), await came()];
    const proposal = workspace.current().articles.find((one) => one.id === id)?.proposal;
    const answer = answers.find((one) => one.id === id);
    if (answer || proposal) return { answer, proposal, came: all };
    const ids = answers.map((one) => one.id).join(', ');
    throw new Refused('unknown-answer', `There is no answer "${id}". There are: ${ids}.`);
  };

  const list = async () => {
    const [all, now] = [await came(), workspace.current()];
    const answers = listOf(all, now, await standingAnswers(now), parts.facts());
    const rows = new Map(knowledgeRows(articlesHere(all, now), [], now, clock.now()).map((row) => [row.id, row]));
    return answers.map((answer): AnswerInfo => {
      const row = rows.get(answer.id);
      if (!row) return answer;
      const { owner, checked, checkedBy, due, overdue } = row;
      return { ...answer, check: { owner, checked, due, overdue, ...(checkedBy !== undefined && { by: checkedBy }) } };
    });
  };

  return {
    list,
    async tryOut({ id, ...written }) {
      return tried(await came(), id ?? 'new', written, workspace.current(), parts.facts());
    },
    async propose({ id: asked, ...written }, { name }) {
      const all = await came();
      const id = asked ?? freeId(written.en.title, [...all, ...workspace.current().articles]);
      const { fault } = tried(all, id, written, workspace.current(), parts.facts());
      if (fault !== undefined) throw new Refused('invalid-answer', fault);
      await workspace.update(name, `proposed the answer ${id}`, (draft) => {
        draft.articles = withProposal(draft.articles, id, { ...written, ...stamp(name) });
      });
      await record(name, 'standing-answer-proposed', id);
      return list();
    },
    async discard({ id }, { name }) {
      await must(id);
      await workspace.update(name, `discarded the proposed answer ${id}`, (draft) => {
        draft.articles = draft.articles.flatMap(({ proposal, ...entry }) =>
          entry.id !== id ? [{ ...entry, ...(proposal && { proposal }) }] : entry.en ? [entry] : [],
        );
      });
      await record(name, 'standing-answer-discarded', id);
      return list();
    },
    async approve({ id, version }, { name }) {
      const { answer, proposal, came: all } = await must(id);
      const written = proposal ?? writtenOf(articlesHere(all, workspace.current()), id);
      if (!written) throw new Refused('unknown-answer', `There is no answer "${id}".`);
      const articles = asArticles(all, id, written, stamp(name).at);
      if (version !== versionOf(articles)) throw new Conflict('Somebody changed this answer meanwhile. Read it again.');
      mustPass(articles, workspace.current(), parts.facts());
      await workspace.update(name, `approved ${id} for /faq`, (draft) => {
        if (proposal) {
          const { en, 'zh-Hans': zh } = proposal;
          const { proposal: _, ...entry } = draft.articles.find((one) => one.id === id) ?? { id };
          const next = { ...entry, en, 'zh-Hans': zh, ...stamp(name) };
          draft.articles = [...draft.articles.filter((one) => one.id !== id), next];
        }
        draft.standingAnswers = [
          ...draft.standingAnswers.filter((one) => one.id !== id),
          { id, version, ...stamp(name) },
        ];
      });
      await record(name, 'standing-answer-approved', id, { version, ...(answer && { before: answer.version }) });
      return list();
    },
    async withdraw({ id }, { name }) {
      await must(id);
      await workspace.update(name, `withdrew ${id} for /faq`, (draft) => {
        draft.standingAnswers = draft.standingAnswers.filter((one) => one.id !== id);
      });
      await record(name, 'standing-answer-withdrawn', id);
      return list();
    },
    async checked({ id }, { name }) {
      if (!articlesHere(await came(), workspace.current()).some((one) => one.id === id)) {
        throw new Refused('unknown-answer', `There is no answer "${id}".`);
      }
      await markChecked(parts, id, name);
      return list();
    },
    async back({ id }, { name }) {
      await must(id);
      await workspace.update(name, `took the answer ${id} back to how it came`, (draft) => {
        draft.articles = draft.articles.filter((one) => one.id !== id);
        draft.standingAnswers = draft.standingAnswers.filter((one) => one.id !== id);
      });
      await record(name, 'standing-answer-as-it-came', id);
      return list();
    },
    async history({ id }) {
      await must(id);
      const about = (path: string) =>
        [`articles.${id}`, `standingAnswers.${id}`].some((start) => path === start || path.startsWith(`${start}.`));
      const touched = (await workspace.versions()).filter(({ difference }) =>
        difference.some(({ path }) => about(path)),
      );
      const all = await came();
      return Promise.all(
        touched.slice(0, MOST_VERSIONS).map(async ({ revision, by, at, what }) => {
          const then = await workspace.version(revision);
          const written =
            then && (then.articles.find((one) => one.id === id)?.proposal ?? writtenOf(articlesHere(all, then), id));
          return { revision, by, at, what, ...(written && { written: plain(written) }) };
        }),
      );
    },
  };
}

const plain = ({ en, 'zh-Hans': zh }: Written): Written => ({ en, 'zh-Hans': zh });

function listOf(
  came: readonly Article[],
  now: Workspace,
  answers: readonly StandingAnswer[],
  facts: Facts,
): AnswerInfo[] {
  const here = articlesHere(came, now);
  const known = new Set(answers.map(({ id }) => id));
  const proposed = now.articles.filter(({ id, proposal }) => proposal && !known.has(id));
  const own = (id: string) => now.articles.find((one) => one.id === id);
  const proposalOf = (id: string) => {
    const proposal = own(id)?.proposal;
    if (!proposal) return {};
    const { version, failed, said } = tried(came, id, proposal, now, facts);
    return { proposal: { by: proposal.by, at: proposal.at, written: plain(proposal), version, failed, said } };
  };
  return [
    ...answers.map(({ id, version, state, approval, articles }) => ({
      ...{ id, version, state, said: [...articles] },
      ...(approval && { approval }),
      ...{
        written: writtenOf(here, id) as Written,
        own: own(id)?.en !== undefined,
        came: came.some((one) => one.id === id),
      },
      failed: failedOf(
        here.filter((one) => one.id === id),
        now,
        facts,
      ),
      ...proposalOf(id),
    })),
    ...proposed.map(({ id }) => ({
      ...{ id, version: '', state: 'waiting' as const, said: [], own: true, came: false, failed: [] },
      ...proposalOf(id),
    })),
  ];
}

/** What somebody wrote and nobody approved: how members would read it, and what stands against it. */
function tried(came: readonly Article[], id: string, written: Written, now: Workspace, facts: Facts): AnswerTry {
  try {
    const articles = asArticles(came, id, written, '2000-01-01');
    const said = answersOf(articles, now);
    return { version: versionOf(articles), failed: failedOf(articles, now, facts), said };
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown;
    return { fault: thrown.message.replace(/^\S+?\.md:\d+: /, ''), version: '', failed: [], said: [] };
  }
}

function failedOf(articles: readonly Article[], now: Workspace, facts: Facts): AnswerInfo['failed'] {
  return checkArticle(articles, now, facts).flatMap(({ lang, checks }) =>
    checks.filter(({ ok }) => !ok).map((check) => ({ lang, ...check })),
  );
}

/** @throws Refused `check-failed` */
function mustPass(articles: readonly Article[], now: Workspace, facts: Facts): void {
  const failed = failedOf(articles, now, facts);
  if (failed.length === 0) return;
  throw new Refused('check-failed', failed.map(({ lang, name, why }) => `${lang}, ${name}: ${why}`).join(' · '));
}

type Articles = Workspace['articles'];

function withProposal(articles: Articles, id: string, proposal: NonNullable<Articles[number]['proposal']>): Articles {
  const { by, at } = proposal;
  const before = articles.find((one) => one.id === id) ?? { id, by, at };
  return [...articles.filter((one) => one.id !== id), { ...before, proposal }];
}

/** Of the English title, as short as an address should be. */
function freeId(title: string, taken: readonly { id: string }[]): string {
  const ids = new Set(taken.map(({ id }) => id));
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ['answer'];
  const base = words.slice(0, 5).join('-').slice(0, 40);
  for (let n = 1; ; n++) {
    const id = n === 1 ? base : `${base}-${n}`;
    if (!ids.has(id)) return id;
  }
}
