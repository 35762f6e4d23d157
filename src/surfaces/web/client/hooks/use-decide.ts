import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { DecisionBody, DecisionName, Detail, View } from '../../api.ts';
import { ApiFailure, api } from '../api-client.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { authorName } from '../mention/author.ts';
import { dropEdit } from './edits.ts';
import { hide, isGone, settled, unhide } from './gone.ts';
import { forgive, refuse, say } from './notices.ts';
import { KEYS, keepDetail } from './queries.ts';
import { patchRow } from './use-queue.ts';
import { type WayBack, wayBack } from './way-back.ts';

/** A decision without its version, which is that of the mention on screen. */
export type Body<Name extends DecisionName> = Omit<DecisionBody<Name>, 'version'>;

/** After these the mention waits for nobody any more, and the next one takes its place. */
const FINISHING: ReadonlySet<DecisionName> = new Set(['approve', 'dismiss', 'snooze', 'posted', 'settle']);
/** In these views a decided mention stays in sight: it still belongs there. */
const KEEPING: ReadonlySet<View> = new Set(['done', 'all']);

interface Place {
  view: View;
  /** Called before the mention is hidden, to move on. */
  moveOn(id: string): void;
  select(id: string): void;
}

interface Undoable {
  id: string;
  who: string;
  back: WayBack;
  /** Whether it was decided at all, once that is known. */
  decided: Promise<boolean>;
}

/**
 * Decides, without making anybody wait: the mention leaves the queue at once and the answer comes later. When it is no,
 * the mention comes back with the reason.
 */
export function useDecide(place: Place) {
  const client = useQueryClient();
  const { t } = useWords();
  const undoable = useRef<Undoable[]>([]);

  const undo = useCallback(async () => {
    const last = undoable.current.pop();
    // Somebody may think better of it before the server has answered.
    if (!last || !(await last.decided)) return say({ kind: 'done', text: t.done.nothingToUndo });
    try {
      take(client, await last.back(await api.mention(last.id)));
      unhide(last.id);
      place.select(last.id);
      say({ kind: 'done', text: t.done.undo(last.who) });
    } catch (thrown) {
      say({ kind: 'refused', text: failureWords(thrown, t) });
    }
  }, [client, place, t]);

  const decide = useCallback(
    async <Name extends DecisionName>(detail: Detail, name: Name, body: Body<Name>, editedText?: string) => {
      const { id } = detail.mention;
      const who = authorName(detail.mention) ?? t.queue.noAuthor;
      const leaves = FINISHING.has(name) && !KEEPING.has(place.view);
      const back = wayBack(detail, name);
      const { promise: decided, resolve: answered } = Promise.withResolvers<boolean>();
      if (back) undoable.current.push({ id, who, back, decided });
      forgive(id);
      if (leaves) {
        place.moveOn(id);
        hide(id, place.view);
      }
      try {
        const fresh = await send(detail, name, body, editedText);
        take(client, fresh);
        settled(id);
        answered(true);
        if (name === 'escalate' && !KEEPING.has(place.view)) place.moveOn(id);
        const byHand = name === 'approve' && fresh.mention.state === 'by-hand';
        const first = name === 'approve' && fresh.mention.firstApproval !== undefined;
        // Still waiting, for somebody else.
        if (first) unhide(id);
        say({
          kind: 'done',
          text: first ? t.two.done(who) : t.done[byHand ? 'by-hand' : name](who),
          ...(back && { action: { label: t.act.undo, key: 'z', run: () => void undo() } }),
        });
      } catch (thrown) {
        answered(false);
        undoable.current = undoable.current.filter((one) => one.decided !== decided);
        unhide(id);
        const message = failureWords(thrown, t);
        const now = await newest(client, id);
        const seen = detail.history.at(-1)?.seq ?? 0;
        const since = now?.history.filter((event) => event.seq > seen) ?? [];
        refuse(id, { code: thrown instanceof ApiFailure ? thrown.code : 'unknown', message, since });
        say({
          kind: 'refused',
          text: `${t.refused.title} (${who}): ${message}`,
          action: { label: t.refused.look, run: () => place.select(id) },
        });
      } finally {
        void client.invalidateQueries({ queryKey: KEYS.counts });
      }
    },
    [client, place, t, undo],
  );

  return { decide, undo, isGone };
}

/** An approval of edited text is two steps: save the words, then approve exactly the revision they became. */
async function send<Name extends DecisionName>(
  detail: Detail,
  name: Name,
  body: Body<Name>,
  editedText: string | undefined,
): Promise<Detail> {
  const { id, version } = detail.mention;
  if (name !== 'approve' || editedText === undefined)
    return api.decide(id, name, { version, ...body } as unknown as DecisionBody<Name>);
  const saved = await api.decide(id, 'edit', { version, text: editedText });
  const revision = saved.drafts.at(-1)?.revision ?? 1;
  const approved = await api.decide(id, 'approve', { version: saved.mention.version, revision });
  dropEdit(id);
  return approved;
}

function take(client: QueryClient, detail: Detail): void {
  keepDetail(client, detail);
  patchRow(client, detail);
}

async function newest(client: QueryClient, id: string): Promise<Detail | undefined> {
  try {
    const detail = await api.mention(id);
    take(client, detail);
    return detail;
  } catch {
    return undefined;
  }
}
