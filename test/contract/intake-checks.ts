import { expect, it } from 'vitest';
import type { AnyConnector } from '#kit';
import { CallRefused } from '../../src/core/failures.ts';
import type { Brought, Call, Hear, Kept } from '../../src/core/ports.ts';
import type { CallContract, ConnectorContract, MadeCall } from './connector-contract.ts';
import { faultsOf, NOW, open, patience, world } from './support.ts';

/** Takes everything down, and remembers marks as the store does. */
function listening(options: { fails?: boolean } = {}) {
  const heard: Brought[] = [];
  const marks = new Map<string, string | undefined>();
  const hear = async (brought: Brought): Promise<Kept> => {
    if (options.fails) throw new Error('the store is away');
    const { found = [], once = [] } = brought;
    const known = once.filter(({ id }) => marks.has(id));
    if (known.length > 0) {
      const same = known.every(({ id, digest }) => marks.get(id) === digest);
      return { added: 0, changed: 0, known: 0, repeated: same ? 'same' : 'other' };
    }
    for (const { id, digest } of once) marks.set(id, digest);
    heard.push(brought);
    return { added: found.length, changed: 0, known: 0 };
  };
  return { heard, hear: Object.assign(hear, { taken: async (id: string) => marks.has(id) }) satisfies Hear };
}

function callOf({ headers, body }: MadeCall, path: string): Call {
  return {
    method: 'POST',
    path,
    query: new URLSearchParams(),
    headers: new Headers(headers),
    body: (async function* () {
      const bytes = Buffer.from(body as Uint8Array);
      for (let at = 0; at < bytes.length; at += 16_384) yield bytes.subarray(at, at + 16_384);
    })(),
  };
}

/** What holds for every connector that is called. */
export function checkIntake({ connector, contract }: { connector: AnyConnector; contract: ConnectorContract }): void {
  const { intake } = contract;
  if (!intake) {
    it('has calls to be tried with', () => expect.fail('fixtures/contract.ts must give `intake`.'));
    return;
  }
  const begun = async (made: MadeCall, ears = listening()) => {
    const started = await contract.start();
    try {
      const inWorld = world(started.variables);
      const source = open(connector, started, inWorld);
      const answering = source.intake?.answer(callOf(made, intake.path), ears.hear, patience());
      const answer = await answering?.catch((thrown: unknown) => thrown);
      return { answer, heard: ears.heard, secrets: Object.values(started.variables ?? {}), logged: inWorld.logged };
    } finally {
      await started.stop();
    }
  };

  it('says how much it takes', () => {
    const { maxBytes = 0, perMinute } = connector.intake ?? {};
    expect(maxBytes).toBeGreaterThan(0);
    expect(maxBytes).toBeLessThanOrEqual(64 * 1024 * 1024);
    expect(perMinute?.each).toBeGreaterThan(0);
    expect(perMinute?.all).toBeGreaterThan(0);
  });

  it('hears what it is told, each fit for the store, and then says yes', async () => {
    const { answer, heard } = await begun(intake.honest(NOW));
    expect(answer).toMatchObject({ status: 200 });
    const found = heard.flatMap((brought) => brought.found ?? []);
    expect(found).toHaveLength(intake.mentions);
    expect(found.flatMap(faultsOf)).toEqual([]);
  });

  it('does not say yes when it could not be stored', async () => {
    const { answer } = await begun(intake.honest(NOW), listening({ fails: true }));
    expect(answer).toBeInstanceOf(Error);
    expect(answer).not.toBeInstanceOf(CallRefused);
  });

  it('hears the same call once', async () => {
    const ears = listening();
    await begun(intake.honest(NOW), ears);
    await begun(intake.honest(NOW), ears);
    expect(ears.heard).toHaveLength(1);
  });

  it.each(Object.keys(intake.forged(NOW)))('refuses with a reason, and without a secret in it: %s', async (what) => {
    const made = intake.forged(NOW)[what] as MadeCall;
    const { answer, heard, secrets, logged } = await begun(made);
    expect(answer).toBeInstanceOf(CallRefused);
    const { status, message } = answer as CallRefused;
    expect([400, 401, 403]).toContain(status);
    expect(message).toMatch(/\w+ \w+.*\.$/s);
    expect(heard).toEqual([]);
    for (const secret of secrets) expect(`${message} ${logged.join(' ')}`).not.toContain(secret);
  });

  it('refuses a call of which any one byte is another', async () => {
    for (const made of changedByOne(intake)) {
      const { answer, heard } = await begun(made);
      expect(answer).toBeInstanceOf(CallRefused);
      expect(heard).toEqual([]);
    }
  });
}

/** At a few places all over the body. */
function changedByOne({ honest }: CallContract): MadeCall[] {
  const { headers, body } = honest(NOW);
  return Array.from({ length: 12 }, (_, step) => {
    const changed = Buffer.from(body as Uint8Array);
    const at = Math.floor((step * (changed.length - 1)) / 11);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return { headers, body: changed };
  });
}
