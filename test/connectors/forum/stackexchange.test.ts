import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { From } from '#kit';
import { HandClock } from '../../platforms/open-forum.ts';
import { type ForumSettings, openForumAt } from '../../platforms/open-forums.ts';
import { no, STACK_KEY, StackPlatform } from '../../platforms/stackexchange.ts';
import { HOUR, MINUTE, orderFor, read, replying, signal } from './support.ts';

let platform: StackPlatform;
let clock: HandClock;
beforeEach(async () => {
  clock = new HandClock();
  platform = await new StackPlatform(() => clock.now()).start();
});
afterEach(() => platform.close());

const open = ({ options, ...rest }: ForumSettings = {}) =>
  openForumAt(platform, 'stackexchange', {
    clock,
    options: { searches: ['OKPay'], site: 'money', ...options },
    ...rest,
  });
const anew = (): From => ({ since: clock.now() - HOUR });
const host = () => new URL(platform.url).host;

describe('a question on Stack Exchange', () => {
  it('becomes a mention, title and names unescaped, code apart, and is answered by hand', async () => {
    platform.ask(
      'O&#39;Neil',
      'OKPay &lt;top-up&gt; fails &amp; hangs',
      '<p>I run</p><pre><code>a &lt; b</code></pre>',
    );
    const { found } = await read(open(), anew());
    expect(found).toMatchObject([
      {
        nativeId: `${host()}/money/70000000`,
        author: { name: "O'Neil" },
        text: 'OKPay <top-up> fails & hangs\nI run\n\n```\na < b\n```',
        place: 'money',
        permission: { how: 'by-hand', why: expect.stringContaining('programs') },
      },
    ]);
    await expect(replying(open()).send(orderFor(found[0] as never, 0), signal())).rejects.toMatchObject({
      kind: 'unauthorized',
    });
  });

  it('is found over pages, whatever is asked meanwhile', async () => {
    for (let n = 0; n < 250; n++) platform.ask('nils', `OKPay ${n}`, '<p>x</p>');
    expect((await read(open(), anew())).found).toHaveLength(250);
    expect(platform.requests).toHaveLength(3);
  });

  it('that was edited is given back, one that is gone is said to be gone', async () => {
    const [edited, kept, gone] = ['a', 'b', 'c'].map((word) => platform.ask('nils', `OKPay ${word}`, '<p>x</p>')) as [
      never,
      never,
      never,
    ];
    const { found } = await read(open(), anew());
    Object.assign(edited, { body: '<p>y</p>', last_edit_date: Math.floor(clock.now() / 1000) + 60 });
    platform.questions.splice(platform.questions.indexOf(gone), 1);
    const ids = found.map(({ nativeId }) => nativeId);
    const became = await open().recheck?.(ids, signal());
    const now = ({ question_id }: { question_id: number }) =>
      became?.find(({ nativeId }) => nativeId === `${host()}/money/${question_id}`)?.now;
    expect([now(edited), now(kept), now(gone)]).toEqual(['edited', 'same', 'gone']);
    // All in one request.
    expect(platform.requests).toHaveLength(2);
  });
});

describe('what Stack Exchange allows', () => {
  it('backoff is obeyed: nothing of the same kind is asked before then, then reading goes on', async () => {
    for (let n = 0; n < 150; n++) platform.ask('nils', `OKPay ${n}`, '<p>x</p>');
    const source = open();
    platform.backoff = 30;
    const first = await source.pull?.(anew(), signal());
    expect(first?.found).toHaveLength(100);
    const next: From = { cursor: first?.cursor };
    const told = clock.now();
    await expect(source.pull?.(next, signal())).rejects.toMatchObject({ kind: 'rate-limited', until: told + 30_000 });
    expect(platform.requests).toHaveLength(1);
    await expect(source.check(signal())).resolves.toBeDefined();
    clock.pass(30_000);
    expect((await source.pull?.(next, signal()))?.found).toHaveLength(50);
  });

  it('the quota is shown, and told unasked when it runs low', async () => {
    const source = open();
    await expect(source.check(signal())).resolves.toMatchObject({ note: expect.stringContaining('299 of 300') });
    await expect(source.examine?.(signal())).resolves.toMatchObject([
      { what: 'limits', ok: true, message: expect.stringMatching(/298 of 300.*STACKEXCHANGE_KEY/) },
    ]);
    expect((await read(source, anew())).notices).toEqual([]);
    platform.quota.remaining = 25;
    expect((await read(source, anew())).notices).toEqual(['Stack Exchange: 24 of 300 requests are left today.']);
  });

  it.each([
    ['throttle_violation', 'too many requests from this IP, more requests available in 90 seconds', 'rate-limited'],
    ['temporarily_unavailable', 'down for maintenance', 'unavailable'],
    ['bad_parameter', '`key` is not valid', 'unauthorized'],
    ['bad_parameter', 'fromdate', 'rejected'],
  ])('%s (%s) has its meaning', async (name, message, kind) => {
    platform.onNext.push(no(400, name, message));
    const failure = await read(open(), anew()).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ kind });
    if (kind === 'rate-limited') expect(failure).toMatchObject({ until: clock.now() + 90_000 });
  });

  it('the key goes along where it is set, and nowhere else', async () => {
    await read(open({ variables: { STACKEXCHANGE_KEY: STACK_KEY } }), anew());
    await read(open({ variables: { DISCOURSE_API_KEY: 'secret-of-another' } }), anew());
    expect(platform.requests.map((request) => request.includes(STACK_KEY))).toEqual([true, false]);
    expect(platform.requests.join()).not.toContain('secret-of-another');
  });

  it('it is never read whole', () => {
    expect(() => open({ options: { searches: [] } })).toThrow('Name a search');
  });

  it('and an hour later it asks from where the walk before the last one began', async () => {
    platform.ask('nils', 'OKPay 1', '<p>x</p>');
    const source = open();
    let { from } = await read(source, anew());
    clock.pass(MINUTE);
    const newest = platform.ask('nils', 'OKPay 2', '<p>x</p>');
    for (let round = 0; round < 3; round++) from = (await read(source, from)).from;
    expect(platform.requests.at(-1)).toContain(`fromdate=${newest.creation_date}`);
  });
});
