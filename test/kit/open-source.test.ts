import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { defineConnector, openSource, type Secret, secretOf, z } from '#kit';
import { world } from '../contract/support.ts';

/** Gives back what it was opened with. */
const echo = defineConnector({
  about: {
    id: 'echo',
    name: 'Echo',
    summary: 'Shows what a connector receives.',
    docs: 'https://example.org',
    rules: 'https://example.org',
    status: 'experimental',
  },
  options: z.object({ size: z.int().max(5).default(3) }),
  secrets: {
    key: { env: 'ECHO_KEY', describe: 'The key of the test.' },
    spare: { env: 'ECHO_SPARE', describe: 'Not needed.', optional: true },
  },
  cursor: z.object({ at: z.int() }),
  limits: {
    maxReplyChars: 10,
    pullEverySeconds: 1,
    requests: { count: 1, perSeconds: 1 },
    verified: { at: 'https://example.org', on: '2026-11-23' },
  },
  open: ({ options, secrets }) => ({ options, secrets }),
  check: async ({ secrets }) => ({ id: secrets.key.reveal() }),
  pull: async (_client, from) => ({ found: [], cursor: { at: 1 }, more: false, notices: [JSON.stringify(from)] }),
});

const settings = { id: 'my-echo', options: {} };
const signal = AbortSignal.timeout(60_000);

describe('opening a source', () => {
  it('fills in defaults and takes secrets from the environment', async () => {
    const source = openSource(echo, settings, world({ ECHO_KEY: 'k1' }));
    expect((await source.check(signal)).id).toBe('k1');
    expect(source.replyLimit('anywhere')).toMatchObject({ max: 10 });
  });

  it('names the option that is wrong and the variable that is missing', () => {
    expect(() => openSource(echo, { ...settings, options: { size: 9 } }, world({ ECHO_KEY: 'k' }))).toThrow(
      /my-echo.*size/s,
    );
    expect(() => openSource(echo, settings, world())).toThrow(/ECHO_KEY \(The key of the test\.\)/);
  });

  it('hands a cursor on as it was saved', async () => {
    const source = openSource(echo, settings, world({ ECHO_KEY: 'k' }));
    const page = await source.pull?.({ cursor: { at: 7 } }, signal);
    expect(page?.notices).toEqual(['{"cursor":{"at":7}}']);
  });

  it.each([null, 'text', { at: 'old format' }, { position: 7 }, []])(
    'reads the last day again from a cursor it cannot read: %j',
    async (cursor) => {
      const inWorld = world({ ECHO_KEY: 'k' });
      const page = await openSource(echo, settings, inWorld).pull?.({ cursor }, signal);
      expect(page?.notices).toEqual([JSON.stringify({ since: inWorld.now() - 86_400_000 })]);
      expect(inWorld.logged).toHaveLength(1);
    },
  );
});

describe('a secret', () => {
  const secret: Secret = secretOf('hunter2');

  it('shows dots wherever it is printed', () => {
    const printed = [
      `${secret}`,
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ deep: [{ secret }] }, { depth: 9, showHidden: true }),
    ];
    for (const text of printed) {
      expect(text).not.toContain('hunter2');
      expect(text).toContain('•••');
    }
  });

  it('gives its text only when asked, and cannot be changed', () => {
    expect(secret.reveal()).toBe('hunter2');
    expect(Object.isFrozen(secret)).toBe(true);
  });
});
