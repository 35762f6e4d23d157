import { afterEach, beforeEach, expect, it } from 'vitest';
import { wrongInReceived, wrongInSent } from '../platforms/discord-payloads.ts';
import { TYPE } from '../platforms/discord-world.ts';
import { type Running, runProcess } from './process.ts';
import { bench, cardOf, guest, lin, local, press, setUpServer, staff } from './support.ts';

setUpServer();
let running: Running | undefined;
let payloads: { way: 'in' | 'out'; payload: { op: number; t?: string | null } }[];
beforeEach(() => {
  payloads = [];
  bench.clock.time = Date.now();
  local.discord.gateway.onPayload = (way, payload) => payloads.push({ way, payload: payload as { op: number } });
});
afterEach(() => running?.stop());

it('everything that goes over the gateway is as Discord documents it, both ways', async () => {
  const { discord } = local;
  const { world, gateway } = discord;
  const help = world.addRoom(staff.guild, 'help');
  const forum = world.addRoom(staff.guild, 'questions', TYPE.forum);
  const { mention } = await bench.drafted({ text: 'You charged me twice' });
  // Soon enough to be seen, and long enough that a busy machine does not take the line for dead.
  gateway.heartbeatMs = 1_000;
  running = await runProcess();
  await local.until(() => local.in(staff).length === 1);

  const first = discord.say(help, guest.person, 'my top-up is missing');
  discord.edit(first.id, 'my top-up of 50 is missing');
  discord.openThread(forum, 'Fees', 'lena', 'why so high?');
  const [one, two] = [discord.say(help, 'kim', 'a'), discord.say(help, 'kim', 'b')];
  discord.remove(first.id);
  discord.remove(one.id, two.id);
  await press(lin, cardOf(mention.id), 'Approve');
  await local.command(guest, help, 'help');
  await local.autocomplete(guest, help, 'faq', 'question', 'fee');
  const form = await local.command(guest, help, 'report');
  await local.submit(guest, help, form.data.custom_id, { what: 'charged twice' });
  const { resumed } = gateway;
  gateway.drop();
  await gateway.reached(gateway.identified, resumed + 2);

  await expect.poll(() => gateway.heartbeats).toBeGreaterThan(0);

  const wrong = payloads.map(({ way, payload }) => (way === 'out' ? wrongInReceived : wrongInSent)(payload));
  expect([...new Set(wrong.filter(Boolean))]).toEqual([]);
  const seen = (way: string) =>
    new Set(payloads.filter((one) => one.way === way).map(({ payload }) => payload.t ?? payload.op));
  expect(seen('in')).toEqual(new Set([1, 2, 6]));
  const events = ['READY', 'RESUMED', 'GUILD_CREATE', 'MESSAGE_CREATE', 'MESSAGE_UPDATE', 'MESSAGE_DELETE'];
  expect([...seen('out')]).toEqual(
    expect.arrayContaining([10, ...events, 'MESSAGE_DELETE_BULK', 'THREAD_CREATE', 'INTERACTION_CREATE']),
  );
});

it('a payload that is wrong would be found', () => {
  expect(wrongInReceived({ op: 0, s: 1, t: 'MESSAGE_CREATE', d: { id: 5 } })).toMatch(/MESSAGE_CREATE/);
  expect(wrongInReceived({ op: 0, s: 1, t: 'NOTHING', d: {} })).toMatch(/no event/);
  expect(wrongInSent({ op: 2, d: { token: '', intents: '0' } })).toBeDefined();
});
