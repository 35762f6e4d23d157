import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AboutWords, describeConnector, type FailureKind, type From } from '#kit';
import { withOptionTable } from '../../src/kit/option-table.ts';
import type { Fault } from '../platforms/local-server.ts';
import { begin, failing, failureAt, type Loaded, leaksIn, replyOf } from './connector-at.ts';
import { checkIntake } from './intake-checks.ts';
import { faultsOf, idsOf, LONG_AGO, NOW, open, patience, pullOnce, readAll, world } from './support.ts';

const FILES = ['index.ts', 'client.ts', 'README.md', 'fixtures/contract.ts'];

/** Everything that holds for every connector. Read it as the specification of one. */
export function describeContract(loaded: Loaded): void {
  describe('its folder', () => checkFolder(loaded));
  describe('what it says of itself', () => checkDescription(loaded));
  if (loaded.connector.pull) describe('pulling', () => checkPulling(loaded));
  if (loaded.connector.intake) describe('being called', () => checkIntake(loaded));
  const fails = loaded.contract.at || loaded.contract.failing;
  if (fails && loaded.connector.pull) describe('when the platform fails', () => checkFailures(loaded));
  if (loaded.connector.reply) describe('replying', () => checkReplying(loaded));
  describe('its secrets', () => checkSecrets(loaded));
}

function checkFolder({ folder, connector }: Loaded): void {
  it.each(FILES)('has %s', (file) => {
    expect(existsSync(join(folder, file))).toBe(true);
  });

  it('is at most six TypeScript files, each to be read in one sitting, with a client of less than 200 lines', () => {
    const lines = Object.fromEntries(
      readdirSync(folder)
        .filter((file) => file.endsWith('.ts') && file !== 'words.ts')
        .map((file) => [file, readFileSync(join(folder, file), 'utf8').split('\n').length - 1]),
    );
    expect(Object.keys(lines).length).toBeLessThanOrEqual(6);
    expect(Object.entries(lines).filter(([, count]) => count > 350)).toEqual([]);
    expect(lines['client.ts']).toBeLessThan(200);
  });

  it('has a README whose option table is the one in the code', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8');
    expect(readme, 'run npm run connector:readme').toBe(withOptionTable(readme, connector));
  });
}

function checkDescription({ id, connector, contract }: Loaded): void {
  const { about, limits } = connector;

  it('names itself, its documentation and its rules', () => {
    expect(about.id).toBe(id);
    expect(about.name).toMatch(/\S/);
    expect(about.summary).toMatch(/^\p{Lu}.*\.$/su);
    for (const address of [about.docs, about.rules]) expect(new URL(address).protocol).toBe('https:');
    expect(['stable', 'experimental', 'retired']).toContain(about.status);
  });

  it('has limits with their source and the day someone looked', () => {
    expect(new URL(limits.verified.at).protocol).toBe('https:');
    expect(limits.verified.on).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(Number.isNaN(Date.parse(limits.verified.on))).toBe(false);
    for (const number of [
      limits.maxReplyChars,
      limits.pullEverySeconds,
      limits.requests.count,
      limits.requests.perSeconds,
    ]) {
      expect(number).toBeGreaterThan(0);
    }
  });

  it('describes every option and every secret', () => {
    const { options, secrets } = describeConnector(connector);
    expect(undescribed(options as Schema)).toEqual([]);
    for (const secret of Object.values(secrets)) {
      expect(secret.env).toMatch(/^[A-Z][A-Z\d_]+$/);
      expect(secret.describe).toMatch(/\S/);
    }
  });

  it('says in Chinese, where it speaks it, everything that it says in English', () => {
    const { options, secrets, words = {} } = describeConnector(connector);
    const wanted = {
      options: Object.keys((options as Schema).properties ?? {}),
      secrets: Object.values(secrets).map(({ env }) => env),
    };
    for (const { name, summary, ...said } of Object.values<AboutWords>(words)) {
      expect(`${name} ${summary}`).toMatch(/\p{Script=Han}/u);
      expect({ options: Object.keys(said.options), secrets: Object.keys(said.secrets) }).toEqual(wanted);
      const texts = [...Object.values(said.options).flatMap(Object.values<string>), ...Object.values(said.secrets)];
      expect(texts.filter((text) => !/\p{Script=Han}/u.test(text))).toEqual([]);
    }
  });

  it('is plain data when described, for forms and machines', () => {
    const description = describeConnector(connector);
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
  });

  it('can do at least one thing', () => {
    expect(Boolean(connector.pull || connector.listen || connector.intake)).toBe(true);
  });

  it('measures replies without stumbling over any text', async () => {
    await using started = await begin(contract);
    const limit = open(connector, started).replyLimit('somewhere');
    expect(limit.max).toBeGreaterThan(0);
    for (const text of ['', 'plain', '到账了吗', '👨‍👩‍👧 \ud800 \u202e', 'https://example.com/a'.repeat(100)]) {
      expect(limit.lengthOf(text)).toBeGreaterThanOrEqual(text === '' ? 0 : 1);
    }
  });
}

