/** What Discord lets us do: how often to ask, what a refusal means, and our rights in each place. */
import {
  asFailure,
  ConnectorError,
  type FailureKind,
  failureOf,
  type HttpResponse,
  type Instant,
  parseJson,
  retryAfter,
  z,
} from '#kit';
import type { DiscordClient } from './client.ts';
import type { Options } from './index.ts';
import type { Channel, Guild, Overwrite } from './messages.ts';

/** A failure that Discord named by a code of its own. */
class DiscordError extends ConnectorError {
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

/**
 * Discord's rate limits: each route has a bucket per channel or server, and every answer says how much is left in it and
 * when it is full again. Waiting by that is cheaper than being refused: refusals count towards a ban.
 * https://docs.discord.com/developers/topics/rate-limits
 */
export class Buckets {
  /** When an empty bucket is full again, on the clock that never jumps. */
  readonly #fullAt = new Map<string, number>();

  /** Milliseconds to wait before this request. */
  wait(method: string, path: string): number {
    const key = routeOf(method, path);
    const fullAt = this.#fullAt.get(key);
    if (fullAt === undefined) return 0;
    const ms = Math.ceil(fullAt - performance.now());
    if (ms <= 0) this.#fullAt.delete(key);
    return Math.max(0, ms);
  }

  learn(method: string, path: string, headers: Headers): void {
    const left = headers.get('x-ratelimit-remaining');
    const seconds = Number(headers.get('x-ratelimit-reset-after') ?? Number.NaN);
    // Longer waits are answered by Discord itself, with a 429 that tells the operator.
    if (left !== '0' || !(seconds >= 0 && seconds <= 60)) return;
    this.#fullAt.set(routeOf(method, path), performance.now() + seconds * 1000);
  }
}

/** The channel or server belongs to the bucket, all ids behind it do not. */
function routeOf(method: string, path: string): string {
  const [, major = '', rest = ''] = /^(\/[a-z]+\/[^/?]+)([^?]*)/.exec(path) ?? [];
  return `${method} ${major}${rest.replace(/\d+/g, ':id')}`;
}

/** A channel, forum or thread that we may meet messages in. */
export interface Place {
  id: string;
  name: string;
  /** Absent for direct messages. */
  guild?: string;
  /** The channel or forum that a thread hangs in, or the category of a channel. */
  parent?: string;
  thread: boolean;
  locked: boolean;
  rights: Rights;
}

const TEXT = 0;
const VOICE = 2;
const ANNOUNCEMENT = 5;
const STAGE = 13;
const FORUM = 15;
const MEDIA = 16;
const THREADS = new Set([10, 11, 12]);
const DIRECT = new Set([1, 3]);

export const isThread = ({ type }: Pick<Channel, 'type'>) => THREADS.has(type);
/** Messages can stand in it. In a forum they cannot: each post is a thread. */
export const holdsMessages = ({ type }: Pick<Channel, 'type'>) => [TEXT, VOICE, ANNOUNCEMENT, STAGE].includes(type);
export const holdsThreads = ({ type }: Pick<Channel, 'type'>) => [TEXT, ANNOUNCEMENT, FORUM, MEDIA].includes(type);

export const ALL_RIGHTS: Rights = { view: true, history: true, write: true, writeInThreads: true };

export function placeOf(channel: Channel, guild: string | undefined, rights: Rights, parent?: Place): Place {
  const direct = DIRECT.has(channel.type);
  const own = channel.name || channel.id;
  return {
    id: channel.id,
    name: direct ? 'direct message' : parent && isThread(channel) ? `${parent.name} › ${own}` : `#${own}`,
    thread: isThread(channel),
    locked: channel.thread_metadata?.locked ?? false,
    rights,
    ...(guild && { guild }),
    ...(channel.parent_id && { parent: channel.parent_id }),
  };
}

export function namesOf(places: readonly Place[]): string {
  const names = places.map(({ name }) => name).sort();
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

/** Did the operator choose this place: itself, the channel it hangs in, or that one's category? */
export function isChosen(
  place: Place,
  { servers, channels, directMessages }: Options,
  places: ReadonlyMap<string, Place>,
): boolean {
  if (!place.guild) return directMessages;
  if (servers.length > 0 && !servers.includes(place.guild)) return false;
  if (channels.length === 0) return true;
  const parent = place.parent ? places.get(place.parent) : undefined;
  return [place.id, place.parent, parent?.parent].some((id) => id !== undefined && channels.includes(id));
}

/** The place of a message: known, or asked for once. Direct messages have no server and need not be asked for. */
export async function whereIs(
  client: DiscordClient,
  id: string,
  guild: string | undefined,
  signal: AbortSignal,
): Promise<Place | undefined> {
  const known = client.places.get(id);
  if (known) return known;
  if (!guild) return learn(client, { id, type: 1 });
  try {
    const channel = await client.channel(id, signal);
    if (channel.parent_id && !client.places.has(channel.parent_id)) {
      learn(client, await client.channel(channel.parent_id, signal), guild);
    }
    return learn(client, channel, guild);
  } catch (thrown) {
    if (isOutOfReach(thrown)) return undefined;
    throw thrown;
  }
}

/** Rights are computed by the next survey; until then a new place has those of its parent, or all. */
export function learn({ places }: DiscordClient, channel: Channel | undefined, guild?: string): Place | undefined {
  if (!channel) return undefined;
  const parent = places.get(channel.parent_id ?? '');
  // Without its parent a thread has neither its name nor its rights: it is asked for when a message comes.
  if (isThread(channel) && !parent) return undefined;
  const rights = places.get(channel.id)?.rights ?? parent?.rights ?? ALL_RIGHTS;
  const place = placeOf(channel, guild ?? channel.guild_id ?? places.get(channel.id)?.guild, rights, parent);
  places.set(channel.id, place);
  return place;
}

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
const ADMINISTRATOR = 1n << 3n;
const VIEW_CHANNEL = 1n << 10n;
const SEND_MESSAGES = 1n << 11n;
const READ_MESSAGE_HISTORY = 1n << 16n;
const SEND_MESSAGES_IN_THREADS = 1n << 38n;

/** Who we are in a server. `base` is what our roles give us there; undefined when Discord did not say. */
interface Standing {
  guild: string;
  me: string;
  base: bigint | undefined;
  roles: readonly string[];
}

/** Without Discord's word on our roles nothing is taken for forbidden: whatever is, it will refuse itself. */
export async function standingIn(
  client: DiscordClient,
  me: string,
  { id, owner, permissions }: z.output<typeof Guild>,
  signal: AbortSignal,
): Promise<Standing> {
  const member = await client.survey.once(`member ${id}`, () =>
    client.member(id, me, signal).catch((thrown: unknown) => {
      if (asFailure(thrown).kind === 'rejected') return undefined;
      throw thrown;
    }),
  );
  const base = owner || permissions === undefined || !member ? undefined : bitsOf(permissions);
  return { guild: id, me, base, roles: member?.roles ?? [] };
}

interface Rights {
  /** The channel is there for us. */
  view: boolean;
  /** What was said before can be read. Without this right Discord answers with an empty list, not with an error. */
  history: boolean;
  write: boolean;
  writeInThreads: boolean;
}

/** What we may do in a channel, as Discord computes it: roles, then the channel's rules for everyone, roles and us. */
export function rightsIn(standing: Standing, overwrites: readonly z.output<typeof Overwrite>[] = []): Rights {
  const { base, guild, me, roles } = standing;
  if (base === undefined || (base & ADMINISTRATOR) !== 0n) {
    return { view: true, history: true, write: true, writeInThreads: true };
  }
  const everyone = overwrites.filter(({ id }) => id === guild);
  const ofRoles = overwrites.filter(({ id }) => id !== guild && roles.includes(id));
  const ours = overwrites.filter(({ id }) => id === me);
  const all = [everyone, ofRoles, ours].reduce((bits, some) => {
    const union = (field: 'allow' | 'deny') => some.reduce((sum, one) => sum | bitsOf(one[field]), 0n);
    return (bits & ~union('deny')) | union('allow');
  }, base);
  const view = (all & VIEW_CHANNEL) !== 0n;
  const may = (right: bigint) => view && (all & right) !== 0n;
  return {
    view,
    history: may(READ_MESSAGE_HISTORY),
    write: may(SEND_MESSAGES),
    writeInThreads: may(SEND_MESSAGES_IN_THREADS),
  };
}

function bitsOf(text: string): bigint {
  return /^\d+$/.test(text) ? BigInt(text) : 0n;
}
