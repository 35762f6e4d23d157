import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { answer, approve, direct, type Running, runProcess } from './process.ts';
import { bench, guest, local, setUpServer, staff } from './support.ts';

setUpServer();
let running: Running;
beforeEach(async () => {
  bench.clock.time = Date.now();
  running = await runProcess();
});
afterEach(() => running.stop());

async function report(what: string) {
  const { data } = await local.submit(guest, staff, 'em1:report', { what });
  const number = /\*\*([0-9a-z]{8})\*\*/.exec(data.content)?.[1] ?? '';
  const { mention } = (await bench.store.find(number)) ?? {};
  if (!mention) throw new Error(`no case ${number}`);
  return { id: mention.id, mention, receipt: data.content as string };
}

describe('the answer to a report', () => {
  it('goes to its author directly, once, and is asked about there', async () => {
    const { id, mention, receipt } = await report('My top-up of Monday is missing');
    expect(receipt).toContain('as a direct message');
    expect(mention.permission).toEqual({ how: 'api' });
    local.discord.onNext('POST', /messages$/, { answer: 'reset', stored: true });
    const said = await answer(id);
    expect(said.channel).toBe(direct(guest.person.username).id);
    expect(local.discord.world.in(said.channel)).toHaveLength(1);
    await local.until(() => (said.components?.length ?? 0) > 0);
    expect(mentionId('discord', mention.nativeId)).toBe(id);
  });

  it('fails with the reason where its author takes no direct messages', async () => {
    local.discord.world.closed.add(guest.person.id);
    const { id } = await report('My top-up of Monday is missing');
    await approve(id);
    await bench.until(async () => (await bench.caseOf(id)).mention.state === 'failed');
    expect((await bench.caseOf(id)).approval?.reason).toContain('takes no direct messages');
  });
});
