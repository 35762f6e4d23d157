/** Discord on one screen: what is set, in three languages, what it is, who does what, and what `earshot doctor` says of it. */
import { type About, asFailure, ConnectorError, defineConnector, type Finding, z } from '#kit';
import { namesOf, type Place } from './access.ts';
import { nextPage, survey } from './catch-up.ts';
import { DiscordClient } from './client.ts';
import { listen, NO_INTENT, recheck } from './live.ts';
import { MESSAGE_CONTENT, NONCE_VALID_MS, Snowflake, send, snowflakeAt } from './messages.ts';
import { SAID } from './words.ts';

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

/** What the settings form says in Chinese. In English it says what the options say. */
export const WORDS: NonNullable<About['words']> = {
  'zh-Hans': {
    name: 'Discord',
    summary: '实时接收 Discord 服务器的频道、子区和论坛帖子，中断后补上漏掉的内容，回复绝不重复发布。',
    options: {
      servers: { label: '服务器', describe: '要接收的服务器的 ID。留空：机器人所在的全部服务器。' },
      channels: {
        label: '频道',
        describe: '要接收的频道、论坛或频道类别的 ID，包括其中的子区和帖子。留空：机器人有权读取的全部频道。',
      },
      hear: {
        label: '接收范围',
        describe:
          '“all”：所有消息，需要开启特权意图 Message Content Intent。“mentions”：只接收提到机器人的消息和私信，不需要特权意图。',
      },
      words: {
        label: '关键词',
        describe:
          '选择“all”时：只保留含有其中任一词的消息，以及提到机器人的消息；不区分大小写，中文句子中的词也能识别。留空：全部保留。',
      },
      directMessages: { label: '私信', describe: '同时接收发给机器人的私信。' },
      bots: {
        label: '其他机器人',
        describe: '同时接收其他程序和 Webhook 的消息。适用于把别处用户的发言转入 Discord 的桥接程序。',
      },
      silenceSeconds: {
        label: '静默秒数',
        describe:
          '实时连接在这么长时间（秒）内没有收到任何内容，连心跳应答也没有，就视为已断开。Discord 每 41 秒一次心跳，请保持在 60 以上。',
      },
      address: { label: 'API 地址', describe: 'API 的地址。仅在使用本地平台时修改。' },
    },
    secrets: {
      DISCORD_BOT_TOKEN: '机器人的令牌，在开发者门户的机器人页面获取',
    },
  },
  'zh-Hant': {
    name: 'Discord',
    summary: '即時接收 Discord 伺服器的頻道、討論串和論壇貼文，中斷後補上漏掉的內容，回覆絕不重複發布。',
    options: {
      servers: { label: '伺服器', describe: '要接收的伺服器的 ID。留空：機器人所在的全部伺服器。' },
      channels: {
        label: '頻道',
        describe: '要接收的頻道、論壇或頻道類別的 ID，包括其中的討論串和貼文。留空：機器人有權讀取的全部頻道。',
      },
      hear: {
        label: '接收範圍',
        describe:
          '「all」：所有訊息，需要開啟特殊權限 Message Content Intent。「mentions」：只接收提到機器人的訊息和私人訊息，不需要特殊權限。',
      },
      words: {
        label: '關鍵詞',
        describe:
          '選擇「all」時：只保留含有其中任一詞的訊息，以及提到機器人的訊息；不區分大小寫，中文句子中的詞也能識別。留空：全部保留。',
      },
      directMessages: { label: '私人訊息', describe: '同時接收傳給機器人的私人訊息。' },
      bots: {
        label: '其他機器人',
        describe: '同時接收其他程式和 Webhook 的訊息。適用於把別處使用者的發言轉入 Discord 的橋接程式。',
      },
      silenceSeconds: {
        label: '靜默秒數',
        describe:
          '即時連線在這麼長時間（秒）內沒有收到任何內容，連心跳回應也沒有，就視為已中斷。Discord 每 41 秒一次心跳，請保持在 60 以上。',
      },
      address: { label: 'API 位址', describe: 'API 的位址。僅在使用本機平台時修改。' },
    },
    secrets: {
      DISCORD_BOT_TOKEN: '機器人的權杖，在開發者入口網站的機器人頁面取得',
    },
  },
};

