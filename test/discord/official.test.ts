import { afterEach, describe, expect, it } from 'vitest';
import type { Exchange } from '../platforms/discord.ts';
import { officialDiscord, withoutIds } from '../platforms/discord-official.ts';
import { type Running, runProcess } from './process.ts';
import { bench, cardOf, guest, lin, local, press, setUpServer, staff } from './support.ts';

setUpServer();
const official = officialDiscord();

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

/** Cards that are posted, pressed, edited and dismissed, and members who use every command and ping the bot. */
async function everything(): Promise<Exchange[]> {
  bench.clock.time = Date.now();
  const { discord } = local;
  const help = discord.world.addRoom(staff.guild, 'help');
  const third = await bench.drafted({ nativeId: 'third', text: 'Where is my money' });
  const { mention } = await bench.drafted({ text: 'You charged me twice', author: { id: 'oak', name: 'Oak' } });
  const second = await bench.drafted({ nativeId: 'second', text: 'Still locked out' });
  running = await runProcess();
  await local.until(() => local.in(staff).length === 3);
  await press(guest, cardOf(mention.id), 'Approve');
  await press(lin, cardOf(mention.id), 'Approve');
  const edit = await press(lin, cardOf(second.mention.id), 'Edit');
  const [field] = edit.data.components;
  await local.submit(
    lin,
    staff,
    edit.data.custom_id,
    { [field.component.custom_id]: 'We are on it.' },
    cardOf(second.mention.id),
  );
  await press(lin, cardOf(second.mention.id), 'Dismiss');

  // Somebody decides in the inbox, and the card follows.
  const { id: mentionId, version } = third.mention;
  await bench.review.dismiss({ mentionId, version, by: 'Maya', reason: 'not-about-us' });
  await local.until(() => local.requests.some((one) => one.startsWith('PATCH')));

  await local.command(guest, help, 'help');
  await local.command(guest, help, 'status');
  await local.command(guest, help, 'faq', [{ name: 'question', type: 3, value: 'fees' }]);
  await local.autocomplete(guest, help, 'faq', 'question', 'fee');
  const form = await local.command(guest, help, 'report');
  await local.submit(guest, help, form.data.custom_id, { what: 'My card was charged twice' });
  const said = discord.say(help, guest.person, `<@${discord.world.bot.id}> it is still locked`);
  await local.until(() => discord.world.replies.some(({ answers }) => answers?.message === said.id));
  return [...local.exchanges, ...discord.exchanges];
}

describe.skipIf(!official)('the official description of Discord (skipped where it is not at hand)', () => {
  it('knows everything that the surface asks, and every answer of the local interactions', async () => {
    const exchanges = await everything();
    const routes = exchanges.map(({ method, path }) => `${method} ${withoutIds(path)}`);
    expect([...new Set(routes)]).toEqual(
      expect.arrayContaining([
        'GET /gateway/bot',
        'POST /channels/:id/messages',
        'PATCH /channels/:id/messages/:id',
        'POST /interactions/:id/:token/callback',
        'PUT /applications/:id/guilds/:id/commands',
      ]),
    );
    expect(official?.wrongRequests(exchanges)).toEqual([]);
    expect(official?.wrongAnswers(exchanges)).toEqual([]);
  });

  it('would find a card that Discord would not take', () => {
    const body = { embeds: [{ title: 5 }], allowed_mentions: { parse: [] } };
    const one = { method: 'POST', path: '/channels/123456/messages', query: {}, body, status: 200, answer: {} };
    expect(official?.wrongRequests([one]).length).toBeGreaterThan(0);
    expect(official?.wrongAnswers([one]).length).toBeGreaterThan(0);
  });
});
