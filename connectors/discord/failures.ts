import {
  ConnectorError,
  type FailureKind,
  failureOf,
  type HttpResponse,
  type Instant,
  parseJson,
  retryAfter,
  z,
} from '#kit';

/** A failure that Discord named by a code of its own. */
export class DiscordError extends ConnectorError {
  readonly code: number;

  constructor(code: number, kind: FailureKind, message: string, details: { until?: Instant; raw?: string } = {}) {
    super(kind, message, details);
    this.code = code;
  }
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json, looked at on 2026-11-22. */
const SAID: Record<number, string> = {
  10003: 'the channel is gone. There is nothing left to answer.',
  10008: 'the message is gone. There is nothing left to answer.',
  50001: 'the bot may not see this channel. Give it the right View Channel there.',
  50007: 'this person takes no direct messages from the bot. Answer in another place.',
  50013: 'the bot lacks a right in this channel. Give it View Channel, Send Messages and Read Message History there.',
  50035: 'a field is not as it must be (for example longer than 2,000 characters). Change the text.',
  50083: 'the thread is archived. Open it again, then retry.',
  160002: 'to reply, the bot must read the history. Give it the right Read Message History in this channel.',
  160005: 'the thread is locked. Unlock it, or answer in another place.',
  200000: "the server's AutoMod blocked the text. Change it, or let the bot through in AutoMod.",
  200001: "the server's AutoMod blocked the title. Change it, or let the bot through in AutoMod.",
  240000: 'the text holds a link that Discord calls harmful. Take it out.',
};
/** Slow mode, and the limit of writes to one channel: told to wait, by code instead of by status. */
const WAIT = new Set([20016, 20028]);
/** The bot is not there at all, or may not be: gone or out of reach, for one place and no other. */
const OUT_OF_REACH = new Set([10003, 10008, 50001, 50013]);
const DEFAULT_WAIT_MS = 60_000;

const Said = z.object({
  code: z.number().optional().catch(undefined),
  message: z.string().catch(''),
  retry_after: z.number().nonnegative().max(86_400).optional().catch(undefined),
});

/** What an answer of Discord means, by its own code first. Undefined for a success. */
export function failureIn(
  response: HttpResponse,
  { what, now, sending }: { what: string; now: Instant; sending: boolean },
): ConnectorError | undefined {
  const { status } = response;
  if (status < 400) return failureOf(response, { what: 'Discord', now, sending });
  const raw = new TextDecoder().decode(response.bytes.subarray(0, 2000));
  const { code = 0, message, retry_after: seconds } = Said.safeParse(parseJson(raw)).data ?? { message: '' };

  if (status === 401) {
    const advice = 'Discord does not accept the bot token. Make a new one on the Bot page of the developer portal.';
    return new ConnectorError('unauthorized', advice, { raw });
  }
  if (status === 429 || WAIT.has(code)) {
    const told = seconds === undefined ? retryAfter(response.headers, now) : Math.ceil(now + seconds * 1000);
    const until = told ?? now + DEFAULT_WAIT_MS;
    const advice = `Discord wants us to wait ${Math.ceil((until - now) / 1000)} s. Earshot does, and goes on by itself.`;
    return new DiscordError(code, 'rate-limited', advice, { until, raw });
  }
  if (status < 500 && code > 0) {
    const advice = SAID[code];
    if (advice) return new DiscordError(code, 'rejected', `Discord refuses ${what} (${code}): ${advice}`, { raw });
    if (status !== 403) {
      return new DiscordError(code, 'rejected', `Discord refuses ${what} (${code}): ${message.slice(0, 200)}.`, {
        raw,
      });
    }
  }
  return failureOf(response, { what: 'Discord', now, sending });
}

/** True where only this one channel or message is gone or closed to us, and reading the others goes on. */
export function isOutOfReach(thrown: unknown): thrown is DiscordError {
  return thrown instanceof DiscordError && OUT_OF_REACH.has(thrown.code);
}

/** True where Discord says that it does not exist any more. */
export function isGone(thrown: unknown): boolean {
  return thrown instanceof DiscordError && (thrown.code === 10003 || thrown.code === 10008);
}
