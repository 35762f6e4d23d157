import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Keeping, keepIn, keepInMemory, secretOf } from '#kit';
import { Tokens } from '../../../connectors/twitter/access.ts';
import { SECRETS, type SecretName } from '../../../connectors/twitter/settings.ts';
import { openX } from '../../platforms/open-twitter.ts';
import { X_KEYS, X_SIGN_IN } from '../../platforms/twitter-tokens.ts';
import { aroundX, HOUR, START } from './support.ts';

const signal = () => AbortSignal.timeout(60_000);
const TOKEN = /oauth2\/token/;

const signedIn = (keeping: Keeping = keepInMemory()) => aroundX({ variables: X_SIGN_IN, keeping });

describe('a sign-in with OAuth 2.0', () => {
  it('is renewed when it runs out, and not before', async () => {
    await using around = await signedIn();
    for (let hour = 0; hour < 6; hour++) {
      await around.read();
      around.clock.time += HOUR;
    }
    expect(around.x.tokens).toMatchObject({ renewals: 3, ended: false });
  });

  it('goes on after a restart with the token that was kept', async () => {
    const keeping = keepInMemory();
    await using around = await signedIn(keeping);
    await around.source.check(signal());
    around.clock.time += 3 * HOUR;
    await around.open({ keeping }).check(signal());
    expect(around.x.tokens).toMatchObject({ renewals: 2, ended: false });
  });

  it('is renewed once by many who ask at once, in one process or several', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'earshot-x-'));
    try {
      await using around = await signedIn(keepIn(folder));
      const sources = Array.from({ length: 5 }, () => around.open({ keeping: keepIn(folder) }));
      await Promise.all(
        sources.flatMap((source) => [source.check(signal()), source.pull?.({ since: START - HOUR }, signal())]),
      );
      expect(around.x.tokens).toMatchObject({ renewals: 1, ended: false });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('is renewed at once when X no longer takes the token, and reading goes on', async () => {
    await using around = await signedIn();
    await around.read();
    around.x.tokens.dropAccess();
    await expect(around.read()).resolves.toBeDefined();
    expect(around.x.tokens.renewals).toBe(2);
  });

  it('that ended under a reply sends it later, not twice', async () => {
    await using around = await signedIn();
    const { id } = around.x.say('mei', '@OKPayHelp hi');
    await around.read();
    const order = { key: 'k', text: 'Hello.', nativeId: id, firstTriedAt: START };
    around.x.failNext(/^POST \/2\/tweets/, { status: 401, body: { title: 'Unauthorized' } });
    await expect(around.source.reply?.send(order, signal())).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(around.source.reply?.send(order, signal())).resolves.toBeDefined();
    expect(around.x.replies).toHaveLength(1);
  });

  it('that X refuses asks for a person', async () => {
    await using around = await signedIn();
    around.x.tokens.ended = true;
    await expect(around.read()).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('X_REFRESH_TOKEN'),
    });
  });

  it.each(['reset', 500, 'html', 'half-body'] as const)('survives a renewal that fails: %s', async (fault) => {
    await using around = await signedIn();
    around.x.failNext(TOKEN, { fault });
    await expect(around.read()).rejects.toMatchObject({ kind: expect.stringMatching(/unavailable|bad-shape/) });
    await expect(around.read()).resolves.toBeDefined();
  });

  it('is shared by all sources of the account', async () => {
    const keeping = keepInMemory();
    await using around = await signedIn(keeping);
    await around.source.check(signal());
    await openX(around.x, { id: 'another', clock: around.clock, variables: X_SIGN_IN, keeping }).check(signal());
    expect(around.x.tokens).toMatchObject({ renewals: 1, ended: false });
  });

  it('starts anew when a person has signed in again', async () => {
    const keeping = keepInMemory();
    await using around = await signedIn(keeping);
    const variables = { ...X_SIGN_IN, X_REFRESH_TOKEN: 'of an older sign-in' };
    await expect(around.open({ keeping, variables }).check(signal())).rejects.toMatchObject({ kind: 'unauthorized' });
    around.x.tokens.ended = false;
    await expect(around.source.check(signal())).resolves.toMatchObject({ handle: 'OKPayHelp' });
  });
});

describe('a new pair of tokens', () => {
  const env = (keepShared: ReturnType<Keeping>) => ({
    keepShared,
    now: () => START,
    secrets: Object.fromEntries(
      Object.entries(SECRETS).map(([name, { env }]) => [
        name,
        secretOf((X_SIGN_IN as Record<string, string>)[env] ?? ''),
      ]),
    ) as Record<SecretName, ReturnType<typeof secretOf>>,
  });

  it('is kept before it is used', async () => {
    const keep = keepInMemory()('x');
    const order: string[] = [];
    const watched = {
      ...keep,
      update: async (name: string, change: Parameters<typeof keep.update>[1]) => {
        const text = await keep.update(name, change);
        order.push('kept');
        return text;
      },
    };
    const key = await new Tokens(env(watched)).current(async () => ({
      access: 'new',
      refresh: 'next',
      expiresInS: 7200,
    }));
    order.push('used');
    expect(key).toEqual({ bearer: 'new' });
    expect(order).toEqual(['kept', 'used']);
  });

  it('is not used when it could not be kept', async () => {
    const full = { read: async () => undefined, update: () => Promise.reject(new Error('no space left')) };
    const renewed = new Tokens(env(full)).current(async () => ({ access: 'new', refresh: 'next', expiresInS: 7200 }));
    await expect(renewed).rejects.toThrow('no space left');
  });
});

describe('the rights of a sign-in', () => {
  it('are told, with what to do where one is missing', async () => {
    await using around = await aroundX({ variables: X_SIGN_IN });
    expect(await around.source.examine?.(signal())).toMatchObject([
      { what: 'rights', ok: true },
      { what: 'limits' },
      { what: 'deletions' },
    ]);
    await using less = await aroundX({ variables: X_SIGN_IN });
    less.x.tokens.scope = 'tweet.read users.read offline.access';
    expect(await less.source.examine?.(signal())).toMatchObject([
      { what: 'rights', ok: false, message: expect.stringMatching(/lacks tweet\.write\. Sign in anew/) },
      { what: 'limits' },
      { what: 'deletions', message: expect.stringMatching(/within 24 hours: set followDeletions \(\$0\.015/) },
    ]);
  });

  it('may be left out by X: the new tokens are kept all the same', async () => {
    await using around = await aroundX({ variables: X_SIGN_IN });
    around.x.tokens.scope = undefined;
    await around.source.check(signal());
    around.clock.time += 3 * HOUR;
    await around.source.check(signal());
    expect(around.x.tokens).toMatchObject({ renewals: 2, ended: false });
    expect(await around.source.examine?.(signal())).toMatchObject([{ what: 'limits' }, { what: 'deletions' }]);
  });
});

describe('keys', () => {
  it('of OAuth 1.0a are enough, and are preferred', async () => {
    await using around = await aroundX({ variables: { ...X_KEYS, ...X_SIGN_IN } });
    await around.read();
    expect(around.x.tokens.renewals).toBe(0);
  });

  it.each([{}, { X_API_KEY: 'a' }, { X_CLIENT_ID: 'a' }])(
    'that are not complete name what is missing: %j',
    async (variables) => {
      await expect(aroundX({ variables: variables as Record<string, string> })).rejects.toThrow(
        /X_API_KEY.*X_REFRESH_TOKEN/,
      );
    },
  );
});
