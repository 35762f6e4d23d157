import { z } from '#kit';
import { Snowflake } from './schema.ts';

export const Options = z.object({
  servers: z.array(Snowflake).default([]).describe('Ids of the servers to hear. Empty: all that the bot is in.'),
  channels: z
    .array(Snowflake)
    .default([])
    .describe(
      'Ids of channels, forums or categories to hear, with the threads and posts in them. Empty: all the bot may read.',
    ),
  hear: z
    .enum(['all', 'mentions'])
    .default('all')
    .describe(
      '"all": every message, which needs the privileged Message Content intent. "mentions": only messages that mention the bot, and direct messages; needs no privileged intent.',
    ),
  words: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      'With "all": keep only messages with one of these words, in any letter case, also inside Chinese sentences, and those that mention the bot. Empty: all.',
    ),
  directMessages: z.boolean().default(true).describe('Hear direct messages to the bot, too.'),
  bots: z
    .boolean()
    .default(false)
    .describe('Hear other programs and webhooks, too. For bridges that bring people from elsewhere.'),
  silenceSeconds: z
    .number()
    .positive()
    .max(3600)
    .default(120)
    .describe(
      'A live connection on which nothing comes for this long, not even an answer to a heartbeat, counts as broken. Discord’s heart beats every 41 s: keep it above 60.',
    ),
  address: z
    .url({ protocol: /^https?$/ })
    .default('https://discord.com/api')
    .describe('Where the API lives. Only for a local platform.'),
});
export type Options = z.output<typeof Options>;

/**
 * How far each channel and thread is read. Places that are not named are read up to `floor`, or, inside a channel of
 * `behind`, up to the id given there. So the cursor stays small however many threads there ever were.
 */
export const Cursor = z.object({
  floor: Snowflake,
  /** Where reading stopped, for places that are further than the floor. */
  places: z.record(Snowflake, Snowflake),
  /** Channels that may not be read now, with what is to be read once they may. */
  behind: z.record(Snowflake, Snowflake),
});
export type Cursor = z.output<typeof Cursor>;