function checkPulling(loaded: Loaded): void {
  const { connector, contract } = loaded;

  it('says who we are', async () => {
    await using started = await begin(contract);
    const identity = await open(connector, started).check(patience());
    expect(identity.id).toMatch(/\S/);
  });

  it('finds every mention of its fixtures, each fit for the store', async () => {
    await using started = await begin(contract);
    const pages = await readAll(open(connector, started));
    const found = pages.flatMap((page) => page.found);
    expect(new Set(idsOf(pages)).size).toBe(started.mentions);
    expect(found.flatMap((mention) => faultsOf(mention).map((fault) => `${mention.nativeId}: ${fault}`))).toEqual([]);
  });

  if (contract.forgets) checkReadingOnce(loaded);
  else checkReadingAgain(loaded);

  it('goes on from its last cursor without an error when there is nothing new', async () => {
    await using started = await begin(contract);
    const last = (await readAll(open(connector, started))).at(-1);
    await expect(readAll(open(connector, started), { cursor: last?.cursor })).resolves.toBeDefined();
  });

  it('stops at once when it is told to before it began', async () => {
    await using started = await begin(contract);
    const source = open(connector, started);
    await expect(source.pull?.({ since: 0 }, AbortSignal.abort())).rejects.toThrow();
  });
}

function checkReadingAgain({ connector, contract }: Loaded): void {
  it('finds the same when it reads again', async () => {
    await using started = await begin(contract);
    const first = await readAll(open(connector, started));
    const second = await readAll(open(connector, started));
    expect(second.flatMap(({ found }) => found)).toEqual(first.flatMap(({ found }) => found));
  });

  it('takes each cursor back after a trip through JSON, and misses nothing from there on', async () => {
    await using started = await begin(contract);
    const pages = await readAll(open(connector, started));
    for (const [index, page] of pages.entries()) {
      const stored = JSON.parse(JSON.stringify(page.cursor));
      expect(connector.cursor.parse(stored)).toEqual(stored);
      const rest = page.more ? await readAll(open(connector, started), { cursor: stored }) : [];
      expect(idsOf(rest)).toEqual(expect.arrayContaining(idsOf(pages.slice(index + 1))));
    }
  });
}

/** A platform that forgets: what may be lost on the way to the store must still be there. */
function checkReadingOnce({ connector, contract }: Loaded): void {
  it('gets each page again until it goes on from its cursor, also after a trip through JSON', async () => {
    await using started = await begin(contract);
    const found = new Set<string>();
    for (let from: From = { since: LONG_AGO }, more = true, pages = 0; more && pages < 1000; pages++) {
      const page = await pullOnce(open(connector, started), from);
      const again = await pullOnce(open(connector, started), from);
      expect(again.found).toEqual(page.found);
      for (const id of idsOf([page])) found.add(id);
      const stored = JSON.parse(JSON.stringify(page.cursor));
      expect(connector.cursor.parse(stored)).toEqual(stored);
      from = { cursor: stored };
      more = page.more;
    }
    expect(found.size).toBe(started.mentions);
  });
}

/** What each fault may count as. More than one where platforms may tell more than the status does. */
const READING: Record<Fault, FailureKind[]> = {
  401: ['unauthorized'],
  403: ['unauthorized'],
  429: ['rate-limited'],
  500: ['unavailable'],
  html: ['bad-shape', 'unauthorized'],
  empty: ['bad-shape'],
  'half-body': ['unavailable', 'bad-shape'],
  reset: ['unavailable'],
  silence: ['unavailable'],
};

/** When something was to be posted, "maybe" has to be said wherever it is the truth. */
const SENDING: Record<Fault, FailureKind[]> = {
  401: ['unauthorized'],
  403: ['unauthorized', 'rejected'],
  429: ['rate-limited'],
  500: ['unknown-outcome'],
  html: ['bad-shape', 'unknown-outcome'],
  empty: ['bad-shape', 'unknown-outcome'],
  'half-body': ['unknown-outcome', 'bad-shape'],
  reset: ['unknown-outcome'],
  silence: ['unknown-outcome'],
};

