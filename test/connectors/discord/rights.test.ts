import { describe, expect, it } from 'vitest';
import { rightsIn } from '../../../connectors/discord/access.ts';
import {
  asked,
  clock,
  collect,
  guild,
  help,
  holes,
  open,
  platform,
  setUpDiscord,
  status,
  store,
  texts,
} from './support.ts';

setUpDiscord();

describe('a missing right is named, not silence', () => {
  it('Read Message History: a hole that names the channel, and is closed once the right is there', async () => {
    const { world } = platform;
    const vip = world.addRoom(guild, 'vip');
    world.say(help, 'kim', 'in help');
    await collect();
    vip.denied.add('history');
    world.say(vip, 'kim', 'nobody may read this');
    world.addThread(vip, 'thread', 'kim', 'nor this');
    clock.pass(3_600_000);
    world.say(help, 'kim', 'in help again', { at: clock.now() });
    expect(await collect()).toMatchObject({ state: 'ok', message: expect.stringContaining('#vip') });
    expect(await holes()).toMatchObject([{ cause: 'The bot may not read what was said before in #vip.' }]);
    expect(await texts()).toEqual(['in help', 'in help again']);

    clock.pass(1_000);
    await collect();
    vip.denied.clear();
    clock.pass(1_000);
    expect(await collect()).toMatchObject({ state: 'ok', message: '', added: 2 });
    expect(await holes()).toEqual([]);
    expect(await texts()).toEqual(['in help', 'in help again', 'nobody may read this', 'thread\nnor this']);
  });

  it('View Channel: a hole where the operator named the channel, and none where nobody gave it to the bot', async () => {
    const staff = platform.world.addRoom(guild, 'staff');
    staff.denied.add('view');
    platform.world.say(staff, 'kim', 'secret');
    platform.world.say(help, 'kim', 'open');
    await collect();
    expect(await holes()).toEqual([]);
    clock.pass(1_000);
    await collect(open({ options: { channels: [help.id, staff.id] } }));
    expect(await holes()).toMatchObject([{ cause: expect.stringContaining('#staff') }]);
  });

  it('everywhere: unauthorized, with the right to give', async () => {
    help.denied.add('history');
    expect(await collect()).toMatchObject({
      state: 'unauthorized',
      message: expect.stringMatching(/Read Message History in #help/),
    });
  });

  it('no server at all: unauthorized, with the way to invite the bot', async () => {
    expect(await collect(open({ options: { servers: ['42'] } }))).toMatchObject({
      state: 'unauthorized',
      message: expect.stringMatching(/Invite it/),
    });
  });

  it('the Message Content intent: unauthorized, before a single empty text is taken for news', async () => {
    platform.world.contentIntent = false;
    platform.world.say(help, 'kim', 'hidden');
    expect(await collect()).toMatchObject({ state: 'unauthorized', message: expect.stringMatching(/Message Content/) });
    expect(asked(/messages/)).toEqual([]);
  });

  it('Send Messages: heard all the same, to be answered by hand', async () => {
    help.denied.add('send');
    platform.world.say(help, 'kim', 'hello');
    await collect();
    const { rows } = await store.queue({ limit: 1, order: 'newest' });
    expect(rows[0]?.mention.permission).toEqual({
      how: 'by-hand',
      why: 'The bot lacks the right Send Messages in #help.',
    });
  });
});

describe('a token that is refused', () => {
  it('is fatal, and is not tried again and again until the address is banned', async () => {
    const source = open({ token: 'withdrawn' });
    expect(await collect(source)).toMatchObject({ state: 'unauthorized', message: expect.stringMatching(/bot token/) });
    const before = platform.requests.length;
    for (let n = 0; n < 20; n++) await collect(source);
    expect(platform.requests).toHaveLength(before);
    expect((await status())?.state).toBe('unauthorized');
    clock.pass(61_000);
    await collect(source);
    expect(platform.requests).toHaveLength(before + 1);
  });
});

describe('one place that fails', () => {
  it('does not stand in the way of the others', async () => {
    const { world } = platform;
    const other = world.addRoom(guild, 'other');
    world.say(help, 'kim', 'in help');
    world.say(other, 'kim', 'in other');
    for (let n = 0; n < 3; n++) platform.onNext('GET', new RegExp(`${help.id}/messages`), { answer: 500 });
    const source = open();
    expect(await collect(source)).toMatchObject({ state: 'unavailable' });
    await collect(source);
    expect(await texts()).toEqual(['in other']);
    for (let n = 0; n < 3; n++) await collect(source);
    expect(await texts()).toEqual(['in help', 'in other']);
    expect((await status())?.state).toBe('ok');
  });

  it('and is a thread that was closed for a while is read once it may be', async () => {
    const { world } = platform;
    const long = Date.now() - 30 * 86_400_000;
    const thread = world.addThread(help, 'a thread', 'kim', 'in the thread', long);
    world.say(help, 'kim', 'in help');
    platform.onNext('GET', new RegExp(`${thread.id}/messages`), { answer: 'code', status: 403, code: 50001 });
    clock.pass(1_000);
    await collect();
    expect(await texts()).toEqual(['in help']);
    expect(await holes()).toMatchObject([{ cause: expect.stringContaining('#help › a thread') }]);
    clock.pass(1_000);
    await collect();
    expect(await texts()).toEqual(['a thread\nin the thread', 'in help']);
    expect(await holes()).toEqual([]);
  });

  it.each([
    ['closed', 403, 50001],
    ['deleted', 404, 10003],
  ])('and was %s since the survey is left out', async (_, answered, code) => {
    const { world } = platform;
    world.say(help, 'kim', 'in help');
    world.say(world.addRoom(guild, 'other'), 'kim', 'in other');
    platform.onNext('GET', new RegExp(`${help.id}/messages`), { answer: 'code', status: answered, code });
    expect(await collect()).toMatchObject({ state: 'ok' });
    expect(await texts()).toEqual(['in other']);
    // Nothing is lost by it: the next round begins where this place stopped.
    await collect();
    expect(await texts()).toEqual(['in help', 'in other']);
  });
});

describe('rate limits', () => {
  it('are obeyed before Discord has to refuse anything', async () => {
    platform.bucket = { count: 2, perMs: 120 };
    for (let n = 0; n < 650; n++) platform.world.say(help, 'kim', `m ${n}`);
    expect(await collect()).toMatchObject({ state: 'ok', added: 650 });
    expect(platform.exchanges).toHaveLength(platform.requests.length);
  });

  it.each([
    ['with the time to wait', { answer: 429 as const, seconds: 7.5 }, 7_500],
    ['without it', { answer: 429 as const }, 60_000],
  ])('that are hit all the same are waited out (%s)', async (_, how, ms) => {
    platform.world.say(help, 'kim', 'hello');
    platform.onNext('GET', /threads\/active/, how);
    const before = clock.now();
    const result = await collect();
    expect(result.state).toBe('rate-limited');
    expect(result.until).toBe(before + ms);
  });
});

describe('rights as Discord computes them', () => {
  const standing = { guild: '1', me: '9', roles: ['5'], base: (1n << 10n) | (1n << 11n) };
  const rule = (id: string, allow: bigint, deny: bigint) => ({ id, type: 0, allow: String(allow), deny: String(deny) });
  const SEND = 1n << 11n;

  it('everyone, then roles, then the member; the later wins', () => {
    expect(rightsIn(standing, [rule('1', 0n, SEND)]).write).toBe(false);
    expect(rightsIn(standing, [rule('5', SEND, 0n), rule('1', 0n, SEND)]).write).toBe(true);
    expect(rightsIn(standing, [rule('9', 0n, SEND), rule('5', SEND, 0n)]).write).toBe(false);
    expect(rightsIn(standing, [rule('6', 0n, SEND)]).write).toBe(true);
  });

  it('nothing where the channel is not seen, everything for an administrator', () => {
    expect(rightsIn(standing, [rule('1', 0n, 1n << 10n)])).toMatchObject({ view: false, write: false });
    expect(rightsIn({ ...standing, base: 1n << 3n }, [rule('1', 0n, SEND)]).write).toBe(true);
  });
});
