import { z } from '#kit';

export const Options = z.object({
  chats: z
    .array(
      z
        .string()
        .trim()
        .regex(/^(?:-?\d{1,20}|@\w{3,})$/),
    )
    .default([])
    .describe(
      'Groups and channels to hear, by id (-1001234567890) or public name (@acorn_help). Empty: all that the bot is in. Anybody can put the bot into a group of theirs, so name yours.',
    ),
  hear: z
    .enum(['all', 'mentions'])
    .default('all')
    .describe(
      '"all": every message in groups, which needs privacy mode off or a bot that is an administrator. "mentions": only messages that name the bot, and answers to it.',
    ),
  words: z
    .array(z.string().trim().min(1))
    .default([])
    .describe(
      'With "all": of groups and channels keep only messages with one of these words, in any letter case, also inside Chinese sentences, and those addressed to the bot. Empty: all.',
    ),
  privateChats: z.boolean().default(true).describe('Hear what people write to the bot in private, too.'),
  channelPosts: z
    .boolean()
    .default(false)
    .describe(
      'Hear the posts of channels in which the bot is an administrator, too. The comments below them are heard in the discussion group anyway.',
    ),
  address: z
    .url({ protocol: /^https?$/ })
    .default('https://api.telegram.org')
    .describe('Where the Bot API lives. Another one for a Bot API server of your own, or for trying things out.'),
});
export type Options = z.output<typeof Options>;

/** Where to go on. Telegram forgets what lies before `offset` as soon as it is asked for what follows. */
export const Cursor = z.object({
  /** One more than the last update that is stored; 0 before the first. */
  offset: z.int().min(0),
  /** When the last update came: after a quiet week Telegram numbers updates anew. */
  updatedAt: z.int(),
  /** When everything there was had been read. */
  readAt: z.int(),
});
export type Cursor = z.output<typeof Cursor>;
