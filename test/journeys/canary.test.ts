import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaryIn, canaryText, canaryToken } from '../../src/core/canary.ts';
import { readHealth } from '../../src/observe/health.ts';
import { openLog } from '../../src/observe/log.ts';
import { openMetrics } from '../../src/observe/metrics.ts';
import { asTestAccount, Canaries } from '../../src/parts/canary.ts';
import { openParts, type Parts } from '../../src/parts/index.ts';
import { readSettings } from '../../src/settings.ts';
import { DISCOURSE_CANARY, DISCOURSE_KEY, DISCOURSE_US, DiscoursePlatform } from '../platforms/discourse.ts';
import { HandClock } from '../platforms/open-forum.ts';

const MINUTE = 60_000;
const SOURCE = 'help-forum';
const signal = new AbortController().signal;

let forum: DiscoursePlatform;
let folder: string;
let parts: Parts;
let clock: HandClock;
let canaries: Canaries;
let under: string;

/** Earshot as it is put together, with its own forum connector, over a local Discourse on which a topic is quiet. */
async function open(keys: Record<string, string> = { DISCOURSE_API_KEY_CANARY: DISCOURSE_CANARY.key }): Promise<void> {
  const variables = { DISCOURSE_API_KEY: DISCOURSE_KEY, ...keys };
  const env = { EARSHOT_DATA: folder, EARSHOT_PRIVATE_HOSTS: '127.0.0.1', ...variables };
  parts = await openParts(readSettings(env), openLog('silent'), 'command', () => {});
  canaries = new Canaries({ ...parts, clock, openAs: asTestAccount(parts.world) });
  await pull();
  under = (await parts.store.queue({ limit: 1 })).rows[0]?.mention.id ?? '';
}

const pull = () => parts.pull(SOURCE, { signal, asked: true });
const asked = (over = {}) => ({
  ...{ source: SOURCE, under, everyMinutes: 60, withinMinutes: 15, options: { account: DISCOURSE_CANARY.username } },
  ...over,
});
const posted = () => forum.posts.filter(({ username }) => username === DISCOURSE_CANARY.username);
const verdict = async () => (await canaries.states())[0]?.verdict;
const actions = async () =>
  (await parts.store.audit(0, 100)).flatMap(({ action, actor }) =>
    /canary/.test(action) ? [`${actor} ${action}`] : [],
  );

beforeEach(async () => {
  forum = await new DiscoursePlatform().start();
  folder = await mkdtemp(join(tmpdir(), 'earshot-canary-'));
  clock = new HandClock();
  forum.say('lena', 'A quiet place', '<p>Nobody talks here.</p>');
  const options = { software: 'discourse', address: forum.url, account: DISCOURSE_US.username };
  const workspace = {
    version: 1,
    brand: { product: 'Acorn Pay' },
    sources: [{ id: SOURCE, connector: 'forum', options }],
  };
  await writeFile(join(folder, 'workspace.json'), JSON.stringify(workspace));
});
afterEach(async () => {
  await parts.close();
  await forum.close();
  await rm(folder, { recursive: true });
});

