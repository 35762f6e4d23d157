import type { Query, QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { ChangeEvent, PresenceEvent } from '../../api.ts';
import { ApiFailure, api, EVENTS } from '../api-client.ts';
import { KEYS, keepDetail } from './queries.ts';
import { eraseRow, freshenRows, inQueue, patchRow } from './use-queue.ts';
import { recountViews } from './use-saved-views.ts';

interface Live {
  connected: boolean;
  people: PresenceEvent['people'];
  /** Goes up when something happened that may have brought new mentions. */
  tide: number;
}

let live: Live = { connected: true, people: [], tide: 0 };
const listeners = new Set<() => void>();

function update(part: Partial<Live>): void {
  live = { ...live, ...part };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Connection, people present, and the tide of changes. */
export const useLive = (): Live => useSyncExternalStore(subscribe, () => live);

/** How long the line may be silent before the page says so: a restart of the server takes about a second. */
const PATIENCE_MS = 2500;

/** Listens to the server until the returned function is called. Text being edited is never touched from here. */
export function startLive(client: QueryClient): () => void {
  let lostTimer: ReturnType<typeof setTimeout> | undefined;
  // What changed before the line stood was told to nobody: what was answered until then is asked once more.
  let mayHaveMissed = () => hasAnswers(client);
  const events = new EventSource(EVENTS);

  events.addEventListener('open', () => {
    clearTimeout(lostTimer);
    lostTimer = undefined;
    update({ connected: true });
    if (mayHaveMissed()) void lookAgain(client);
    mayHaveMissed = () => false;
  });
  events.addEventListener('error', () => {
    mayHaveMissed = () => true;
    lostTimer ??= setTimeout(() => update({ connected: false }), PATIENCE_MS);
  });
  events.addEventListener('change', (event) => void changed(client, JSON.parse(event.data) as ChangeEvent));
  events.addEventListener('presence', (event) => update({ people: (JSON.parse(event.data) as PresenceEvent).people }));

  // A line that was only thin, so that questions failed while the events went on.
  const online = () => void lookAgain(client);
  addEventListener('online', online);

  return () => {
    removeEventListener('online', online);
    clearTimeout(lostTimer);
    events.close();
  };
}

/** Apart from who is asking, which comes before anything else. */
function hasAnswers(client: QueryClient): boolean {
  return client.getQueryCache().findAll({ predicate: isAnswered }).length > 0;
}

const isAnswered = ({ queryKey: [key], state }: Query) => key !== KEYS.me[0] && state.dataUpdatedAt > 0;

/** Everything on screen may be old: after a lost connection, or when the server says so. The queue's order stays. */
async function lookAgain(client: QueryClient): Promise<void> {
  update({ tide: live.tide + 1 });
  recountSoon(client);
  for (const key of [KEYS.mentions, KEYS.counts, KEYS.clocks, KEYS.incidents, KEYS.sources, KEYS.savedViews, KEYS.me])
    void client.invalidateQueries({ queryKey: key });
  await rowsAnew(client);
}

/** Without an answer the rows stay as they are: once the line stands again, everything is looked at. */
const rowsAnew = (client: QueryClient): Promise<void> => freshenRows(client).catch(() => undefined);

/** The server counts saved views every two seconds at most; who asks after that gets what is so. */
const RECOUNT_MS = 2_500;
let recountTimer: ReturnType<typeof setTimeout> | undefined;

function recountSoon(client: QueryClient): void {
  if (recountTimer !== undefined) return;
  recountTimer = setTimeout(() => {
    recountTimer = undefined;
    recountViews(client);
  }, RECOUNT_MS);
}

/** So many changes at once, as after an import, are looked up together. */
const MANY = 12;

/** Set while a look is due. */
let lookTimer: ReturnType<typeof setTimeout> | undefined;

async function changed(client: QueryClient, change: ChangeEvent): Promise<void> {
  recountSoon(client);
  if (change.sources) void client.invalidateQueries({ queryKey: KEYS.sources });
  if (change.mentions.length === 0) {
    if (!change.sources) await lookAgain(client);
    return;
  }
  // Twenty mentions a second may arrive: counting and looking for new ones is done a few times a second at most.
  if (lookTimer === undefined)
    lookTimer = setTimeout(() => {
      lookTimer = undefined;
      update({ tide: live.tide + 1 });
      void client.invalidateQueries({ queryKey: KEYS.counts });
      void client.invalidateQueries({ queryKey: KEYS.clocks });
      void client.invalidateQueries({ queryKey: KEYS.incidents });
    }, 300);
  if (change.mentions.length > MANY) {
    void client.invalidateQueries({ queryKey: KEYS.mentions });
    return rowsAnew(client);
  }
  for (const id of change.mentions) {
    const open =
      client
        .getQueryCache()
        .find({ queryKey: KEYS.mention(id) })
        ?.isActive() ?? false;
    if (open || inQueue(client, id)) await refreshOne(client, id);
    else client.removeQueries({ queryKey: KEYS.mention(id), type: 'inactive' });
  }
}

/** Fetches one mention that is on screen and writes it where it stands. */
async function refreshOne(client: QueryClient, id: string): Promise<void> {
  try {
    const detail = await api.mention(id);
    keepDetail(client, detail);
    patchRow(client, detail);
  } catch (thrown) {
    // Deleted at its source: the words must not stay on anybody's screen. Other failures show when someone opens it.
    if (thrown instanceof ApiFailure && thrown.code === 'unknown-mention') eraseRow(client, id);
  }
}
