import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { DecisionBody, DecisionName, Detail, View } from '../../api.ts';
import { ApiFailure, api } from '../api-client.ts';
import { failureWords } from '../i18n/failure-words.ts';
import { useWords } from '../i18n/index.tsx';
import { authorName } from '../mention/author.ts';
import { dropEdit, type Edit, editOf, keepEdit } from './edits.ts';
import { hide, isGone, settled, unhide } from './gone.ts';
import { forgive, refuse, say } from './notices.ts';
import { KEYS, keepDetail } from './queries.ts';
import { patchRow } from './use-queue.ts';

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

/** How something beside the decisions, such as a deleted note, is taken back. */
export interface WayBack {
  id: string;
  run(): void;
}

interface Undoable {
  id: string;
  who: string;
  /** What the server would take back, once it has decided. Undefined when it refused, or nothing can be taken back. */
  decided: Promise<string | undefined>;
  /** A text that made way for a template comes back with it. */
  kept: Edit | undefined;
}

/**
 * Decides, without making anybody wait: the mention leaves the queue at once and the answer comes later. When it is no,
 * the mention comes back with the reason.
 */
export function useDecide(place: Place) {
  const client = useQueryClient();
  const { t } = useWords();
  const undoable = useRef<(Undoable | WayBack)[]>([]);
  const setWayBack = useCallback((way: WayBack) => void undoable.current.push(way), []);

  const undo = useCallback(async () => {
    const last = undoable.current.pop();
    // Somebody may think better of it before the server has answered.
    if (last && 'run' in last) {
      place.select(last.id);
      return last.run();
    }
    const action = await last?.decided;
    if (!last || action === undefined) return say({ kind: 'done', text: t.done.nothingToUndo });
    try {
      const { mention } = await api.mention(last.id);
      const fresh = await api.decide(last.id, 'undo', { version: mention.version, action });
      if (last.kept) keepEdit(last.id, { ...last.kept, revision: fresh.drafts.at(-1)?.revision ?? 0 });
      take(client, fresh);
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
      const { promise: decided, resolve: answered } = Promise.withResolvers<string | undefined>();
      const kept = name === 'template' ? editOf(id) : undefined;
      if (kept) dropEdit(id);
      if (name !== 'undo') undoable.current.push({ id, who, decided, kept });
      forgive(id);
      if (leaves) {
        place.moveOn(id);
        hide(id, place.view);
      }
      try {
        const fresh = await send(detail, name, body, editedText);
        take(client, fresh);
        settled(id);
        answered(fresh.undoes);
        if (name === 'escalate' && !KEEPING.has(place.view)) place.moveOn(id);
        const byHand = name === 'approve' && fresh.mention.state === 'by-hand';
        const first = name === 'approve' && fresh.mention.firstApproval !== undefined;
        // Still waiting, for somebody else.
        if (first) unhide(id);
        say({
          kind: 'done',
          text: first ? t.two.done(who) : t.done[byHand ? 'by-hand' : name](who),
          ...(name !== 'undo' && fresh.undoes && { action: { label: t.act.undo, key: 'z', run: () => void undo() } }),
        });
      } catch (thrown) {
        answered(undefined);
        if (kept) keepEdit(id, kept);
        undoable.current = undoable.current.filter((one) => 'run' in one || one.decided !== decided);
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

  return { decide, undo, setWayBack, isGone };
}

/** An approval of edited text is two steps: save the words, then approve exactly the revision they became. */
async function send<Name extends DecisionName>(
  detail: Detail,
  name: Name,
  body: Body<Name>,
  editedText: string | undefined,
): Promise<Detail> {
  const { id, version } = detail.mention;
  if (name !== 'approve' || editedText === undefined) {
    const fresh = await api.decide(id, name, { version, ...body } as unknown as DecisionBody<Name>);
    // The server has the words now.
    if (name === 'edit' && editOf(id)?.text === (body as Body<'edit'>).text) dropEdit(id);
    return fresh;
  }
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
