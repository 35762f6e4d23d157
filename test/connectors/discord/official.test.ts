import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../platforms/discord.ts';
import { officialDiscord } from '../../platforms/discord-official.ts';
import { TYPE } from '../../platforms/discord-world.ts';
import { collect, guild, help, live, open, platform, setUpDiscord } from './support.ts';

setUpDiscord();

const official = officialDiscord();

describe.skipIf(!official)('the official description of Discord (skipped where it is not at hand)', () => {
  /** Everything that reading, listening, answering and looking again ask and are told. */
  async function everything(): Promise<Exchange[]> {
    const { world } = platform;
    const first = world.say(help, 'lena', 'OKPay 充值失败');
    world.say(help, 'kim', 'me too', { answers: { channel: help.id, message: first.id } });
    const file = {
      id: '55',
      filename: 'a.png',
      size: 5,
      url: 'https://cdn.example/a.png',
      proxy_url: 'https://cdn.example/a.png',
    };
    const edited = world.say(help, 'kim', 'look', { attachments: [{ ...file, content_type: 'image/png' }] });
    platform.edit(edited.id, `look, <@${world.bot.id}>`);
    world.addRoom(guild, 'vip').denied.add('history');
    const forum = world.addRoom(guild, 'questions', TYPE.forum);
    world.addThread(forum, 'Fees', 'lena', 'why?');
    world.addThread(help, 'old', 'lena', 'solved').archivedAt = Date.now();
    await collect();
    const life = live();
    await platform.gateway.reached(1);
    await life.end();
    const source = open();
    const order = { key: 'k.r1', text: 'Hello.', nativeId: `${help.id}/${first.id}`, firstTriedAt: 0 };
    await source.reply?.send(order, AbortSignal.timeout(60_000));
    await source.recheck?.([`${help.id}/${first.id}`, `${help.id}/1`], AbortSignal.timeout(60_000));
    return platform.exchanges;
  }

  it('knows every answer of the local Discord', async () => {
    const exchanges = await everything();
    const routes = new Set(exchanges.map(({ method, path }) => `${method} ${path.replace(/\d{5,}/g, 'id')}`));
    expect(routes.size).toBeGreaterThanOrEqual(10);
    expect(official?.wrongAnswers(exchanges)).toEqual([]);
  });

  it('would not know an answer that is wrong', () => {
    const schema = { $ref: '#/components/schemas/MessageResponse' };
    expect(official?.faultsOf(schema, { id: 5 }).length).toBeGreaterThan(0);
  });

  it('knows everything that we ask', async () => {
    expect(official?.wrongRequests(await everything())).toEqual([]);
  });
});
