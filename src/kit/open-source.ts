import * as z from 'zod';
import { ConnectorError } from '../core/failures.ts';
import { intakeAddress } from '../core/intake.ts';
import type { Attachments, From, KeepAttachments, ReplyAbility, Source } from '../core/ports.ts';
import { watchClock } from './clock.ts';
import type { AnyConnector, Env, Secret } from './connector.ts';
import { type Keeping, keepInMemory } from './keep.ts';
import { paced, type SharedPace } from './pacing.ts';
import { anyReach, type Reach } from './private-hosts.ts';

/** One source of the workspace, as a person configured it. */
export interface SourceSettings {
  id: string;
  options: unknown;
  sample?: boolean;
}

/** The parts of the world that a connector's `open` gets, without the options and secrets that belong to the source. */
export type World = Pick<Env<unknown, string>, 'http' | 'log' | 'now'> & {
  /** The process's environment, or a test's. */
  variables: Readonly<Record<string, string | undefined>>;
  /** Left out where no address is refused, as in a test. */
  reach?: Reach;
  /** Left out where nothing is to outlive the process. */
  keeping?: Keeping;
  /** Left out where no pictures are kept, such as a try. */
  attachments?: Pick<Attachments, 'keep'>;
  /** Our own address from outside, such as "https://inbox.example.com". */
  origin?: string | undefined;
  /** The pace of a source that several processes keep to together. Left out where one is alone. */
  pacing?: (source: string) => SharedPace;
};

/**
 * Opens a source: options checked, secrets taken from the environment, cursors checked on the way in.
 *
 * @throws ConnectorError `unauthorized` when a secret is missing, `rejected` when an option is wrong; both name it.
 */
export function openSource(connector: AnyConnector, settings: SourceSettings, world: World): Source {
  const { id } = connector.about;
  const options = connector.options.safeParse(settings.options ?? {});
  if (!options.success) {
    throw new ConnectorError(
      'rejected',
      `The options of source "${settings.id}" (${id}) are not right:\n${z.prettifyError(options.error)}`,
    );
  }
  const keeping = world.keeping ?? keepInMemory();
  const http = paced(world.http, {
    requests: connector.limits.requests,
    now: world.now,
    shared: world.pacing?.(settings.id),
  });
  const watched = watchClock(http, world.now);
  const client = connector.open({
    ...world,
    keep: keeping(`source ${settings.id}`),
    keepShared: keeping(`connector ${id}`),
    attachments: attachmentsOf(id, world),
    address: world.origin === undefined ? undefined : intakeAddress(world.origin, settings.id),
    http: watched.http,
    reach: world.reach ?? anyReach,
    options: options.data,
    secrets: takeSecrets(connector, settings.id, world.variables),
  });

  const { examine, pull, listen, intake, recheck, reply, replyPrice, spending, close } = connector;
  return {
    id: settings.id,
    connector: id,
    sample: settings.sample ?? false,
    check: (signal) => connector.check(client, signal),
    ...(examine && { examine: (signal) => examine(client, signal) }),
    clockSkew: watched.skew,
    ...(pull && { pull: (from, signal) => pull(client, readCursor(connector, from, world), signal) }),
    ...(listen && { listen: (emit, signal) => listen(client, emit, signal) }),
    ...(intake && {
      intake: { ...intake, answer: async (call, hear, signal) => intake.answer(client, call, hear, signal) },
    }),
    ...(recheck && { recheck: (ids, signal) => recheck(client, ids, signal) }),
    ...(reply && { reply: bindReply(reply, client) }),
    ...(spending && { spending: () => spending(client) }),
    replyLimit: (platform) => ({
      ...(connector.replyLimit?.(platform) ?? { max: connector.limits.maxReplyChars, lengthOf: utf16Length }),
      ...(replyPrice && { priceOf: (text) => replyPrice(client, text) }),
    }),
    close: async () => close?.(client),
  };
}

function attachmentsOf(connector: string, { attachments }: World): KeepAttachments {
  if (!attachments) return { keep: async () => ({ refused: 'Pictures are not kept here.' }) };
  return { keep: (file) => attachments.keep(connector, file) };
}

const utf16Length = (text: string) => text.length;

function bindReply(reply: NonNullable<AnyConnector['reply']>, client: unknown): ReplyAbility {
  const send: ReplyAbility['send'] = (order, signal) => reply.send(client, order, signal);
  const rule = reply.onlyOnce === undefined ? {} : { onlyOnce: reply.onlyOnce };
  switch (reply.once) {
    case 'platform-key':
      return { ...rule, once: reply.once, keyValidMs: reply.keyValidMs, send };
    case 'look-up':
      return { ...rule, once: reply.once, send, find: (order, signal) => reply.find(client, order, signal) };
    case 'cannot':
      return { ...rule, once: reply.once, send };
  }
}

/** A cursor that this version cannot read (an older format, a hand edit) falls back to a day: doubles are dropped by key. */
function readCursor(connector: AnyConnector, from: From, world: World): From {
  if (!('cursor' in from)) return from;
  const cursor = connector.cursor.safeParse(from.cursor);
  if (cursor.success) return { cursor: cursor.data };
  world.log.warn('cursor not readable, reading the last day again', { connector: connector.about.id });
  return { since: world.now() - 86_400_000 };
}

function takeSecrets(connector: AnyConnector, source: string, variables: World['variables']): Record<string, Secret> {
  const secrets: Record<string, Secret> = {};
  for (const [name, spec] of Object.entries(connector.secrets as AnyConnector['secrets'])) {
    const value = variables[spec.env];
    if (!value && !spec.optional) {
      throw new ConnectorError(
        'unauthorized',
        `Source "${source}" needs the environment variable ${spec.env} (${spec.describe}). Set it and start again.`,
      );
    }
    secrets[name] = secretOf(value ?? '');
  }
  return secrets;
}

/** Wraps a text so that logs, JSON and string templates show dots. */
export function secretOf(value: string): Secret {
  const dots = () => '•••';
  return Object.freeze({
    reveal: () => value,
    toString: dots,
    toJSON: dots,
    [Symbol.for('nodejs.util.inspect.custom')]: dots,
  });
}
