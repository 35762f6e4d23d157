import { inspect } from 'node:util';
import { expect } from 'vitest';
import { type AnyConnector, ConnectorError } from '#kit';
import { otherWords } from '../../src/parts/other-words.ts';
import { type Fault, startFaulty } from '../platforms/local-server.ts';
import type { ConnectorContract, SourceAt, Started } from './connector-contract.ts';
import { world } from './support.ts';

/** A connector's folder, loaded. */
export interface Loaded {
  /** The folder's name without the underscore of `_template`. */
  id: string;
  folder: string;
  connector: AnyConnector;
  contract: ConnectorContract;
}

/** Values of the source's variables that show up in these things, printed in every usual way. */
export function leaksIn(things: unknown[], { variables = {} }: SourceAt): string[] {
  const printed = things.map(
    (thing) => `${inspect(thing, { depth: 12, showHidden: true })} ${JSON.stringify(thing)} ${thing}`,
  );
  return Object.entries(variables).flatMap(([name, value]) =>
    printed.some((text) => text.includes(value)) ? [name] : [],
  );
}

export async function begin(contract: ConnectorContract): Promise<Started & AsyncDisposable> {
  const started = await contract.start();
  return { ...started, [Symbol.asyncDispose]: () => started.stop() };
}

/** A source whose platform fails in one way. */
export async function failing(contract: ConnectorContract, fault: Fault): Promise<SourceAt & AsyncDisposable> {
  if (contract.failing) {
    const { close, ...at } = await contract.failing(fault);
    return { ...at, [Symbol.asyncDispose]: close };
  }
  if (!contract.at) throw new Error('The contract of this connector has neither `at` nor `failing`.');
  const server = await startFaulty(fault);
  return { ...contract.at(server.url), [Symbol.asyncDispose]: () => server.close() };
}

export async function failureAt(
  { connector, contract }: Loaded,
  fault: Fault,
  act: (at: SourceAt, inWorld: ReturnType<typeof world>) => Promise<unknown> | undefined,
): Promise<ConnectorError> {
  await using at = await failing(contract, fault);
  // Only silence is worth waiting for, and not long.
  const inWorld = world(at.variables, fault === 'silence' ? 150 : undefined);
  const outcome = await Promise.resolve(act(at, inWorld)).then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );
  expect(outcome).toBeInstanceOf(ConnectorError);
  const { message } = outcome as ConnectorError;
  const { 'zh-Hans': inChinese } = otherWords(message, connector.about.id);
  expect(inChinese, `put the Chinese of "${message}" into words.ts of the connector`).toMatch(/\p{Script=Han}/u);
  return outcome as ConnectorError;
}

export function replyOf({ reply }: Started): NonNullable<Started['reply']> {
  if (!reply) throw new Error('This connector replies, so its fixtures/contract.ts must give `reply`.');
  return reply;
}
