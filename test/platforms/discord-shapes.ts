/** The local Discord's things in the shapes that REST v10 and the gateway send. */
import type { Body } from './discord-forms.ts';
import { type Person, RIGHTS, type Room, type Said, TYPE, type World } from './discord-world.ts';

const iso = (at: number) => new Date(at).toISOString().replace('Z', '000+00:00');

export function userOf(person: Person) {
  const unset = {
    primary_guild: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
  };
  return { ...person, ...unset, display_name_styles: null };
}

export function channelOf(world: World, room: Room) {
  const { id, type, name, guild, parent, last = null } = room;
  const common = { id, type, flags: 0, last_message_id: last };
  if (type === TYPE.direct) return { ...common, recipients: [] };
  if (type === TYPE.thread) {
    const archivedAt = room.archivedAt ?? Number(BigInt(id) >> 22n) + 1_420_070_400_000;
    return {
      ...common,
      name,
      guild_id: guild,
      parent_id: parent,
      owner_id: world.bot.id,
      message_count: world.in(id).length,
      total_message_sent: world.in(id).length,
      member_count: 1,
      rate_limit_per_user: 0,
      thread_metadata: {
        archived: room.archivedAt !== undefined,
        archive_timestamp: iso(archivedAt),
        auto_archive_duration: 1440,
        locked: room.locked ?? false,
        create_timestamp: iso(archivedAt),
      },
    };
  }
  const deny = [...room.denied].reduce((bits, right) => bits | RIGHTS[right], 0n);
  const rules = deny ? [{ id: guild, type: 0, allow: '0', deny: String(deny) }] : [];
  return {
    ...common,
    name,
    guild_id: guild,
    parent_id: parent ?? null,
    position: 0,
    nsfw: false,
    topic: null,
    rate_limit_per_user: 0,
    permission_overwrites: rules,
    ...(type === TYPE.forum && {
      available_tags: [],
      default_reaction_emoji: null,
      default_sort_order: null,
      template: '',
    }),
  };
}

/** @param sees whether the reader may see content that is not addressed to it */
export function messageOf(world: World, said: Said, sees: boolean, depth = 0): Record<string, unknown> {
  const { id, channel, author, content, type, at, editedAt, answers, attachments, webhook, nonce } = said;
  const room = world.rooms.get(channel);
  const answered = answers && world.messages.get(answers.message);
  const rings = answered?.author.id === world.bot.id && author.id !== world.bot.id && !said.quietAnswer;
  const named = rings || [...content.matchAll(/<@!?(\d+)>/g)].some(([, who]) => who === world.bot.id);
  const mentions = named ? [userOf(world.bot)] : [];
  const visible = sees || mentions.length > 0 || author.id === world.bot.id || room?.type === TYPE.direct;
  return {
    id,
    channel_id: channel,
    type,
    author: userOf(author),
    content: visible ? content : '',
    timestamp: iso(at),
    edited_timestamp: editedAt === undefined ? null : iso(editedAt),
    tts: false,
    mention_everyone: false,
    mentions,
    mention_roles: [],
    attachments: visible ? attachments : [],
    embeds: [],
    components: withIds(said.components ?? []),
    pinned: false,
    flags: said.flags ?? 0,
    ...(webhook && { webhook_id: webhook }),
    ...(nonce && { nonce }),
    ...(answers && {
      message_reference: {
        type: 0,
        message_id: answers.message,
        channel_id: answers.channel,
        ...(room?.guild && { guild_id: room.guild }),
      },
      ...(depth === 0 && { referenced_message: answered ? messageOf(world, answered, sees, 1) : null }),
    }),
  };
}

/** What the bot sent with embeds or buttons, as Discord gives it back: nothing left out, each component with an id. */
export function cardMessageOf(world: World, card: Body): Record<string, unknown> {
  const { embeds = [], components = [], enforce_nonce: _, allowed_mentions: __, ...rest } = card;
  return {
    type: 0,
    author: userOf(world.bot),
    content: '',
    timestamp: iso(timeOf(String(card.id))),
    edited_timestamp: null,
    tts: false,
    mention_everyone: false,
    mentions: [],
    mention_roles: [],
    attachments: [],
    pinned: false,
    flags: 0,
    ...rest,
    embeds: embeds.map(({ fields = [], ...embed }: Body) => ({
      type: 'rich',
      ...embed,
      fields: fields.map((field: object) => ({ inline: false, ...field })),
    })),
    components: withIds(components),
  };
}

/** Discord numbers the components of a message that were sent without ids. */
function withIds(components: readonly unknown[]): unknown[] {
  let last = 0;
  const numbered = (one: unknown): unknown => {
    const { components: inside, ...rest } = one as Body;
    const id = ++last;
    return { id, ...rest, ...(Array.isArray(inside) && { components: inside.map(numbered) }) };
  };
  return components.map(numbered);
}

const timeOf = (id: string) => Number(BigInt(id) >> 22n) + 1_420_070_400_000;

/** As the gateway sends it: with the server and the member. */
export function messageEventOf(world: World, said: Said, sees: boolean) {
  const guild = world.rooms.get(said.channel)?.guild;
  const roles = world.roles.get(said.author.id) ?? [];
  const member = { roles, joined_at: iso(0), deaf: false, mute: false, flags: 0 };
  return { ...messageOf(world, said, sees), ...(guild && { guild_id: guild, member }) };
}

export function guildEventOf(world: World, id: string) {
  const rooms = [...world.rooms.values()].filter(({ guild }) => guild === id);
  return {
    id,
    name: world.guilds.get(id)?.name ?? '',
    owner_id: '1',
    roles: [
      {
        id,
        name: '@everyone',
        permissions: String(ALL_RIGHTS),
        position: 0,
        color: 0,
        hoist: false,
        managed: false,
        mentionable: false,
        flags: 0,
      },
    ],
    emojis: [],
    stickers: [],
    features: [],
    channels: rooms.filter(({ type }) => type !== TYPE.thread).map((room) => channelOf(world, room)),
    threads: rooms
      .filter(({ type, archivedAt }) => type === TYPE.thread && archivedAt === undefined)
      .map((room) => channelOf(world, room)),
    members: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    unavailable: false,
    member_count: 2,
  };
}

export const ALL_RIGHTS = Object.values(RIGHTS).reduce((all, right) => all | right, 0n);
