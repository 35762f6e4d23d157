import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueAlerts, dueAt } from '../../src/alerts/due.ts';
import type { AlertSettings, LaneRules } from '../../src/alerts/settings.ts';
import { afterWorking, lastWeekly, type WorkingHours } from '../../src/alerts/working-hours.ts';
import type { Alert } from '../../src/core/alerts.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SHANGHAI: WorkingHours = {
  timeZone: 'Asia/Shanghai',
  from: '09:00',
  to: '18:00',
  days: [1, 2, 3, 4, 5],
  holidays: ['2026-10-01', '2026-10-02'],
};

describe('working time', () => {
  it.each([
    ['in the morning', '2026-09-28T02:00:00Z', 60, '2026-09-28T03:00:00Z'],
    ['over the evening, to the next morning', '2026-09-28T09:30:00Z', 60, '2026-09-29T01:30:00Z'],
    ['at night, from the morning on', '2026-09-28T16:00:00Z', 30, '2026-09-29T01:30:00Z'],
    ['over holidays and a weekend', '2026-09-30T09:30:00Z', 60, '2026-10-05T01:30:00Z'],
    ['two whole days', '2026-09-28T01:00:00Z', 2 * 9 * 60, '2026-09-29T10:00:00Z'],
  ])('counts %s', (_, start, minutes, end) => {
    expect(new Date(afterWorking(Date.parse(start), minutes, SHANGHAI)).toISOString()).toBe(
      new Date(end).toISOString(),
    );
  });

  it('follows clocks that are put back', () => {
    const berlin = { ...SHANGHAI, timeZone: 'Europe/Berlin', holidays: [] };
    // Friday 17:30 in summer time, Monday 09:30 in winter time.
    expect(new Date(afterWorking(Date.parse('2026-10-23T15:30:00Z'), 60, berlin)).toISOString()).toBe(
      '2026-10-26T08:30:00.000Z',
    );
  });

  it('never ends before it began, grows with the minutes, and ends in working hours', () => {
    const start = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    fc.assert(
      fc.property(start, fc.integer({ min: 1, max: 3000 }), zone, (at, minutes, timeZone) => {
        const hours = { ...SHANGHAI, timeZone };
        const end = afterWorking(at, minutes, hours);
        expect(end - at).toBeGreaterThanOrEqual(minutes * MINUTE);
        expect(afterWorking(at, minutes + 1, hours)).toBeGreaterThan(end);
        const shown = new Intl.DateTimeFormat('en-GB', {
          timeZone,
          hour: '2-digit',
          minute: '2-digit',
          hourCycle: 'h23',
        }).format(end);
        expect(shown >= '09:00' && shown <= '18:00').toBe(true);
      }),
    );
  });

  it('without working hours, or without any working day, every minute counts', () => {
    expect(afterWorking(1000, 5, undefined)).toBe(1000 + 5 * MINUTE);
    expect(afterWorking(1000, 5, { ...SHANGHAI, days: [] })).toBe(1000 + 5 * MINUTE);
  });
});

const T0 = Date.UTC(2026, 8, 28, 2);
const lane: LaneRules = {
  targets: ['team'],
  escalateTo: ['boss'],
  answerWithinMinutes: 120,
  remindBeforeMinutes: [30],
  remindAfterMinutes: [60],
  acknowledgeWithinMinutes: 15,
};
const settings: AlertSettings = {
  targets: ['team', 'boss', 'ops'].map((id) => ({ id, kind: 'email', to: [`${id}@example.org`] })),
  lanes: { security: lane },
  incidents: ['ops'],
  digest: { to: [], weekday: 1, at: '09:00', timeZone: 'UTC' },
  workingHours: SHANGHAI,
  language: 'en',
  origin: 'https://inbox.example.org',
};
const open = { mention: { id: 'm1', heardAt: T0, saidAt: T0, sample: false }, lane: 'security' };

/** Lives through the minutes as the outbox does: what is due is written down, and sent at once. */
function live(minutes: number, acknowledgedAfter = Number.POSITIVE_INFINITY, over: Partial<typeof open> = {}) {
  const known: Alert[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    const now = T0 + minute * MINUTE;
    for (const alert of dueAlerts(now, [{ ...open, ...over }], [], settings, known))
      known.push({ ...alert, state: 'sent', attempts: 1, notBefore: now, sentAt: now });
    if (minute >= acknowledgedAfter) for (const alert of known) alert.acknowledgedAt ??= now;
  }
  return known.map(({ target, step, createdAt }) => `${target} ${step} ${(createdAt - T0) / MINUTE}`);
}

describe('alerts', () => {
  it('go out at once, are chased, escalated, and remind before and after the time', () => {
    expect(live(200)).toEqual([
      'team first 0',
      'team chase-1 15',
      'boss escalated 15',
      'team chase-2 30',
      'team chase-3 45',
      'team before-30 90',
      'team late-0 120',
      'team late-60 180',
    ]);
  });

  it('are chased and escalated no more once somebody has it, and still remind', () => {
    expect(live(130, 5)).toEqual(['team first 0', 'team before-30 90', 'team late-0 120']);
  });

  it('are not made for the sample, for what was said long ago, nor for a lane without rules', () => {
    expect(live(5, 0, { mention: { ...open.mention, sample: true } })).toEqual([]);
    expect(live(5, 0, { mention: { ...open.mention, saidAt: T0 - 72 * HOUR } })).toEqual([]);
    expect(live(5, 0, { lane: 'general' })).toEqual([]);
  });

  it('have the same id whenever they are made, and another for each target and step', () => {
    const make = () => dueAlerts(T0 + 500 * MINUTE, [open], [{ id: 'inc-1', openedAt: T0 }], settings, []);
    const [one, other] = [make(), make()];
    expect(one.map(({ id }) => id)).toEqual(other.map(({ id }) => id));
    expect(new Set(one.map(({ id }) => id)).size).toBe(one.length);
    expect(one.at(-1)).toMatchObject({ kind: 'incident', subject: 'inc-1', target: 'ops' });
    expect(one[0]?.token).not.toBe(other[0]?.token);
  });

  it('the time to answer follows the working hours', () => {
    expect(dueAt(open, settings)).toBe(T0 + 120 * MINUTE);
    expect(dueAt({ ...open, lane: 'general' }, settings)).toBeUndefined();
  });
});

describe('the last time of a week', () => {
  it('is the newest one that is over, by the clocks of the place', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata');
    const moment = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(
        moment,
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 4, max: 23 }),
        zones,
        (now, day, hour, zone) => {
          const time = `${String(hour).padStart(2, '0')}:00`;
          const at = lastWeekly(now, day, time, zone);
          expect(at).toBeLessThanOrEqual(now);
          // The clocks go forward or back by an hour in between.
          expect(now - at).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000);
          const shown = new Intl.DateTimeFormat('en-GB', {
            ...{ timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
          } as const).format(at);
          expect(shown).toBe(`${['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day - 1]} ${time}`);
        },
      ),
    );
  });
});
