/**
 * What goes over the gateway, as its documentation describes it: https://docs.discord.com/developers/events/gateway-events.
 * Discord publishes no schema for it.
 */
import * as z from 'zod';

const Id = z.string().regex(/^\d{1,20}$/);
const Time = z.iso.datetime({ offset: true });
const User = z.object({
  id: Id,
  username: z.string().min(1),
  discriminator: z.string(),
  global_name: z.string().nullable(),
});
const Member = z.object({ roles: z.array(Id), joined_at: Time, flags: z.int() });
const Channel = z.object({ id: Id, type: z.int(), guild_id: Id.optional(), name: z.string().optional() });

const Message = z.object({
  id: Id,
  channel_id: Id,
  guild_id: Id.optional(),
  author: User,
  member: Member.optional(),
  content: z.string(),
  timestamp: Time,
  edited_timestamp: Time.nullable(),
  tts: z.boolean(),
  mention_everyone: z.boolean(),
  mentions: z.array(User),
  mention_roles: z.array(Id),
  attachments: z.array(z.object({ id: Id, filename: z.string(), size: z.int(), url: z.url() })),
  embeds: z.array(z.object({})),
  pinned: z.boolean(),
  type: z.int(),
});

const INTERACTION = { id: Id, application_id: Id, token: z.string().min(1), version: z.literal(1), channel_id: Id };
const Interaction = z
  .discriminatedUnion('type', [
    z.object({ ...INTERACTION, type: z.literal(2), data: z.object({ id: Id, name: z.string(), type: z.literal(1) }) }),
    z.object({
      ...INTERACTION,
      type: z.literal(3),
      data: z.object({ custom_id: z.string().max(100), component_type: z.union([z.literal(2), z.literal(3)]) }),
    }),
    z.object({
      ...INTERACTION,
      type: z.literal(4),
      data: z.object({ name: z.string(), options: z.array(z.object({ focused: z.literal(true) })).min(1) }),
    }),
    z.object({
      ...INTERACTION,
      type: z.literal(5),
      data: z.object({ custom_id: z.string().max(100), components: z.array(z.object({ type: z.literal(18) })).min(1) }),
    }),
  ])
  .and(
    z.object({
      locale: z.string(),
      guild_id: Id.optional(),
      member: Member.extend({ user: User }).optional(),
      user: User.optional(),
    }),
  )
  // In a server the member is there, in a direct conversation the user.
  .refine(({ guild_id, member, user }) => (guild_id ? member !== undefined : user !== undefined), 'nobody pressed it');

const EVENTS: Record<string, z.ZodType> = {
  READY: z.object({
    v: z.literal(10),
    user: User,
    guilds: z.array(z.object({ id: Id, unavailable: z.literal(true) })),
    session_id: z.string().min(1),
    resume_gateway_url: z.url({ protocol: /^wss?$/ }),
    shard: z.tuple([z.int(), z.int()]).optional(),
    application: z.object({ id: Id, flags: z.int() }),
  }),
  RESUMED: z.object({}),
  GUILD_CREATE: z.object({
    id: Id,
    name: z.string(),
    channels: z.array(Channel),
    threads: z.array(Channel),
    member_count: z.int(),
  }),
  MESSAGE_CREATE: Message,
  MESSAGE_UPDATE: Message,
  MESSAGE_DELETE: z.object({ id: Id, channel_id: Id, guild_id: Id.optional() }),
  MESSAGE_DELETE_BULK: z.object({ ids: z.array(Id).min(2), channel_id: Id, guild_id: Id.optional() }),
  THREAD_CREATE: Channel.extend({ newly_created: z.literal(true).optional() }),
  INTERACTION_CREATE: Interaction,
};

const Received = z.discriminatedUnion('op', [
  z.object({ op: z.literal(0), s: z.int().positive(), t: z.string(), d: z.unknown() }),
  z.object({ op: z.literal(7), s: z.null(), t: z.null(), d: z.null() }),
  z.object({ op: z.literal(9), s: z.null(), t: z.null(), d: z.boolean() }),
  z.object({ op: z.literal(10), s: z.null(), t: z.null(), d: z.object({ heartbeat_interval: z.int().positive() }) }),
  z.object({ op: z.literal(11), s: z.null(), t: z.null(), d: z.null() }),
]);

const Sent = z.discriminatedUnion('op', [
  z.object({ op: z.literal(1), d: z.int().nullable() }),
  z.object({
    op: z.literal(2),
    d: z.object({
      token: z.string().min(1),
      intents: z.int(),
      properties: z.object({ os: z.string(), browser: z.string(), device: z.string() }),
    }),
  }),
  z.object({
    op: z.literal(6),
    d: z.object({ token: z.string().min(1), session_id: z.string().min(1), seq: z.int() }),
  }),
]);

/** What is wrong with a payload of the local gateway. Undefined for a good one. */
export function wrongInReceived(payload: unknown): string | undefined {
  const { data, error } = Received.safeParse(payload);
  if (error) return z.prettifyError(error);
  if (data.op !== 0) return undefined;
  const event = EVENTS[data.t];
  if (!event) return `Discord has no event ${data.t} that we know`;
  const wrong = event.safeParse(data.d).error;
  return wrong && `${data.t}: ${z.prettifyError(wrong)}`;
}

/** What is wrong with a payload of ours. Undefined for a good one. */
export function wrongInSent(payload: unknown): string | undefined {
  const { error } = Sent.safeParse(payload);
  return error && z.prettifyError(error);
}
