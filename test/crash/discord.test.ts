import { expect, it } from 'vitest';
import { until } from '../platforms/open-discord.ts';
import { serverUrl } from '../postgres/databases.ts';
import { crashRuns, ended, LISTENING, Stage } from './discord-runs.ts';
import { type Engine, onPostgres, onSqlite } from './records.ts';

/** `CRASH_RUNS=200 npx vitest run test/crash/discord` kills it that often. */
const RUNS = Number(process.env.CRASH_RUNS ?? 8);
const ENGINES: Engine[] = ['sqlite', 'postgres'];

it.each(ENGINES)(
  'killed while answering on Discord, records in %s: none lost, none doubled',
  {
    timeout: 120_000 + RUNS * 6_000,
  },
  async (engine) => {
    const report = await crashRuns(RUNS, engine === 'sqlite' ? onSqlite : onPostgres(await serverUrl()));
    const { approved } = report;
    expect(approved).toBeGreaterThan(RUNS);
    expect(report).toMatchObject({ platform: 'discord', engine, runs: RUNS, posted: approved });
    expect(report).toMatchObject({ lost: 0, doubled: 0, unsureOpen: 0 });
  },
);

it('killed at every step of listening, with people writing all the time: none missed, none doubled', {
  timeout: 120_000,
}, async () => {
  const stage = await Stage.open();
  const { platform, help, disk } = stage;
  let said = 0;
  const say = (count: number) => {
    for (let n = 0; n < count; n++) platform.say(help, `lena_${n % 7}`, `message ${said++}`);
  };
  const stored = async () => (await disk.store.statuses())[0]?.stored ?? 0;
  try {
    for (const [round, at] of [...LISTENING, ...LISTENING].entries()) {
      say(3);
      const child = stage.live('listen', { at, on: 1 + (round % 3) });
      const end = ended(child);
      const writing = setInterval(() => say(2), 15);
      expect(await end, at).toBe('SIGKILL');
      clearInterval(writing);
    }
    say(5);
    const last = stage.live('listen');
    const end = ended(last);
    await platform.gateway.reached(platform.gateway.identified + 1);
    say(5);
    await until(disk.store, async () => (await stored()) >= said);
    last.kill('SIGKILL');
    await end;
    const ids = [...platform.world.messages.values()].map(({ channel, id }) => `${channel}/${id}`);
    expect((await disk.store.known('discord', ids)).size).toBe(said);
    expect(await stored()).toBe(said);
    expect(platform.gateway.resumed).toBe(0);
  } finally {
    await stage.close();
  }
});
