import { snowflakesSince, z } from '#kit';

/** Ids of Discord, with their time. https://docs.discord.com/developers/reference#snowflakes */
export const Snowflake = z.string().regex(/^\d{1,20}$/);
export const { at: snowflakeAt, timeOf: instantOf } = snowflakesSince(1_420_070_400_000);

/** What Discord sends, as far as we use it; the same over REST and the gateway. What else there is, is ignored. */

export const User = z.object({
  id: Snowflake,
  username: z.string(),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});

/** Bits of `flags`: may the application read what is said to others? Limited is the grant for small bots. */
export const MESSAGE_CONTENT = (1 << 18) | (1 << 19);
export const Application = z.object({ id: Snowflake, flags: z.int().optional() });

export const Gateway = z.object({
  url: z.string().regex(/^wss?:\/\//),
  shards: z.int().min(1),
  session_start_limit: z.object({
    total: z.int(),
    remaining: z.int(),
    reset_after: z.number(),
    max_concurrency: z.int(),
  }),
});

/** `permissions`: what our roles give us in the whole server, as a number written as text. */
export const Guild = z.object({
  id: Snowflake,
  name: z.string(),
  owner: z.boolean().optional(),
  permissions: z.string().optional(),
});
export const Guilds = z.array(Guild);
export const Member = z.object({ roles: z.array(Snowflake) });

export const Overwrite = z.object({ id: Snowflake, type: z.int(), allow: z.string(), deny: z.string() });

/** A channel, a category, a forum or a thread. */
export const Channel = z.object({
  id: Snowflake,
  type: z.int(),
  name: z.string().nullish(),
  guild_id: Snowflake.optional(),
  parent_id: Snowflake.nullish(),
  last_message_id: Snowflake.nullish(),
  permission_overwrites: z.array(Overwrite).optional(),
  thread_metadata: z
    .object({ archived: z.boolean().optional(), archive_timestamp: z.string(), locked: z.boolean().optional() })
    .optional(),
});
export type Channel = z.output<typeof Channel>;
export const Channels = z.array(Channel);
export const Threads = z.object({ threads: z.array(Channel) });
export const Archived = Threads.extend({ has_more: z.boolean() });

/** Each message is checked on its own later, so that a strange one does not take its page along. */
export const Messages = z.array(z.unknown());
export const MessageId = z.object({ id: Snowflake });

export const Sent = z.object({ id: Snowflake, channel_id: Snowflake, timestamp: z.string() });

const Person = User.partial({ username: true });
const Reference = z.object({
  message_id: Snowflake.optional(),
  channel_id: Snowflake.optional(),
  /** 1: a forwarded message, which answers nothing. */
  type: z.int().optional(),
});

export const Message = z.object({
  id: Snowflake,
  channel_id: Snowflake,
  guild_id: Snowflake.optional(),
  type: z.int(),
  author: User,
  webhook_id: Snowflake.nullish(),
  content: z.string(),
  timestamp: z.string(),
  edited_timestamp: z.string().nullish(),
  mentions: z.array(Person).catch([]),
  message_reference: Reference.nullish().catch(undefined),
  referenced_message: z
    .object({ message_reference: Reference.nullish(), author: z.object({ id: Snowflake }).optional() })
    .nullish()
    .catch(undefined),
  message_snapshots: z.array(z.object({ message: z.object({ content: z.string() }) })).catch([]),
  poll: z
    .object({ question: z.object({ text: z.string().optional() }) })
    .nullish()
    .catch(undefined),
  sticker_items: z.array(z.object({ name: z.string() })).catch([]),
  attachments: z
    .array(
      z.object({
        url: z.string(),
        filename: z.string(),
        content_type: z.string().optional(),
        description: z.string().nullish(),
      }),
    )
    .catch([]),
});
export type Message = z.output<typeof Message>;

/** Just enough of a live message to decide what to do with it. */
export const Heard = z.object({
  id: Snowflake,
  channel_id: Snowflake,
  guild_id: Snowflake.optional(),
  edited_timestamp: z.string().nullish(),
  author: z.unknown().optional(),
});

/** One deleted message, or many at once. */
export const Gone = z
  .object({ channel_id: Snowflake, id: Snowflake.optional(), ids: z.array(Snowflake).optional() })
  .transform(({ channel_id, id, ids }) => ({ channel: channel_id, ids: ids ?? (id ? [id] : []) }));
