import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from '../../src/surfaces/web/server/access/sessions.ts';
import { Live, type Stream } from '../../src/surfaces/web/server/live.ts';

const session = (name: string): Session => {
  const person = { id: name, name, role: 'approver' as const, hasPassword: true, disabled: false, since: 0 };
  return { id: name, name, person, actor: { id: name, name, role: 'approver' }, byToken: false };
};

/** An open page that takes one event at a time, when the test lets it. */
class SlowPage implements Stream {
  readonly events: { event: string; data: unknown }[] = [];
  ended = false;
  #taken: (() => void) | undefined;
  send(event: string, data: unknown): Promise<void> {
    this.events.push({ event, data });
    return new Promise((resolve) => {
      this.#taken = resolve;
    });
  }
  async take(): Promise<void> {
    this.#taken?.();
    await turn();
  }
  end(): void {
    this.ended = true;
  }
  changes(): unknown[] {
    return this.events.filter(({ event }) => event === 'change').map(({ data }) => data);
  }
}

let live: Live;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  live = new Live();
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
});

async function join(name = 'Mei'): Promise<SlowPage> {
  const page = new SlowPage();
  live.join(session(name), page);
  await page.take(); // its own presence
  return page;
}

describe('live', () => {
  it('tells the first change at once and bundles what follows', async () => {
    const page = await join();
    live.changed({ mentions: ['a'], sources: false });
    expect(page.changes()).toEqual([{ mentions: ['a'], sources: false }]);
    await page.take();
    live.changed({ mentions: ['b'], sources: false });
    live.changed({ mentions: ['c', 'b'], sources: true });
    expect(page.changes()).toHaveLength(1);
    vi.advanceTimersByTime(150);
    expect(page.changes()[1]).toEqual({ mentions: ['b', 'c'], sources: true });
  });

  it('keeps no pile for a page that does not keep up', async () => {
    const page = await join();
    live.changed({ mentions: ['first'], sources: false });
    for (let n = 0; n < 100; n += 1) {
      live.changed({ mentions: [`m${n}`], sources: false });
      vi.advanceTimersByTime(150);
    }
    expect(page.changes()).toHaveLength(1);
    await page.take();
    expect(page.changes()).toHaveLength(2);
    expect((page.changes()[1] as { mentions: string[] }).mentions).toHaveLength(100);
  });

  it('says "look again" instead of a long list, and never less than that', async () => {
    const page = await join();
    live.changed({ mentions: Array.from({ length: 201 }, (_, n) => `m${n}`), sources: false });
    live.changed({ mentions: ['one'], sources: true });
    await page.take();
    vi.advanceTimersByTime(150);
    live.changed({ mentions: [], sources: true }); // another process committed something
    live.changed({ mentions: ['two'], sources: false });
    await page.take();
    vi.advanceTimersByTime(150);
    expect(page.changes()).toEqual([
      { mentions: [], sources: false },
      { mentions: ['one'], sources: true },
      { mentions: [], sources: false },
    ]);
  });

  it('counts a person with several pages once, until the last is closed', async () => {
    const leave = [new SlowPage(), new SlowPage()].map((page) => live.join(session('Mei'), page));
    live.lookAt(session('Mei'), 'm1');
    expect(live.presence().people).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
    expect(live.othersAt('m1', session('Jun'))).toEqual(['Mei']);
    expect(live.othersAt('m1', session('Mei'))).toEqual([]);
    leave[0]?.();
    expect(live.othersAt('m1', session('Jun'))).toEqual(['Mei']);
    leave[1]?.();
    expect(live.presence().people).toEqual([]);
  });

  it('goes on for everybody else when one page breaks', async () => {
    const broken = new SlowPage();
    broken.send = () => Promise.reject(new Error('gone'));
    live.join(session('Jun'), broken);
    const page = await join();
    await turn();
    expect(broken.ended).toBe(true);
    live.changed({ mentions: ['a'], sources: false });
    expect(page.changes()).toHaveLength(1);
  });

  it('ends every page when it closes, also one that comes too late', () => {
    const [early, late] = [new SlowPage(), new SlowPage()];
    live.join(session('Mei'), early);
    live.close();
    live.join(session('Jun'), late);
    expect([early.ended, late.ended]).toEqual([true, true]);
  });
});
