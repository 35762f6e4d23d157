import { CallRefused, ConnectorError, Refused } from '../core/failures.ts';
import type { SourceId } from '../core/nouns.ts';
import type { Brought, Call, CallAnswer, Clock, Hear, Source } from '../core/ports.ts';
import { PerMinute } from './limits.ts';

/** A call as the web server hands it over, before anybody knows whether it may be read. */
export interface IncomingCall extends Omit<Call, 'body'> {
  /** The address it came from. For limits only. */
  from: string;
  /** As the sender says; undefined where it does not. */
  length: number | undefined;
  body: AsyncIterable<Uint8Array>;
}

export interface IntakeParts {
  /** @throws Refused `unknown-source`, ConnectorError where it cannot be opened */
  sourceOf(id: SourceId): Source;
  hearingOf(source: Source, signal: AbortSignal): Hear;
  clock: Clock;
  log: { warn(message: string, fields?: object): void };
  stopping: AbortSignal;
}

/** The door for whoever calls us. */
export interface IntakeDesk {
  /**
   * Limits first, then the connector: it proves the sender and hands over what it was told. Never throws; an answer of
   * 2xx means that everything is stored.
   */
  take(id: SourceId, call: IncomingCall): Promise<CallAnswer>;
}

/** The longest that one call may take: some pictures over a slow line. */
const PATIENCE_MS = 180_000;
/** Calls that are being read at the same time, so that a crowd of large ones does not fill the memory. */
const AT_ONCE = 16;
/** A crowd of forged calls is told of once in a while, not once each. */
const TELL_EVERY_MS = 60_000;

export function openIntake(parts: IntakeParts): IntakeDesk {
  const limits = new PerMinute(parts.clock);
  let underWay = 0;
  const told = new Map<SourceId, { at: number; refused: number }>();

  async function answer(id: SourceId, call: IncomingCall): Promise<CallAnswer> {
    const source = open(parts, id);
    const { intake } = source;
    if (!intake) throw NOBODY;
    const { all, each, at = {} } = intake.perMinute;
    within(limits.count(`${id} ${call.from}`, each));
    const here = call.method === 'POST' ? at[call.path] : undefined;
    if (here !== undefined) within(limits.count(`${id} ${call.path} ${call.from}`, here));
    if ((call.length ?? 0) > intake.maxBytes) throw tooLarge(intake.maxBytes);
    if (underWay >= AT_ONCE) throw BUSY;
    underWay++;
    const signal = AbortSignal.any([parts.stopping, AbortSignal.timeout(PATIENCE_MS)]);
    try {
      const read = { ...call, body: upTo(intake.maxBytes, call.body) };
      return await Promise.race([
        intake.answer(read, atMost(id, all, parts.hearingOf(source, signal)), signal),
        tooSlow(signal),
      ]);
    } finally {
      underWay--;
    }
  }

  /** Over all senders only what was proven counts: a crowd of strangers must not shut out who is expected. */
  function atMost(id: SourceId, perMinute: number, hear: Hear): Hear {
    const counted = async (brought: Brought) => {
      within(limits.count(`of ${id}`, perMinute));
      return hear(brought);
    };
    return Object.assign(counted, { taken: hear.taken });
  }

  /** What is refused may be somebody who tries, or our own secret that is wrong: whoever runs Earshot should know. */
  function tell(id: SourceId, refused: CallRefused): void {
    const now = parts.clock.now();
    const before = told.get(id) ?? { at: 0, refused: 0 };
    before.refused++;
    if (now - before.at >= TELL_EVERY_MS) {
      parts.log.warn('calls were refused', {
        source: id,
        code: refused.code,
        why: refused.message,
        calls: before.refused,
      });
      told.set(id, { at: now, refused: 0 });
    } else told.set(id, before);
  }

  return {
    async take(id, call) {
      try {
        return await answer(id, call);
      } catch (thrown) {
        const refused = thrown instanceof CallRefused ? thrown : undefined;
        if (refused && refused.status !== 404) tell(id, refused);
        if (!refused) parts.log.warn('a call could not be taken', { source: id, error: String(thrown) });
        return asAnswer(refused ?? LATER);
      }
    },
  };
}

function open({ sourceOf }: IntakeParts, id: SourceId): Source {
  try {
    return sourceOf(id);
  } catch (thrown) {
    if (thrown instanceof Refused) throw NOBODY;
    // Which variable is missing is nothing for a stranger; the log has it.
    if (thrown instanceof ConnectorError) throw new Error(thrown.message, { cause: thrown });
    throw thrown;
  }
}

const NOBODY = new CallRefused(
  404,
  'unknown-address',
  'Nothing listens at this address. Compare it with the source in Earshot.',
);
const LATER = new CallRefused(
  503,
  'try-again',
  'This could not be stored just now. Nothing is lost: send it again in a minute.',
);

const BUSY = new CallRefused(503, 'try-again', 'Very much is coming in just now. Send it again in a minute.');

function tooSlow(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(new CallRefused(408, 'too-slow', 'This took too long. Send it again.'));
  signal.addEventListener('abort', stop, { once: true });
  return promise;
}

class TooMany extends CallRefused {
  readonly seconds: number;
  constructor(seconds: number) {
    super(429, 'too-many', `Too many calls. Wait ${seconds} seconds, then send it again.`);
    this.seconds = seconds;
  }
}

/** @throws TooMany where there is something to wait for */
function within(seconds: number | undefined): void {
  if (seconds !== undefined) throw new TooMany(seconds);
}

function tooLarge(maxBytes: number): CallRefused {
  const most = maxBytes < 1_048_576 ? `${Math.floor(maxBytes / 1024)} KB` : `${Math.floor(maxBytes / 1_048_576)} MB`;
  return new CallRefused(
    413,
    'too-large',
    `This is larger than ${most}, the most that is taken here. Send less at once.`,
  );
}

async function* upTo(maxBytes: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

function asAnswer(refused: CallRefused): CallAnswer {
  const wait = refused instanceof TooMany ? refused.seconds : refused.status === 503 ? 60 : undefined;
  return {
    status: refused.status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(wait !== undefined && { 'retry-after': String(wait) }),
    },
    body: JSON.stringify({ error: { code: refused.code, message: refused.message } }),
  };
}
