import { describe, expect, it } from 'vitest';
import { TYPE } from '../../platforms/discord-world.ts';
import { until } from '../../platforms/open-discord.ts';
import {
  asked,
  collect,
  deps,
  guild,
  heard,
  help,
  live,
  platform,
  setUpDiscord,
  status,
  store,
  texts,
  wasIn,
} from './support.ts';

setUpDiscord();

/** Connected, and what was there before is pulled. */
async function listening(settings: Parameters<typeof live>[0] = {}) {
  const { gateway, world } = platform;
  const before = gateway.identified;
  world.say(help, 'kim', `said before session ${before + 1}`);
  const life = live(settings);
  await Promise.all([gateway.reached(before + 1), heard(`said before session ${before + 1}`)]);
  return life;
}
const stored = async (text: string) =>
  (await store.queue({ limit: 100, order: 'newest' })).rows.find(({ mention }) => mention.text === text)?.mention;

describe('a live connection', () => {
  it('hears messages in channels, new threads, new forum posts and direct messages', async () => {
    const { world } = platform;
    const forum = world.addRoom(guild, 'questions', TYPE.forum);
    await listening();
    platform.say(help, 'lena', 'in help');
    const thread = platform.openThread(help, 'a thread', 'lena', 'begins');
    platform.say(thread, 'kim', 'goes on');
    platform.openThread(forum, 'Fees doubled', 'lena', 'why?');
    platform.say(world.addRoom(undefined, '', TYPE.direct), 'lena', 'just between us');
    await heard('in help', 'a thread\nbegins', 'goes on', 'Fees doubled\nwhy?', 'just between us');
    expect(await stored('goes on')).toMatchObject({ place: '#help › a thread', conversationId: thread.id });
    expect(await stored('just between us')).toMatchObject({ place: 'direct message', permission: { how: 'api' } });
    expect((await status())?.state).toBe('ok');
  });

  it('is the same mention as the pulled one', async () => {
    await listening();
    platform.say(help, 'lena', 'hello');
    await heard('hello');
    const before = await stored('hello');
    await collect();
    expect((await texts()).filter((text) => text === 'hello')).toHaveLength(1);
    expect(await stored('hello')).toEqual(before);
  });

  it('follows edits and deletions, one and many at once', async () => {
    await listening();
    const [one, two, three, four] = ['one', 'two', 'three', 'four'].map((text) => platform.say(help, 'lena', text));
    platform.edit(one?.id ?? '', 'one, but different');
    await heard('one, but different', 'four');
    expect((await stored('one, but different'))?.editedAt).toBeGreaterThan(0);
    platform.remove(two?.id ?? '');
    platform.remove(three?.id ?? '', four?.id ?? '');
    await until(store, async () => !(await texts()).some((text) => ['two', 'three', 'four'].includes(text)));
    expect(await texts()).toContain('one, but different');
  });

  it('fetches an edit of which Discord sent only a part, and is not stirred by link previews', async () => {
    await listening();
    const said = platform.say(help, 'lena', 'before');
    await heard('before');
    const at = Date.now();
    Object.assign(platform.world.messages.get(said.id) ?? {}, { content: 'after', editedAt: at });
    platform.gateway.dispatch('MESSAGE_UPDATE', { id: said.id, channel_id: help.id, guild_id: guild, embeds: [] });
    platform.gateway.dispatch('MESSAGE_UPDATE', {
      id: said.id,
      channel_id: help.id,
      guild_id: guild,
      edited_timestamp: new Date(at).toISOString(),
    });
    await heard('after');
    expect(asked(new RegExp(`messages/${said.id}`))).toHaveLength(1);
  });

  it('hears only what mentions the bot where it has no privileged intent', async () => {
    platform.world.contentIntent = false;
    const { bot } = platform.world;
    const life = live({ options: { hear: 'mentions' } });
    await platform.gateway.reached(1);
    platform.say(help, 'kim', 'among ourselves');
    platform.say(help, 'lena', `help me, <@${bot.id}>`);
    await heard('help me, @acorn_helper');
    expect(await texts()).toEqual(['help me, @acorn_helper']);
    await life.end();
  });

  it('goes on over a message that nobody could read', async () => {
    await listening();
    for (const d of [null, 'text', { id: 'x' }, { id: '1', channel_id: help.id, author: { id: {} } }]) {
      platform.gateway.dispatch('MESSAGE_CREATE', () => d);
    }
    platform.say(help, 'lena', 'still here');
    await heard('still here');
  });
});

