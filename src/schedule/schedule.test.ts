import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SourceStatus, Store } from '../core/ports.ts';
import { checkSchedules, faultOfCron, type Job, keepDoing, type ScheduleDeps, startSchedule } from './index.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const quiet = { info: () => {}, warn: () => {} };

let stop: AbortController;
let jobs: Job[];
let statuses: SourceStatus[];
let pulls: string[];
let changed: () => void;
let woken: number;
let deps: ScheduleDeps;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 12, 2, 30) });
  stop = new AbortController();
  jobs = [{ id: 'forum', cron: '*/5 * * * *', settings: {} }];
  statuses = [];
  pulls = [];
  woken = 0;
  const since = Date.now();
  deps = {
    jobs: () => jobs,
    onJobsChange: (listener) => {
      changed = listener;
      return () => {};
    },
    pull: async (id, { asked }) => {
      pulls.push(`${(Date.now() - since) / SECOND} ${id}${asked ? ' asked' : ''}`);
      return { state: 'ok' };
    },
    store: {
      statuses: async () => statuses,
      wake: async () => {
        woken++;
        return 0;
      },
    },
    clock: { now: () => Date.now() },
    signal: stop.signal,
    log: quiet,
  };
});
afterEach(() => {
  stop.abort();
  vi.useRealTimers();
});

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const ok = (lastSuccessAt: number): SourceStatus => ({
  source: 'forum',
  state: 'ok',
  message: '',
  lastSuccessAt,
  failuresInARow: 0,
  stored: 0,
  skipped: 0,
});

describe('the schedule', () => {
  it('pulls by the clock, in UTC', async () => {
    statuses = [ok(Date.now())];
    const schedule = startSchedule(deps);
    expect(schedule.nextRun('forum')).toBe(Date.UTC(2026, 10, 23, 12, 5));
    await pass(13 * MINUTE);
    expect(pulls).toEqual(['150 forum', '450 forum', '750 forum']);
  });

  it.each([
    ['never pulled', undefined, 1],
    ['last pulled a period ago', 5 * MINUTE, 1],
    ['last pulled long ago', 30 * 24 * 60 * MINUTE, 1],
    ['pulled just now', 4 * MINUTE, 0],
    ['pulled in what is the future, after a clock was set back', -60 * MINUTE, 1],
  ])('makes up for downtime at the start: %s', async (_, agoMs, times) => {
    statuses = agoMs === undefined ? [] : [ok(Date.now() - agoMs)];
    startSchedule(deps);
    await pass(SECOND);
    expect(pulls).toHaveLength(times);
  });

  it('asks once more after a start for what waited for a person', async () => {
    statuses = [{ ...ok(Date.now()), state: 'unauthorized' }];
    startSchedule(deps);
    await pass(SECOND);
    expect(pulls).toEqual(['0 forum asked']);
  });

  it('never pulls a source twice at once, however long it takes', async () => {
    let going = 0;
    let most = 0;
    let times = 0;
    deps.pull = async () => {
      times++;
      most = Math.max(most, ++going);
      await new Promise((resolve) => setTimeout(resolve, 12 * MINUTE));
      going--;
      return { state: 'ok' };
    };
    startSchedule(deps);
    for (let minute = 0; minute < 60; minute++) {
      changed();
      await pass(MINUTE);
    }
    expect(most).toBe(1);
    expect(times).toBe(5); // a slot within a pull is covered by it: 12:02:30, 12:15, 12:30, 12:45, 13:00
  });

  it('tries again when the rest of a failure is over, without waiting for the next slot', async () => {
    jobs = [{ id: 'forum', cron: '0 3 * * *', settings: {} }];
    let failures = 0;
    const { pull } = deps;
    deps.pull = async (id, options) => {
      await pull(id, options);
      return failures++ === 0 ? { state: 'unavailable', until: Date.now() + 45 * SECOND } : { state: 'ok' };
    };
    startSchedule(deps);
    await pass(10 * MINUTE);
    expect(pulls).toEqual(['0 forum', '50 forum']);
  });

  it('one source that throws keeps no other from being pulled', async () => {
    jobs.push({ id: 'feed', cron: '* * * * *', settings: {} });
    const { pull } = deps;
    deps.pull = async (id, options) => {
      await pull(id, options);
      if (id === 'forum') throw new Error('broken');
      return { state: 'ok' };
    };
    startSchedule(deps);
    await pass(5 * MINUTE);
    expect(pulls.filter((one) => one.includes('feed'))).toHaveLength(6);
    expect(pulls.filter((one) => one.includes('forum'))).toHaveLength(2);
  });

  it('makes up, once, for slots that were lost to a busy event loop or a sleeping machine', async () => {
    jobs = [{ id: 'forum', cron: '0 3,4,5 * * *', settings: {} }];
    statuses = [ok(Date.now())];
    startSchedule(deps);
    await pass(SECOND);
    vi.setSystemTime(Date.UTC(2026, 10, 24, 6, 0, 0));
    await pass(30 * SECOND);
    expect(pulls).toHaveLength(1);
    expect(woken).toBeLessThan(3);
  });

  it('goes on when the clock is set back, and does not wait until it is where it was', async () => {
    statuses = [ok(Date.now())];
    startSchedule(deps);
    await pass(5 * MINUTE);
    const [before, wokenBefore] = [pulls.length, woken];
    expect(before).toBeGreaterThan(0);
    vi.setSystemTime(Date.now() - 6 * 60 * MINUTE);
    await pass(11 * MINUTE);
    expect(pulls.length - before).toBeGreaterThanOrEqual(2);
    expect(woken - wokenBefore).toBeGreaterThanOrEqual(10);
  });

  it('wakes what was snoozed, every minute', async () => {
    startSchedule(deps);
    await pass(5 * MINUTE);
    expect(woken).toBe(5);
  });
});

