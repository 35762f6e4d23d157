import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Session } from '../../src/surfaces/web/server/access/sessions.ts';
import { type Passing, Presence } from '../../src/surfaces/web/server/presence.ts';

const session = (name: string): Session => {
  const person = { id: name, name, role: 'approver' as const, hasPassword: true, disabled: false, since: 0 };
  return { id: `session of ${name}`, name, person, actor: { id: name, name, role: 'approver' }, byToken: false };
};
const mei = session('Mei');
const jo = session('Jo');

/** What reaches all machines but the one that says it; a cut one hears nothing, and is told so when it is mended. */
class Line {
  readonly #ends: { hear: (text?: string) => void; cut: boolean }[] = [];

  end() {
    const end = { hear: (_?: string): void => {}, cut: false };
    this.#ends.push(end);
    const passing: Passing = {
      say: async (text) => {
        if (end.cut) throw new Error('cut');
        for (const other of this.#ends) if (other !== end && !other.cut) other.hear(text);
      },
      hear: (listener) => {
        end.hear = listener;
        return () => {
          end.hear = () => {};
        };
      },
    };
    const mend = () => {
      end.cut = false;
      end.hear();
    };
    const cut = () => {
      end.cut = true;
    };
    return { passing, cut, mend };
  }
}

let line: Line;
let now: number;
let open: Presence[];
function machine() {
  const { passing, cut, mend } = line.end();
  let news = 0;
  const presence = new Presence(
    passing,
    () => {
      news += 1;
    },
    () => now,
  );
  open.push(presence);
  return { presence, cut, mend, news: () => news, people: () => presence.people() };
}

/** So long passes on all machines. */
function pass(seconds: number): void {
  for (let n = 0; n < seconds; n += 5) {
    now += 5_000;
    vi.advanceTimersByTime(5_000);
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  line = new Line();
  now = 0;
  open = [];
});
afterEach(() => {
  for (const presence of open) presence.close();
  vi.useRealTimers();
});

it('shows who is here, and what they look at, on every machine', () => {
  const [one, two] = [machine(), machine()];
  one.presence.come(mei);
  two.presence.come(jo);
  one.presence.look(mei, 'm1');
  const both = [
    { name: 'Mei', mentionId: 'm1' },
    { name: 'Jo', mentionId: null },
  ];
  expect(one.people()).toEqual(both);
  expect(two.people()).toEqual(expect.arrayContaining(both));
  expect(two.people()).toHaveLength(2);
});

it('counts a person once whose pages are on two machines, until the last is closed', () => {
  const [one, two] = [machine(), machine()];
  one.presence.come(mei);
  one.presence.come(mei);
  two.presence.come(mei);
  one.presence.look(mei, 'm1');
  for (const { people } of [one, two]) expect(people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
  one.presence.leave(mei);
  one.presence.leave(mei);
  for (const { people } of [one, two]) expect(people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
  two.presence.leave(mei);
  for (const { people } of [one, two]) expect(people()).toEqual([]);
});

it('takes what somebody looks at from whichever machine they said it to, also before their page is open', () => {
  const [one, two, three] = [machine(), machine(), machine()];
  two.presence.look(mei, 'm1');
  one.presence.come(mei);
  for (const { people } of [one, two, three]) expect(people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
  two.presence.look(mei, null);
  pass(60);
  for (const { people } of [one, two, three]) expect(people()).toEqual([{ name: 'Mei', mentionId: null }]);
});

it('tells a machine that starts later who is here', () => {
  const one = machine();
  one.presence.come(mei);
  one.presence.look(mei, 'm1');
  expect(machine().people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
});

it('learns what it missed while its line was broken', () => {
  const [one, two] = [machine(), machine()];
  one.presence.come(mei);
  one.presence.look(mei, 'm1');
  two.cut();
  one.presence.look(mei, 'm2');
  expect(two.people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
  two.mend();
  expect(two.people()).toEqual([{ name: 'Mei', mentionId: 'm2' }]);
});

it('takes those away whose machine stopped, at once', () => {
  const [one, two] = [machine(), machine()];
  one.presence.come(mei);
  const before = two.news();
  one.presence.close();
  expect(two.people()).toEqual([]);
  expect(two.news()).toBeGreaterThan(before);
});

it('takes those away whose machine is silent, and has them back when it speaks again', () => {
  const [one, two] = [machine(), machine()];
  one.presence.come(mei);
  one.presence.look(mei, 'm1');
  two.presence.come(jo);
  one.cut();
  pass(30);
  expect(two.people()).toHaveLength(2);
  pass(60);
  expect(two.people()).toEqual([{ name: 'Jo', mentionId: null }]);
  expect(one.people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
  two.presence.look(jo, 'm2');
  one.presence.look(mei, 'm3');
  one.mend();
  for (const { people } of [one, two]) {
    expect(people()).toHaveLength(2);
    expect(people()).toEqual(
      expect.arrayContaining([
        { name: 'Mei', mentionId: 'm3' },
        { name: 'Jo', mentionId: 'm2' },
      ]),
    );
  }
});

it('works alone where there are no others', () => {
  const alone = new Presence(undefined, () => {});
  open.push(alone);
  alone.come(mei);
  alone.look(mei, 'm1');
  expect(alone.people()).toEqual([{ name: 'Mei', mentionId: 'm1' }]);
});
