import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAME_MONTH } from '../one-month.ts';
import { XPlatform } from '../platforms/twitter.ts';
import { X_KEYS } from '../platforms/twitter-tokens.ts';
import { type Home, openHome } from './support.ts';

let home: Home;
let x: XPlatform;
beforeAll(async () => {
  [home, x] = await Promise.all([openHome(), new XPlatform().start()]);
  await mkdir(home.data);
});
afterAll(async () => {
  await home.close();
  await x.close();
});

/** Settings with one source on the local X, which may cost this much. */
async function withBudget(monthlyBudgetUsd: number): Promise<void> {
  const prices = { ownedRead: 0.1, post: 0, user: 0, reply: 0.1, linkReply: 2 };
  const options = { address: x.url, monthlyBudgetUsd, prices, overlapMinutes: 0 };
  const sources = [{ id: 'x', connector: 'twitter', name: 'X mentions', options }];
  await writeFile(
    join(home.data, 'workspace.json'),
    JSON.stringify({ version: 1, brand: { product: 'OKPay' }, sources }),
  );
}

const run = (...args: string[]) =>
  home.run(args, { env: { ...X_KEYS, ...SAME_MONTH, EARSHOT_LOG: 'warn', EARSHOT_PRIVATE_HOSTS: '127.0.0.1' } });
const say = (count: number) => {
  for (let n = 0; n < count; n++) x.say('mei', `@OKPayHelp where is my top-up? ${n}`, { at: Date.now() - 1000 + n });
};

describe('what a source costs', () => {
  it('stands in the report with its budget and its forecast, as text and as JSON', async () => {
    await withBudget(100);
    say(10);
    expect(await run('pull', 'x')).toMatchObject({ code: 0 });
    const { out } = await run('report');
    expect(out).toMatch(/X mentions {2}\$1\.00 {2}\$100\.00 {2}at this rate \$\d+\.\d\d by the end of the month/);
    const { json } = await run('report', '--json');
    expect(json.find((line) => 'spending' in line)).toMatchObject({
      spending: { source: 'x', name: 'X mentions', spentUsd: 1, budgetUsd: 100, state: 'fine' },
    });
    expect(json.slice(0, -2).every(({ heard }) => typeof heard === 'number')).toBe(true);
  });

  it('is told in the log when the budget nears its end, and once more when it is reached', async () => {
    await withBudget(4);
    say(24);
    const near = await run('pull', 'x');
    expect(near.err).toMatch(/"msg":"budget nearly used up"/);
    expect(near.err).toContain('$3.4 of the budget of $4');
    say(10);
    const stopped = await run('pull', 'x');
    expect(stopped).toMatchObject({ code: 1, err: expect.stringMatching(/"msg":"budget used up"/) });
    expect(stopped.err).toMatch(/neither read nor answered until \d{4}-\d\d-01; raise monthlyBudgetUsd/);
    expect((await run('report')).out).toContain('used up: neither read nor answered until');
  });

  it('goes on at once when the budget is raised', async () => {
    await withBudget(200);
    expect((await run('pull', 'x')).out).toContain('x: 4 new');
    expect((await run('report')).out).toContain('$200.00');
  });
});
