import { describe, expect, it } from 'vitest';
import {
  clock,
  deps,
  found,
  now,
  setUpCollecting,
  sourceOf,
  statusOf,
  store,
  texts,
} from '../../../test/platforms/collecting.ts';
import { ConnectorError } from '../../core/failures.ts';
import type { Emit, Source, SourceStatus } from '../../core/ports.ts';
import { type CollectorDeps, createCollector, listen, recheck } from './index.ts';

setUpCollecting();

describe('listening', () => {
  function liveSource(connections: ((emit: Emit) => Promise<void>)[]): Source {
    let opened = 0;
    return {
      ...sourceOf({ found: [found('missed')] }),
      listen: async (emit, signal) => {
        const connection = connections[opened++];
        if (connection) return connection(emit);
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
  }

  it('stores each message before it is acknowledged, and pulls what was missed', async () => {
    const stop = new AbortController();
    let storedAtAcknowledge: string[] = [];
    const source = liveSource([
      async (emit) => {
        await emit(found('live'));
        storedAtAcknowledge = await texts();
        await emit(found('ours', { author: { id: 'us' } }));
        stop.abort();
      },
    ]);
    const collector = createCollector(deps);
    await listen(source, deps, collector, { since: 0, signal: stop.signal });
    expect(storedAtAcknowledge).toContain('text live');
    expect(await texts()).toEqual(['text live', 'text missed']);
    expect(await statusOf('made')).toMatchObject({ state: 'ok' });
  });

  it('a message that cannot be stored is not acknowledged', async () => {
    const stop = new AbortController();
    let refused: unknown;
    const source = liveSource([
      async (emit) => {
        refused = await emit(found('live')).catch((error) => error);
        stop.abort();
      },
    ]);
    const failing = { ...store, savePage: () => Promise.reject(new Error('the disk is full')) };
    const broken = { ...deps, store: failing };
    await listen(source, broken, createCollector(broken), { since: 0, signal: stop.signal });
    expect(refused).toMatchObject({ message: 'the disk is full' });
  });

  it('closes a connection before the next one, also when something beside it broke', async () => {
    const stop = new AbortController();
    const signals: AbortSignal[] = [];
    const closedBefore: boolean[] = [];
    const source: Source = {
      ...sourceOf({ found: [] }),
      listen: async (_, signal) => {
        closedBefore.push(signals.every(({ aborted }) => aborted));
        signals.push(signal);
        if (signals.length > 1) return stop.abort();
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
    };
    let asked = 0;
    const stumbling: CollectorDeps = {
      ...deps,
      store: {
        ...store,
        statuses: () => (asked++ === 0 ? Promise.reject(new Error('the disk is busy')) : store.statuses()),
        saveStatus: async (status) => {
          if (status.until) clock.pass(status.until - clock.now());
        },
      },
    };
    await listen(source, stumbling, createCollector(stumbling), { since: 0, signal: stop.signal });
    expect(closedBefore).toEqual([true, true]);
  });

  it('connects again after a break, and shows the break meanwhile', async () => {
    const stop = new AbortController();
    const seen: (SourceStatus | undefined)[] = [];
    const resting: CollectorDeps = {
      ...deps,
      store: {
        ...store,
        saveStatus: async (status) => {
          // no waiting in a test: the rest is over at once
          await store.saveStatus(status);
          seen.push(await statusOf('made'));
          if (status.until) clock.pass(status.until - clock.now());
        },
      },
    };
    const source = liveSource([
      async () => {
        throw new ConnectorError('unavailable', 'The connection broke.');
      },
      async (emit) => {
        await emit(found('after'));
        stop.abort();
      },
    ]);
    const { pull: _, ...liveOnly } = source;
    await listen(liveOnly, resting, createCollector(resting), { since: 0, signal: stop.signal });
    expect(seen.map((status) => status?.state)).toEqual(['unavailable', 'ok']);
    expect(await texts()).toEqual(['text after']);
  });

  it('erases at once what was deleted at the source', async () => {
    const stop = new AbortController();
    let before: string[] = [];
    const { pull: _, ...liveOnly } = liveSource([
      async (emit) => {
        await emit(found('1'));
        await emit(found('2'));
        before = await texts();
        await emit.gone?.(['1', 'never heard of']);
        stop.abort();
      },
    ]);
    await listen(liveOnly, deps, createCollector(deps), { since: 0, signal: stop.signal });
    expect(before).toContain('text 1');
    expect(await texts()).not.toContain('text 1');
    expect(await texts()).toContain('text 2');
    const [event] = (await store.audit(0, 100)).filter(({ action }) => action === 'erased');
    expect(event?.detail).toMatchObject({ why: 'deleted at the source' });
  });

  it('pulls anew when the connection may have missed something, even while a pull is under way', async () => {
    const stop = new AbortController();
    const underWay = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    let pulls = 0;
    const source: Source = {
      ...sourceOf({ found: [] }),
      pull: async () => {
        pulls++;
        underWay.resolve();
        await goOn.promise;
        return { found: [], cursor: pulls, more: false };
      },
      listen: async (emit) => {
        const pulled = emit.missed?.();
        goOn.resolve();
        await pulled;
        expect(pulls).toBe(2);
        stop.abort();
      },
    };
    const collector = createCollector(deps);
    const scheduled = collector.collect(source, now());
    await underWay.promise;
    await listen(source, deps, collector, { since: 0, signal: stop.signal });
    await scheduled;
    expect(pulls).toBe(2);
  });

  it('ends when only a person can help', async () => {
    const source = liveSource([
      async () => {
        throw new ConnectorError('unauthorized', 'The token was withdrawn.');
      },
    ]);
    const { pull: _, ...liveOnly } = source;
    await listen(liveOnly, deps, createCollector(deps), now());
    expect(await statusOf('made')).toMatchObject({ state: 'unauthorized', message: 'The token was withdrawn.' });
  });
});

describe('looking again', () => {
  it('erases what was deleted at the source, and hears edits anew', async () => {
    const source: Source = {
      ...sourceOf({ found: [found('1'), found('2'), found('3')] }),
      recheck: async () => [
        { nativeId: '1', now: 'same' },
        { nativeId: '2', now: 'gone' },
        { nativeId: '3', now: 'edited', found: found('3', { text: 'edited', editedAt: clock.now() }) },
      ],
    };
    const collector = createCollector(deps);
    await collector.collect(source, now());
    const done = await recheck(source, ['1', '2', '3'], deps, collector, now().signal);
    expect(done).toEqual({ gone: 1, edited: 1 });
    expect(await texts()).not.toContain('text 2');
    expect(await texts()).toContain('edited');
  });
});
