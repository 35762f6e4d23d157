import type { LocalDiscord } from './discord.ts';
import { ALL_RIGHTS, channelOf, messageOf, userOf } from './discord-shapes.ts';
import { type Right, type Room, type Said, TYPE, type World } from './discord-world.ts';

/** A clear no, with Discord's own code. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

type Body = Record<string, unknown> | undefined;
type Handler = (platform: LocalDiscord, ids: string[], query: URLSearchParams, body: Body) => unknown;

const ROUTES: [string, RegExp, Handler][] = [
  [
    'GET',
    /^\/users\/@me$/,
    ({ world }) => ({ ...userOf(world.bot), locale: 'en-US', mfa_enabled: true, verified: true, email: null }),
  ],
  ['GET', /^\/applications\/@me$/, ({ world }) => application(world)],
  ['GET', /^\/gateway\/bot$/, ({ gateway }) => gateway.information()],
  ['GET', /^\/users\/@me\/guilds$/, ({ world }, _, query) => guilds(world, query)],
  ['GET', /^\/guilds\/(\d+)\/members\/(\d+)$/, ({ world }, [guild = '', user]) => member(world, guild, user)],
  ['GET', /^\/guilds\/(\d+)\/channels$/, ({ world }, [guild = '']) => channels(world, guild)],
  ['GET', /^\/guilds\/(\d+)\/threads\/active$/, ({ world }, [guild = '']) => activeThreads(world, guild)],
  ['GET', /^\/channels\/(\d+)$/, ({ world }, [id]) => channelOf(world, room(world, id, 'view'))],
  [
    'GET',
    /^\/channels\/(\d+)\/threads\/archived\/public$/,
    ({ world }, [id], query) => archivedThreads(world, id, query),
  ],
  ['GET', /^\/channels\/(\d+)\/messages$/, ({ world }, [id], query) => list(world, id, query)],
  ['GET', /^\/channels\/(\d+)\/messages\/(\d+)$/, ({ world }, [id, message]) => one(world, id, message)],
  ['POST', /^\/channels\/(\d+)\/messages$/, (platform, [id], _, body) => create(platform, id, body)],
  [
    'PATCH',
    /^\/channels\/(\d+)\/messages\/(\d+)$/,
    (platform, [id, message], _, body) => change(platform, id, message, body),
  ],
  ['DELETE', /^\/channels\/(\d+)\/messages\/(\d+)$/, (platform, [id, message]) => remove(platform, id, message)],
  ['POST', /^\/users\/@me\/channels$/, ({ world }, _, __, body) => openDirect(world, body)],
];

/** @throws Refusal */
export function route(
  platform: LocalDiscord,
  method: string,
  path: string,
  query: URLSearchParams,
  body: Body,
): unknown {
  for (const [verb, pattern, handler] of ROUTES) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match) return handler(platform, match.slice(1), query, body);
  }
  throw new Refusal(404, 0, '404: Not Found');
}

function application({ bot, contentIntent }: World) {
  return {
    id: bot.id,
    name: bot.username,
    icon: null,
    description: '',
    type: null,
    verify_key: '0'.repeat(64),
    flags: contentIntent ? 1 << 19 : 0,
    flags_new: String(contentIntent ? 1 << 19 : 0),
    bot_public: true,
    bot_require_code_grant: false,
    bot: userOf(bot),
    owner: userOf(bot),
    team: null,
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
  };
}

function guilds(world: World, query: URLSearchParams) {
  const limit = Number(query.get('limit') ?? 200);
  const after = BigInt(query.get('after') ?? 0);
  return [...world.guilds.values()]
    .filter(({ id }) => BigInt(id) > after)
    .slice(0, limit)
    .map(({ id, name }) => ({
      id,
      name,
      icon: null,
      banner: null,
      owner: false,
      permissions: String(ALL_RIGHTS),
      features: [],
    }));
}

function member(world: World, guild: string, user: string | undefined) {
  known(world, guild);
  if (user !== world.bot.id) throw new Refusal(404, 10007, 'Unknown Member');
  const unset = { avatar: null, banner: null, nick: null, premium_since: null, communication_disabled_until: null };
  return {
    ...unset,
    user: userOf(world.bot),
    roles: [],
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    deaf: false,
    mute: false,
    pending: false,
    flags: 0,
  };
}

function channels(world: World, guild: string) {
  known(world, guild);
  const rooms = [...world.rooms.values()].filter((one) => one.guild === guild && one.type !== TYPE.thread);
  return rooms.map((one) => channelOf(world, one));
}

function activeThreads(world: World, guild: string) {
  known(world, guild);
  const threads = threadsOf(world).filter((one) => one.guild === guild && one.archivedAt === undefined);
  return { threads: threads.map((one) => channelOf(world, one)), members: [], has_more: false };
}

/** Last archived first, and only those archived before the anchor. */
function archivedThreads(world: World, id: string | undefined, query: URLSearchParams) {
  const parent = room(world, id, 'history');
  const before = query.has('before') ? Date.parse(query.get('before') ?? '') : Number.POSITIVE_INFINITY;
  if (Number.isNaN(before)) throw new Refusal(400, 50035, 'Invalid Form Body');
  const limit = Number(query.get('limit') ?? 50);
  const archived = threadsOf(world)
    .filter((one) => one.parent === parent.id && one.archivedAt !== undefined && one.archivedAt < before)
    .sort((a, b) => (b.archivedAt ?? 0) - (a.archivedAt ?? 0));
  const threads = archived.slice(0, limit).map((one) => channelOf(world, one));
  return { threads, members: [], has_more: archived.length > limit };
}

