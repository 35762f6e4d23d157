/** What an operator sets for Telegram, in three languages. */
import { type About, z } from '#kit';

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

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: 'Telegram',
    summary: '通过机器人接收群组、频道评论和私聊，并在原处回复。',
    options: {
      chats: {
        label: '群组和频道',
        describe:
          '要接收的群组和频道，填写 ID（-1001234567890）或公开用户名（@acorn_help）。留空：机器人所在的全部群组和频道。任何人都可以把机器人拉进自己的群组，因此请填写你们的群组和频道。',
      },
      hear: {
        label: '接收范围',
        describe:
          '“all”：群组中的所有消息，需要关闭隐私模式，或让机器人成为管理员。“mentions”：只接收提到机器人的消息和对它的回复。',
      },
      words: {
        label: '关键词',
        describe:
          '选择“all”时：群组和频道中只保留含有其中任一词的消息，以及对机器人说的消息；不区分大小写，中文句子中的词也能识别。留空：全部保留。',
      },
      privateChats: { label: '私聊', describe: '同时接收用户私聊机器人的消息。' },
      channelPosts: {
        label: '频道帖子',
        describe: '同时接收机器人担任管理员的频道的帖子。帖子下的评论本来就会在讨论群组中接收。',
      },
      address: {
        label: 'Bot API 地址',
        describe: 'Bot API 的地址。仅在使用自建的 Bot API 服务器或试用时修改。',
      },
    },
    secrets: {
      TELEGRAM_BOT_TOKEN: '机器人的令牌，从 @BotFather 获取',
    },
  },
  'zh-Hant': {
    name: 'Telegram',
    summary: '透過機器人接收群組、頻道留言和私人對話，並在原處回覆。',
    options: {
      chats: {
        label: '群組和頻道',
        describe:
          '要接收的群組和頻道，填寫 ID（-1001234567890）或公開使用者名稱（@acorn_help）。留空：機器人所在的全部群組和頻道。任何人都可以把機器人加進自己的群組，因此請填寫你們的群組和頻道。',
      },
      hear: {
        label: '接收範圍',
        describe:
          '「all」：群組中的所有訊息，需要關閉隱私模式，或讓機器人成為管理員。「mentions」：只接收提到機器人的訊息和對它的回覆。',
      },
      words: {
        label: '關鍵詞',
        describe:
          '選擇「all」時：群組和頻道中只保留含有其中任一詞的訊息，以及對機器人說的訊息；不區分大小寫，中文句子中的詞也能識別。留空：全部保留。',
      },
      privateChats: { label: '私人對話', describe: '同時接收使用者私下傳給機器人的訊息。' },
      channelPosts: {
        label: '頻道貼文',
        describe: '同時接收機器人擔任管理員的頻道的貼文。貼文下的留言本來就會在討論群組中接收。',
      },
      address: {
        label: 'Bot API 位址',
        describe: 'Bot API 的位址。僅在使用自架的 Bot API 伺服器或試用時修改。',
      },
    },
    secrets: {
      TELEGRAM_BOT_TOKEN: '機器人的權杖，從 @BotFather 取得',
    },
  },
};
