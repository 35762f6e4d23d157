import { describe, expect, it } from 'vitest';
import { createCollector, recheck } from '../../../src/stages/collect/index.ts';
import { type Room, TYPE } from '../../platforms/discord-world.ts';
import { asked, collect, deps, help, open, platform, setUpDiscord, texts } from './support.ts';

setUpDiscord();

const ask = (ids: string[], room: Room = help) =>
  open().recheck?.(
    ids.map((id) => `${room.id}/${id}`),
    AbortSignal.timeout(60_000),
  );
const say = (count: number) => Array.from({ length: count }, (_, n) => platform.world.say(help, 'lena', `m ${n}`).id);

describe('looking again', () => {
  it('says what was edited, what is gone and what is as it was', async () => {
    const [one = '', two = '', three = ''] = say(3);
    platform.edit(two, 'm 1, edited');
    platform.world.remove(three);
    expect(await ask([three, one, two])).toMatchObject([
      { nativeId: `${help.id}/${one}`, now: 'same' },
      { nativeId: `${help.id}/${two}`, now: 'edited', found: { text: 'm 1, edited' } },
      { nativeId: `${help.id}/${three}`, now: 'gone' },
    ]);
  });

  it('asks for a hundred at once where they stand close together', async () => {
    const ids = say(200);
    expect(await ask(ids)).toHaveLength(200);
    expect(asked(/messages$/)).toHaveLength(2);
    expect(asked(/messages\/\d+$/)).toHaveLength(0);
  });

  it('never takes a closed channel for an empty one', async () => {
    const ids = say(3);
    help.denied.add('history');
    expect(await ask(ids)).toEqual([]);
    help.denied.add('view');
    expect(await ask(ids)).toEqual([]);
  });

  it('knows that with a channel everything in it is gone', async () => {
    const ids = say(2);
    platform.world.rooms.delete(help.id);
    expect(await ask(ids)).toMatchObject([{ now: 'gone' }, { now: 'gone' }]);
  });

  it('knows the title of a forum post, also right after a start', async () => {
    const { world } = platform;
    const forum = world.addRoom([...world.guilds.keys()][0], 'questions', TYPE.forum);
    const post = world.addThread(forum, 'Fees', 'lena', 'why?');
    await collect();
    platform.edit(post.id, 'why? (edited)');
    expect(await ask([post.id], post)).toMatchObject([
      { now: 'edited', found: { text: 'Fees\nwhy? (edited)', place: '#questions › Fees' } },
    ]);
  });

  it('erases what was deleted while nobody listened, and hears edits anew', async () => {
    const [one = '', two = ''] = say(3);
    await collect();
    platform.world.remove(one);
    platform.edit(two, 'm 1, edited');
    const ids = [one, two].map((id) => `${help.id}/${id}`);
    const done = await recheck(open(), ids, deps, createCollector(deps), AbortSignal.timeout(60_000));
    expect(done).toEqual({ gone: 1, edited: 1 });
    expect((await texts()).filter(Boolean)).toEqual(['m 1, edited', 'm 2']);
  });
});