describe('a canary', () => {
  it('is switched on by a named person, posted by the test account, heard, and is no mention', async () => {
    await open();
    await canaries.switchOn(asked(), 'Mia');
    expect(parts.workspace.current().canaries).toMatchObject([{ source: SOURCE, by: 'Mia' }]);
    await canaries.round();
    await canaries.round();
    expect(posted(), 'one each time').toHaveLength(1);
    expect(canaryIn(posted()[0]?.raw ?? '')).toBeDefined();
    expect(await verdict()).toBe('waiting');
    expect(await pull()).toMatchObject({ state: 'ok', added: 0 });
    expect(await verdict()).toBe('heard');
    expect((await parts.store.queue({ limit: 10 })).rows).toHaveLength(1);
    expect(await actions()).toEqual(['Mia canary-switched-on', 'earshot canary-posted']);
  });

  it('goes out again on its schedule, not sooner, and not after it was switched off', async () => {
    await open();
    await canaries.switchOn(asked(), 'Mia');
    await canaries.round();
    clock.pass(59 * MINUTE);
    await canaries.round();
    expect(posted()).toHaveLength(1);
    clock.pass(MINUTE);
    await canaries.round();
    expect(posted()).toHaveLength(2);
    expect(new Set(posted().map(({ raw }) => raw)).size, 'each with a mark of its own').toBe(2);
    await canaries.switchOff(SOURCE, 'Mia');
    clock.pass(600 * MINUTE);
    await canaries.round();
    expect(posted()).toHaveLength(2);
    await expect(canaries.switchOff(SOURCE, 'Mia')).rejects.toMatchObject({ code: 'no-canary' });
  });

  it('that does not come back in its time makes the source deaf, until one does', async () => {
    await open();
    await canaries.switchOn(asked(), 'Mia');
    await canaries.round();
    const [lost] = posted();
    if (lost) lost.hidden = true;
    expect(await pull(), 'the source seems to work').toMatchObject({ state: 'ok' });
    clock.pass(16 * MINUTE);
    await canaries.round();
    expect(await verdict()).toBe('deaf');

    const health = await readHealth({ ...parts, canaries, dataDir: folder, stopping: signal, patienceMs: 30_000 });
    expect(health).toMatchObject({
      status: 'degraded',
      troubles: expect.arrayContaining([{ code: 'deaf', message: expect.stringContaining(SOURCE) }]),
    });
    const numbers = openMetrics({ ...parts, canaries, dataDir: folder, version: '1' });
    expect(await numbers.text()).toContain(`earshot_source_deaf{source="${SOURCE}"} 1`);
    expect((await parts.sources.list())[0]?.canary).toMatchObject({ verdict: 'deaf' });

    clock.pass(45 * MINUTE);
    await canaries.round();
    expect(await verdict(), 'a new one that is out is no proof yet').toBe('deaf');
    await pull();
    expect(await verdict()).toBe('heard');
    expect(await numbers.text()).toContain(`earshot_source_deaf{source="${SOURCE}"} 0`);
    expect((await actions()).slice(-3)).toEqual([
      ...['earshot canary-not-heard', 'earshot canary-posted', 'earshot canary-heard-again'],
    ]);
  });

  it('that could not be posted says so, and says nothing about hearing', async () => {
    await open();
    await canaries.switchOn(asked(), 'Mia');
    forum.onNextReply.push({ status: 403, body: { errors: ['Closed for today.'], error_type: 'invalid_access' } });
    await canaries.round();
    clock.pass(30 * MINUTE);
    await canaries.round();
    expect((await canaries.states())[0]).toMatchObject({ verdict: 'unsent', problem: expect.any(String) });
    clock.pass(30 * MINUTE);
    await canaries.round();
    await pull();
    expect(await verdict()).toBe('heard');
  });

  it('whose answer broke off is not posted again, and is heard all the same', async () => {
    await open();
    await canaries.switchOn(asked(), 'Mia');
    forum.onNextReply.push('break off');
    await canaries.round();
    await canaries.round();
    expect(posted()).toHaveLength(1);
    await pull();
    expect(await verdict()).toBe('heard');
  });

  it('is never posted by our own account: without keys of a test account it is not switched on', async () => {
    await open({});
    await expect(canaries.switchOn(asked(), 'Mia')).rejects.toMatchObject({
      code: 'no-test-account',
      message: expect.stringContaining('DISCOURSE_API_KEY_CANARY'),
    });
    expect(parts.workspace.current().canaries).toEqual([]);
  });

  it('needs a place that the source hears', async () => {
    await open();
    await expect(canaries.switchOn(asked({ under: '0000000000000000' }), 'Mia')).rejects.toMatchObject({
      code: 'no-place',
    });
    await expect(canaries.switchOn(asked({ source: 'elsewhere' }), 'Mia')).rejects.toMatchObject({
      code: 'unknown-source',
    });
  });
});

describe('the mark', () => {
  it('is known again, however a platform lays out white space and names', async () => {
    await open();
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 10, maxLength: 10 }),
        fc.constantFrom(' ', '\n', '\t  '),
        (bytes, space) => {
          const token = canaryToken(bytes);
          const text = canaryText(token);
          return (
            canaryIn(text) === token &&
            canaryIn(`@acorn_help ${text.replaceAll(' ', space)} `) === token &&
            canaryIn(`${text} My money is gone`) === undefined &&
            canaryIn(`Help! ${text}`) === undefined
          );
        },
      ),
    );
  });
});