function checkFailures(loaded: Loaded): void {
  const { connector, contract } = loaded;
  const faults = Object.entries(READING) as [Fault, FailureKind[]][];

  it.each(faults)('calls %s by its right name', async (fault, kinds) => {
    const failure = await failureAt(loaded, fault, (at, inWorld) => pullOnce(open(connector, at, inWorld)));
    expect(kinds).toContain(failure.kind);
    expect(failure.message).toMatch(/\w+ \w+.*\.$/s);
    if (failure.kind === 'rate-limited') expect(failure.until).toBe(NOW + 30_000);
  });

  it.each(faults)('does not let its check succeed on %s', async (fault, kinds) => {
    const failure = await failureAt(loaded, fault, (at, inWorld) => open(connector, at, inWorld).check(patience()));
    expect(kinds).toContain(failure.kind);
  });

  it('lets go of a silent platform when told to stop', async () => {
    await using at = await failing(contract, 'silence');
    const stop = new AbortController();
    // Its own patience is an hour, and no test lasts as long.
    const pulling = open(connector, at, world(at.variables, 3_600_000)).pull?.({ since: 0 }, stop.signal);
    setTimeout(() => stop.abort(), 30);
    await expect(pulling).rejects.toThrow();
  });
}

function checkReplying(loaded: Loaded): void {
  const { connector, contract } = loaded;
  it('posts the text exactly once and says where', async () => {
    await using started = await begin(contract);
    const { order, count } = replyOf(started);
    const posted = await open(connector, started).reply?.send(order, patience());
    expect(count()).toBe(1);
    expect(posted?.nativeId).toMatch(/\S/);
    expect(Number.isSafeInteger(posted?.postedAt)).toBe(true);
  });

  it('does not claim success when the answer was lost, and does not try again', async () => {
    await using started = await begin(contract);
    const { order, count, breakOff } = replyOf(started);
    breakOff();
    await expect(open(connector, started).reply?.send(order, patience())).rejects.toMatchObject({
      kind: 'unknown-outcome',
    });
    expect(count()).toBe(1);
  });

  if (connector.reply?.once === 'look-up') {
    it('finds what was posted after a lost answer, and nothing where nothing was posted', async () => {
      await using started = await begin(contract);
      const { order, breakOff } = replyOf(started);
      const reply = open(connector, started).reply;
      if (reply?.once !== 'look-up') throw new Error('openSource lost the look-up.');
      await expect(reply.find(order, patience())).resolves.toBeNull();
      breakOff();
      await reply.send(order, patience()).catch(() => {});
      await expect(reply.find(order, patience())).resolves.toMatchObject({ nativeId: expect.stringMatching(/\S/) });
    });
  }

  if (connector.reply?.once === 'platform-key') {
    it('leaves one post when the same key is sent twice', async () => {
      await using started = await begin(contract);
      const { order, count } = replyOf(started);
      const source = open(connector, started);
      await source.reply?.send(order, patience());
      await source.reply?.send(order, patience());
      expect(count()).toBe(1);
    });
  }

  it.each(Object.entries(SENDING) as [Fault, FailureKind[]][])('calls %s by its right name', async (fault, kinds) => {
    await using started = await begin(contract);
    const { order } = replyOf(started);
    const failure = await failureAt(loaded, fault, (at, inWorld) =>
      open(connector, at, inWorld).reply?.send(order, patience()),
    );
    expect(kinds).toContain(failure.kind);
  });
}

function checkSecrets(loaded: Loaded): void {
  const { connector, contract } = loaded;
  it('never shows them, however the client is printed', async () => {
    await using started = await begin(contract);
    const inWorld = world(started.variables);
    const clients: unknown[] = [];
    const watched = { ...connector, open: (env: never) => clients[clients.push(connector.open(env)) - 1] };
    const source = open(watched, started, inWorld);
    if (source.pull) await readAll(source);
    expect(clients).toHaveLength(1);
    expect(leaksIn([source, ...clients, ...inWorld.logged], started)).toEqual([]);
  });

  it('names the variable that is missing', async () => {
    await using started = await begin(contract);
    for (const { env, optional } of Object.values(describeConnector(connector).secrets)) {
      if (optional) continue;
      const { [env]: _, ...others } = started.variables ?? {};
      expect(() => open(connector, { ...started, variables: others })).toThrow(env);
    }
  });

  if ((contract.at || contract.failing) && connector.pull) {
    it.each(['401', '403', '500', 'html', 'reset'])('never shows them in the failure for %s', async (fault) => {
      await using at = await failing(contract, fault as Fault);
      const failure = await failureAt(loaded, fault as Fault, (where, inWorld) =>
        pullOnce(open(connector, where, inWorld)),
      );
      expect(leaksIn([failure, failure.raw, failure.message], at)).toEqual([]);
    });
  }
}

interface Schema {
  description?: string;
  properties?: Record<string, Schema>;
}

function undescribed(schema: Schema, path = ''): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
    ...(field.description ? [] : [`${path}${name}`]),
    ...undescribed(field, `${path}${name}.`),
  ]);
}
