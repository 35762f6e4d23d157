import { once } from 'node:events';
import { asFailure } from '../core/failures.ts';
import type { SourceId } from '../core/nouns.ts';
import { listen } from '../stages/collect/index.ts';
import type { SourceEntry } from '../workspace/index.ts';
import type { Endings } from './ending.ts';
import type { Parts } from './parts.ts';

const DAY_MS = 86_400_000;

interface Connection {
  settings: string;
  stop: AbortController;
  ended: Promise<void>;
}

/** Holds a live connection to every enabled source that has one, and follows changes of the settings. */
export async function listenToAll(parts: Parts, endings: Endings, signal: AbortSignal): Promise<void> {
  const connections = new Map<SourceId, Connection>();
  const follow = () => {
    const wanted = new Map(
      parts.workspace
        .current()
        .sources.filter(({ enabled }) => enabled)
        .map((entry) => [entry.id, entry]),
    );
    for (const [id, { settings, stop }] of connections) {
      if (settings === JSON.stringify(wanted.get(id))) continue;
      stop.abort();
      connections.delete(id);
    }
    for (const entry of wanted.values()) {
      if (!connections.has(entry.id)) connections.set(entry.id, connect(parts, endings, entry));
    }
  };
  const unfollow = parts.workspace.onChange(follow);
  follow();
  if (!signal.aborted) await once(signal, 'abort');
  unfollow();
  for (const { stop } of connections.values()) stop.abort();
  await Promise.all([...connections.values()].map(({ ended }) => ended));
}

function connect(parts: Parts, endings: Endings, entry: SourceEntry): Connection {
  const { opened, collector, clock, store, log, ourHandles, together, canaries } = parts;
  const onCanary = canaries.heard.bind(canaries);
  const stop = new AbortController();
  const run = async (signal: AbortSignal) => {
    try {
      const since = clock.now() - entry.lookBackDays * DAY_MS;
      await listen(opened.get(entry.id), { store, clock, log, ourHandles, onCanary }, collector, { since, signal });
    } catch (thrown) {
      log.warn('not listening', { source: entry.id, error: asFailure(thrown).message });
    }
  };
  // One machine holds the connection; another takes it over where that one is gone. Who cannot open it does not stand by.
  const listens = opened.tryGet(entry.id)?.listen !== undefined;
  const ended = listens ? together.inOne(`live ${entry.id}`, run, stop.signal) : run(stop.signal);
  return { settings: JSON.stringify(entry), stop, ended: endings.track(`live ${entry.id}`, ended) };
}
