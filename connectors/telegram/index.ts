/** Telegram on one screen: what it is, what it allows, who does what, and what `earshot doctor` says of it. */
import { setTimeout as pause } from 'node:timers/promises';
import { defineConnector, type Emit, type FoundMention, type From, type Page, type SkippedItem } from '#kit';
import { TelegramClient } from './client.ts';
import { addressOf, type Me, nativeIdOf, readUpdate } from './messages.ts';
import { Cursor, Options, WORDS } from './settings.ts';
import { SAID } from './words.ts';

const DAY_MS = 86_400_000;
/** After a week without an update Telegram goes on with a random number, which may be lower. A day before that we ask without. */
const NUMBERS_HOLD_MS = 6 * DAY_MS;

const REST_MS = 5_000;

export const telegram = defineConnector({
  about: {
    id: 'telegram',
    name: 'Telegram',
    summary: 'Hears groups, the comments of channels and private chats through a bot, and answers there.',
    docs: 'https://core.telegram.org/bots/api',
    rules: 'https://telegram.org/tos/bot-developers',
    status: 'experimental',
    words: WORDS,
    said: SAID,
    reports: {
      at: 'https://t.me/notoscam',
      asks: 'Write to @notoscam, which Telegram itself runs, with the @name of the account and links to its messages; administrators of the group can remove both at once.',
    },
  },
  options: Options,
  secrets: { token: { env: 'TELEGRAM_BOT_TOKEN', describe: 'Token of the bot, from @BotFather.' } },
  cursor: Cursor,
  limits: {
    maxReplyChars: 4096,
    pullEverySeconds: 60,
    // Telegram names about 30 messages a second, 1 in a chat and 20 a minute in a group. What it answers counts.
    requests: { count: 30, perSeconds: 1 },
    verified: { at: 'https://core.telegram.org/bots/faq', on: '2026-11-22' },
  },

  open: (env) => new TelegramClient(env),

  async check(client, signal) {
    const me = await client.me(signal, true);
    const note = privacyIn(me, client);
    return { id: me.id, handle: me.username, ...(note && { note }) };
  },

  async examine(client, signal) {
    const me = await client.me(signal, true);
    const privacy = privacyIn(me, client);
    const { url } = await client.webhook(signal);
    const webhook = 'a webhook is set, so nothing can be read here. Delete it with deleteWebhook.';
    return [
      { what: 'privacy mode', ok: !privacy, message: privacy ?? 'the bot is shown all it is to hear' },
      { what: 'webhook', ok: !url, message: url ? webhook : 'none is set, so messages can be read' },
      {
        what: 'groups',
        ok: me.can_join_groups,
        message: me.can_join_groups
          ? 'the bot can be put into groups'
          : 'the bot cannot be put into groups. Allow it with /setjoingroups at @BotFather.',
      },
    ];
  },

  pull: nextPage,
  listen,

  reply: {
    once: 'cannot',
    async send(client, order, signal) {
      const { chat, message_id: id, date } = await client.send(order, signal);
      const url = addressOf(chat, id);
      return { nativeId: nativeIdOf(chat.id, id), postedAt: date * 1000, ...(url && { url }) };
    },
  },
});

/** What waits behind the cursor. Only the page after it lets Telegram forget it, and by then it is stored. */
async function nextPage(client: TelegramClient, from: From<Cursor>, signal: AbortSignal): Promise<Page<Cursor>> {
  const me = await client.me(signal);
  const now = client.now();
  const at = 'cursor' in from ? from.cursor : { offset: 0, updatedAt: now, readAt: now };
  const updates = await client.updates(now - at.updatedAt > NUMBERS_HOLD_MS ? 0 : at.offset, signal);

  const found: FoundMention[] = [];
  const skipped: SkippedItem[] = [];
  for (const update of updates) {
    const read = readUpdate(update, me, client.options);
    if (read === 'not for us') continue;
    if ('found' in read) found.push(read.found);
    else if ('moved' in read) await client.remember(read.moved.from, read.moved.to);
    else skipped.push({ reason: read.reason });
  }
  const privacy = privacyIn(me, client);
  const notices = privacy ? [privacy] : [];
  const last = updates.at(-1);
  if (last)
    return { found, skipped, notices, cursor: { ...at, offset: last.update_id + 1, updatedAt: now }, more: true };
  return { found, skipped, notices, cursor: { ...at, readAt: now }, more: false, coverage: coverageOf(at, now) };
}

/** Waits for messages, and has them pulled, so that they are forgotten by Telegram only once they are stored. */
async function listen(client: TelegramClient, emit: Emit, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const came = await client.wait(signal);
    if (came === undefined) continue;
    await emit.missed?.();
    // Not stored, for a reason that is now the source's state.
    if (client.stored <= came) await pause(REST_MS, undefined, { signal });
  }
}

/** Telegram keeps updates for a day. */
function coverageOf({ readAt }: Cursor, now: number): NonNullable<Page['coverage']> {
  const kept = now - DAY_MS;
  if (readAt >= now) return [];
  if (readAt >= kept) return [{ kind: 'seen', from: readAt, to: now }];
  const cause = 'Telegram keeps messages for a bot for 24 hours only, and nobody asked for them in that time';
  return [
    { kind: 'hole', from: readAt, to: kept, cause },
    { kind: 'seen', from: kept, to: now },
  ];
}

/** What the bot is not shown. Administrators are shown all, but nobody can ask for that in every group. */
function privacyIn(me: Me, { options }: TelegramClient): string | undefined {
  if (options.hear === 'mentions' || me.can_read_all_group_messages) return undefined;
  return 'Privacy mode is on: in groups where the bot is no administrator it is shown only what names it and answers to it. Switch it off with /setprivacy at @BotFather, then take the bot out of each group and add it again; or set "hear" to "mentions".';
}