describe('a change of the settings', () => {
  it('pulls a new source at once, and then by its schedule', async () => {
    statuses = [ok(Date.now())];
    startSchedule(deps);
    await pass(SECOND);
    jobs = [...jobs, { id: 'feed', cron: '0 * * * *', settings: {} }];
    changed();
    await pass(60 * MINUTE);
    expect(pulls.filter((one) => one.includes('feed'))).toEqual(['1 feed asked', '3450 feed']);
  });

  it('pulls no more what was removed or paused', async () => {
    const schedule = startSchedule(deps);
    await pass(SECOND);
    jobs = [];
    changed();
    await pass(60 * MINUTE);
    expect(pulls).toEqual(['0 forum']);
    expect(schedule.nextRun('forum')).toBeUndefined();
  });

  it('pulls at once what was set up anew, and leaves the others alone', async () => {
    jobs.push({ id: 'feed', cron: '*/5 * * * *', settings: {} });
    startSchedule(deps);
    await pass(SECOND);
    jobs = jobs.map((job) => (job.id === 'feed' ? { ...job, settings: { url: 'https://other.example/' } } : job));
    changed();
    await pass(SECOND);
    expect(pulls).toEqual(['0 forum', '0 feed', '1 feed asked']);
  });

  it('with a schedule that makes no sense leaves the others running', async () => {
    statuses = [ok(Date.now())];
    startSchedule(deps);
    jobs = [...jobs, { id: 'feed', cron: 'x * * * *', settings: {} }];
    changed();
    await pass(5 * MINUTE);
    expect(pulls).toEqual(['150 forum']);
  });
});

describe('a stop', () => {
  it('waits for the pull on its way, starts no other, and leaves nothing behind', async () => {
    let ended = false;
    deps.pull = async (_, { signal }) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => setTimeout(resolve, 3 * SECOND)));
      ended = true;
      return { state: 'ok' };
    };
    const { stopped } = startSchedule(deps);
    await pass(SECOND);
    stop.abort();
    await pass(3 * SECOND);
    await stopped;
    expect(ended).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('does not wait for ever', async () => {
    deps.pull = () => new Promise(() => {});
    const { stopped } = startSchedule(deps);
    await pass(SECOND);
    stop.abort();
    await pass(9 * SECOND);
    await stopped;
  });
});

it.each([
  ['*/5 * * * *', undefined],
  ['61 * * * *', /^"61 \* \* \* \*" is no schedule: .*61/],
  ['0 0 31 2 *', /impossible day/],
])('the schedule %s is checked', (cron, fault) => {
  if (fault) expect(faultOfCron(cron)).toMatch(fault);
  else expect(faultOfCron(cron)).toBeUndefined();
});

it('a fault in the settings is named with its place', () => {
  const settings = { schedules: { pull: '*/5 * * * *' }, sources: [{}, { schedule: '61 * * * *' }] };
  expect(checkSchedules(settings)).toMatchObject([{ path: ['sources', 1, 'schedule'] }]);
});

describe('doing a stage’s work', () => {
  let ring: () => void;
  const store: Pick<Store, 'watch'> = {
    watch: (listener) => {
      ring = () => listener({ mentions: [], sources: false });
      return () => {};
    },
  };
  const options = () => ({ store, everyMs: MINUTE, signal: stop.signal, log: quiet });

  it('happens at the start, at every change, and every so often', async () => {
    let times = 0;
    const done = keepDoing('work', async () => ++times, options());
    await pass(0);
    expect(times).toBe(1);
    ring();
    await pass(0);
    expect(times).toBe(2);
    await pass(MINUTE);
    expect(times).toBe(3);
    stop.abort();
    await done;
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sees a change that came while it was at work', async () => {
    let times = 0;
    void keepDoing(
      'work',
      async () => {
        if (++times === 1) ring();
      },
      options(),
    );
    await pass(0);
    expect(times).toBe(2);
  });

  it('rests after work that took long, so that others come in between', async () => {
    let times = 0;
    const work = async () => {
      times += 1;
      ring?.();
      await new Promise((resolve) => setTimeout(resolve, 100));
    };
    void keepDoing('work', work, options());
    await pass(299);
    expect(times).toBe(1);
    await pass(1);
    expect(times).toBe(2);
  });

  it('goes on after work that threw, but not at once', async () => {
    let times = 0;
    void keepDoing('work', () => Promise.reject(new Error(`${++times}`)), options());
    await pass(4 * SECOND);
    expect(times).toBe(1);
    await pass(2 * SECOND);
    expect(times).toBe(2);
  });

  it('waits for the run on its way when it is stopped', async () => {
    let ended = false;
    const done = keepDoing(
      'work',
      async () => {
        await new Promise((resolve) => setTimeout(resolve, SECOND));
        ended = true;
      },
      options(),
    );
    stop.abort();
    await pass(SECOND);
    await done;
    expect(ended).toBe(true);
  });
});
