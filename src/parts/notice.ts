import type { Draft } from '../core/nouns.ts';
import { keepDoing } from '../schedule/index.ts';
import { toTraditional } from '../stages/draft/index.ts';
import type { Workspace } from '../workspace/index.ts';
import type { Parts } from './parts.ts';

/** How soon an ended notice is gone from the drafts that wait. */
const LOOK_MS = 15_000;
/** Drafts looked at after a change; what waits beyond them is drafted as it was. */
const DRAFTS_MAX = 2_000;

/** The status notice that holds at a moment. */
export function noticeNow({ notice }: Pick<Workspace, 'notice'>, now: number): Workspace['notice'] {
  return notice && (notice.until === undefined || Date.parse(notice.until) > now) ? notice : undefined;
}

/** The same as members read it; what stands in the Discord settings alone still counts. */
export function noticeIn(workspace: Workspace, now: number, lang: Draft['lang']): string | undefined {
  const notice = noticeNow(workspace, now);
  if (!notice) return workspace.discord?.notice;
  if (lang === 'en') return notice.en;
  return lang === 'zh-Hant' ? toTraditional(notice.zh) : notice.zh;
}

type Needed = Pick<Parts, 'store' | 'clock' | 'workspace' | 'templates' | 'log'>;

/**
 * When the notice changes or ends, or the team changes a template, drafts that nobody has touched are written anew. Until
 * `signal` was aborted.
 */
export function followNotice(parts: Needed, signal: AbortSignal): Promise<void> {
  const { store, clock, workspace, log } = parts;
  const words = () => {
    const now = workspace.current();
    return JSON.stringify([noticeNow(now, clock.now()) ?? '', now.templates]);
  };
  let before = '["",[]]';
  const round = async () => {
    const now = words();
    if (now === before) return;
    await redraft(parts, signal);
    before = now;
  };
  return keepDoing('status notice', round, { store, everyMs: LOOK_MS, signal, log });
}

/** @returns how many drafts say something else now */
export async function redraft({ store, clock, templates }: Needed, signal: AbortSignal): Promise<number> {
  let changed = 0;
  let looked = 0;
  for (let after: string | undefined; looked < DRAFTS_MAX && !signal.aborted; ) {
    const page = await store.queue({ states: ['drafted'], order: 'urgency', limit: 100, ...(after && { after }) });
    for (const { mention, assessment, draft } of page.rows) {
      looked += 1;
      if (!assessment || draft?.by !== 'earshot' || !draft.template) continue;
      const found = await store.find(mention.id);
      const said = found?.said ?? [];
      const same = templates.draft(mention, assessment, clock.now(), { templateId: draft.template.id, said });
      // One that is not used any more gives way to another.
      const made = 'none' in same ? templates.draft(mention, assessment, clock.now(), { said }) : same;
      if ('none' in made || made.text === draft.text) continue;
      await store.saveDrafts([
        { id: mention.id, version: mention.version, draft: { ...made, revision: draft.revision + 1 } },
      ]);
      changed += 1;
    }
    if (!page.next) break;
    after = page.next;
  }
  return changed;
}