/** Newest first inside a page, whatever was asked; with `after`, the oldest behind it. */
function list(world: World, id: string | undefined, query: URLSearchParams) {
  const anchors = ['after', 'before', 'around'].filter((name) => query.has(name));
  const limit = Number(query.get('limit') ?? 50);
  if (anchors.length > 1 || !(limit >= 1 && limit <= 100)) throw new Refusal(400, 50035, 'Invalid Form Body');
  const place = room(world, id, 'view');
  if (place.type === TYPE.forum) throw new Refusal(400, 50008, 'Cannot send messages in a non-text channel');
  // Without the right to the history Discord shows an empty channel.
  if (!world.may(place, 'history')) return [];
  const after = query.get('after');
  const before = query.get('before');
  const all = world.in(place.id);
  const start = after === null ? 0 : firstAfter(all, BigInt(after));
  const upTo = before === null ? all.length : firstAfter(all, BigInt(before) - 1n);
  const some = after === null ? all.slice(Math.max(0, upTo - limit), upTo) : all.slice(start, start + limit);
  return some.reverse().map((said) => messageOf(world, said, world.contentIntent));
}

function firstAfter(all: readonly Said[], id: bigint): number {
  let low = 0;
  for (let high = all.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (BigInt(all[middle]?.id ?? 0) > id) high = middle;
    else low = middle + 1;
  }
  return low;
}

function one(world: World, id: string | undefined, message: string | undefined) {
  const place = room(world, id, 'history');
  const said = world.messages.get(message ?? '');
  if (said?.channel !== place.id) throw new Refusal(404, 10008, 'Unknown Message');
  return messageOf(world, said, world.contentIntent);
}

function create(platform: LocalDiscord, id: string | undefined, body: Body) {
  const { world } = platform;
  const place = room(world, id, 'view');
  if (place.locked) throw new Refusal(400, 160005, 'This thread is locked');
  if (!world.may(place, place.type === TYPE.thread ? 'sendInThreads' : 'send')) {
    throw new Refusal(403, 50013, 'Missing Permissions');
  }
  if (place.with && world.closed.has(place.with)) throw new Refusal(403, 50007, 'Cannot send messages to this user');
  const { content, nonce, enforce_nonce: enforce, message_reference: reference, components, flags } = body ?? {};
  if (typeof content !== 'string' || content === '') throw new Refusal(400, 50006, 'Cannot send an empty message');
  if (content.length > 2000 || String(nonce ?? '').length > 25) throw new Refusal(400, 50035, 'Invalid Form Body');
  const more: Partial<Said> = {
    ...(nonce !== undefined && { nonce: String(nonce) }),
    ...(Array.isArray(components) && { components }),
    ...(typeof flags === 'number' && { flags }),
  };
  const to = reference as { message_id: string; fail_if_not_exists?: boolean } | undefined;
  if (to) {
    if (!world.may(place, 'history'))
      throw new Refusal(400, 160002, 'Cannot reply without permission to read message history');
    if (world.messages.get(to.message_id)?.channel === place.id)
      more.answers = { channel: place.id, message: to.message_id };
    else if (to.fail_if_not_exists !== false) throw new Refusal(400, 50035, 'Invalid Form Body: unknown message');
  }
  return messageOf(world, platform.post(place, content, more, enforce === true), true);
}

/** Only what the bot wrote itself. */
function change(platform: LocalDiscord, id: string | undefined, message: string | undefined, body: Body) {
  const { world } = platform;
  const said = saidIn(world, room(world, id, 'view'), message);
  if (said.author.id !== world.bot.id) {
    throw new Refusal(403, 50005, 'Cannot edit a message authored by another user');
  }
  if (Array.isArray(body?.components)) said.components = body.components;
  platform.edit(said.id, typeof body?.content === 'string' ? body.content : said.content);
  return messageOf(world, said, true);
}

function remove(platform: LocalDiscord, id: string | undefined, message: string | undefined): undefined {
  const { world } = platform;
  const place = room(world, id, 'view');
  const said = saidIn(world, place, message);
  if (said.author.id !== world.bot.id && !world.may(place, 'manage')) {
    throw new Refusal(403, 50013, 'Missing Permissions');
  }
  platform.remove(said.id);
}

function openDirect(world: World, body: Body) {
  const person = world.person(String(body?.recipient_id));
  if (!person || person.id === world.bot.id) throw new Refusal(400, 50033, 'Invalid Recipient(s)');
  return { ...channelOf(world, world.directWith(person.id)), recipients: [userOf(person)] };
}

function saidIn(world: World, place: Room, message: string | undefined): Said {
  const said = world.messages.get(message ?? '');
  if (said?.channel !== place.id) throw new Refusal(404, 10008, 'Unknown Message');
  return said;
}

function known(world: World, guild: string): void {
  if (!world.guilds.has(guild)) throw new Refusal(404, 10004, 'Unknown Guild');
}

function room(world: World, id: string | undefined, right: Right): Room {
  const found = world.rooms.get(id ?? '');
  if (!found) throw new Refusal(404, 10003, 'Unknown Channel');
  if (!world.may(found, 'view')) throw new Refusal(403, 50001, 'Missing Access');
  if (!world.may(found, right)) throw new Refusal(403, 50013, 'Missing Permissions');
  return found;
}

function threadsOf(world: World): Room[] {
  return [...world.rooms.values()].filter(({ type }) => type === TYPE.thread);
}