describe('a break', () => {
  it('that Discord resumes loses nothing, and needs no new session', async () => {
    await listening();
    platform.say(help, 'lena', 'before the break');
    await heard('before the break');
    platform.gateway.drop(4000);
    platform.say(help, 'lena', 'during the break');
    const edited = platform.say(help, 'lena', 'to be edited');
    platform.edit(edited.id, 'edited during the break');
    await platform.gateway.reached(1, 1);
    platform.say(help, 'lena', 'after the break');
    await heard('during the break', 'edited during the break', 'after the break');
    expect(platform.gateway).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('that Discord itself asks for (op 7) loses nothing', async () => {
    await listening();
    platform.gateway.askToReconnect();
    platform.say(help, 'lena', 'in between');
    await platform.gateway.reached(1, 1);
    await heard('in between');
  });

  it('that cannot be resumed is made good by a pull', async () => {
    await listening();
    platform.gateway.forget();
    platform.gateway.drop(4000);
    // Nobody tells it: the session that would have got this is gone.
    platform.world.say(help, 'lena', 'while nobody listened');
    await platform.gateway.reached(2);
    await heard('while nobody listened');
    expect(platform.gateway.resumed).toBe(0);
  });

  it('by a restart is made good by a pull, since a new process never resumes', async () => {
    const first = await listening();
    platform.say(help, 'lena', 'heard live');
    await heard('heard live');
    await first.end();
    const thread = platform.openThread(help, 'a thread', 'lena', 'while we were down');
    thread.archivedAt = Date.now();
    const edited = platform.say(help, 'lena', 'also while we were down');
    platform.edit(edited.id, 'edited while we were down');
    live();
    await heard('a thread\nwhile we were down', 'edited while we were down');
    expect(platform.gateway.resumed).toBe(0);
  });

  it('that nobody announces is noticed, made anew, and made good', async () => {
    platform.gateway.heartbeatMs = 150;
    await listening({ options: { silenceSeconds: 0.8 } });
    platform.gateway.mute = true;
    expect((await wasIn('unavailable')).message).toMatch(/silent|could not be reached/);
    platform.world.say(help, 'lena', 'into the silence');
    platform.gateway.mute = false;
    await heard('into the silence');
    await platform.gateway.reached(2);
  });

  it('because the store could not take a message: it is heard again', async () => {
    const { savePage } = deps.store;
    let failures = 0;
    deps.store.savePage = (page) => {
      if (failures > 0 || !page.found.some(({ text }) => text === 'disk full')) return savePage(page);
      failures++;
      return Promise.reject(new Error('the disk is full'));
    };
    await listening();
    platform.say(help, 'lena', 'disk full');
    await heard('disk full');
    expect(failures).toBe(1);
  });
});

describe('a connection that Discord refuses', () => {
  it.each([
    [4014, 'unauthorized', /Message Content intent is missing \(4014\)/],
    [4004, 'unauthorized', /bot token \(4004\)/],
    [4013, 'paused', /refuses this connection \(4013\)/],
  ])('with %i is %s, and says what to do', async (code, state, message) => {
    platform.world.say(help, 'lena', 'there before');
    platform.gateway.refusals.push(code);
    const { ended } = live();
    expect((await wasIn(state)).message).toMatch(message);
    if (state !== 'unauthorized') return;
    await ended;
    expect((await status())?.state).toBe(state);
    expect(await texts()).toEqual(['there before']);
  });

  it('because the sessions of the day are used up waits, so that the token is not reset', async () => {
    platform.gateway.sessionsLeft = 0;
    live();
    const { until: then = 0, lastTriedAt: now = 0 } = await wasIn('rate-limited');
    expect(then - now).toBeGreaterThan(3_600_000);
    expect(platform.gateway.identified).toBe(0);
  });
});