export const discord = defineConnector({
  about: {
    id: 'discord',
    name: 'Discord',
    summary:
      'Hears channels, threads and forum posts of Discord servers live, catches up after breaks, and replies once.',
    docs: 'https://docs.discord.com/developers/intro',
    rules: 'https://support-dev.discord.com/hc/en-us/articles/8563934450327-Discord-Developer-Policy',
    status: 'experimental',
    words: WORDS,
    said: SAID,
    reports: {
      at: 'https://dis.gd/report',
      asks: "Discord asks for links to the messages and the id of the account; the server's own moderators can remove both at once.",
    },
  },
  options: Options,
  secrets: {
    token: { env: 'DISCORD_BOT_TOKEN', describe: 'Token of the bot, from its page in the developer portal.' },
  },
  cursor: Cursor,
  limits: {
    maxReplyChars: 2000,
    pullEverySeconds: 300,
    // Discord allows 50 a second for all of a bot; the members' own commands need some of them.
    requests: { count: 40, perSeconds: 1 },
    verified: { at: 'https://docs.discord.com/developers/topics/rate-limits', on: '2026-11-22' },
  },

  open: (env) => new DiscordClient(env),

  async check(client, signal) {
    const me = await client.me(signal, true);
    if (client.options.hear === 'all' && !(await mayReadContent(client, signal))) {
      throw new ConnectorError('unauthorized', NO_INTENT);
    }
    return { id: me.id, handle: me.username };
  },

  examine,
  pull: nextPage,
  listen,
  recheck,
  reply: { once: 'platform-key', keyValidMs: NONCE_VALID_MS, send },
});

/** Without the intent every text is empty, over REST too. Discord says so nowhere but in the application's flags. */
async function mayReadContent(client: DiscordClient, signal: AbortSignal): Promise<boolean> {
  const { flags } = await client.application(signal).catch((thrown: unknown) => {
    // Whoever does not say it may still have it; the gateway will tell.
    if (asFailure(thrown).kind === 'rejected') return { flags: undefined };
    throw thrown;
  });
  return flags === undefined || (flags & MESSAGE_CONTENT) !== 0;
}

/** What the bot may see and say in the chosen servers, and how many connections are left today. */
export async function examine(client: DiscordClient, signal: AbortSignal): Promise<Finding[]> {
  const cursor = { floor: snowflakeAt(client.now()), places: {}, behind: {} };
  client.survey.clear();
  const { open, closed } = await survey(client, cursor, signal);
  client.survey.clear();
  const rooms = open.flatMap((id) => client.places.get(id) ?? []);
  return [await intentOf(client, signal), historyOf(rooms, closed), writingIn(rooms), await sessionsOf(client, signal)];
}

async function intentOf(client: DiscordClient, signal: AbortSignal): Promise<Finding> {
  const what = 'intents';
  if (client.options.hear === 'mentions') {
    return { what, ok: true, message: 'only what mentions the bot is heard, which needs no privileged intent' };
  }
  const { flags } = await client.application(signal);
  const said = flags !== undefined && (flags & MESSAGE_CONTENT) !== 0;
  const message = said ? 'Message Content is switched on' : 'Discord does not say whether Message Content is on';
  return { what, ok: true, message };
}

function historyOf(open: readonly Place[], closed: readonly Place[]): Finding {
  const what = 'history';
  const count = `${open.length} ${open.length === 1 ? 'channel' : 'channels'} can be read and caught up`;
  if (closed.length === 0) return { what, ok: true, message: count };
  const message = `${count}, but not ${namesOf(closed)}. Give the bot View Channel and Read Message History there, or choose other "channels".`;
  return { what, ok: false, message };
}

function writingIn(open: readonly Place[]): Finding {
  const what = 'rights';
  const mute = open.filter(({ rights }) => !rights.write || !rights.writeInThreads);
  if (mute.length === 0) return { what, ok: true, message: 'the bot may answer in all of them' };
  const message = `In ${namesOf(mute)} the bot may not answer, so replies are posted by hand there. Give it Send Messages and Send Messages in Threads.`;
  return { what, ok: false, message };
}

async function sessionsOf(client: DiscordClient, signal: AbortSignal): Promise<Finding> {
  const { remaining, total, reset_after: ms } = (await client.gateway(signal)).session_start_limit;
  const hours = Math.ceil(ms / 3_600_000);
  const message = `${remaining} of ${total} live connections are left for the next ${hours} h`;
  if (remaining > 0) return { what: 'limits', ok: true, message };
  const advice = 'Earshot pulls meanwhile. See whether another program connects with this token.';
  return { what: 'limits', ok: false, message: `${message}. ${advice}` };
}
