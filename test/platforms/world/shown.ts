import { TYPE } from '../discord-world.ts';
import type { LocalWorld } from './local-world.ts';

/** One message as the page shows it, with what stands under it. */
export interface Shown {
  id: string;
  who: string;
  name?: string;
  /** Our own account. */
  ours?: true;
  title?: string;
  text: string;
  at: number;
  place?: string;
  edited?: true;
  gone?: true;
  /** Discord: what a card holds, as the bot sent it. */
  embeds?: unknown[];
  components?: unknown[];
  under: Shown[];
}

export interface ShownWorld {
  x: Shown[];
  reddit: Shown[];
  mail: Shown[];
  discord: { id: string; name: string; staff?: true; messages: Shown[] }[];
  replies: LocalWorld['replies'];
}

const NEWEST = 60;

/** What stands on the platforms now, newest first, answers under what they answer. */
export function shownWorld(world: LocalWorld): ShownWorld {
  return {
    x: xShown(world),
    reddit: redditShown(world),
    mail: mailShown(world),
    discord: discordShown(world),
    replies: world.replies,
  };
}

function xShown({ x }: LocalWorld): Shown[] {
  const rows = x.posts.all
    .filter(({ reposts }) => !reposts)
    .map(({ id, author, text, at, repliesTo, history, gone }) => ({
      parent: repliesTo && x.posts.byId(repliesTo)?.id,
      shown: {
        id,
        who: author.username,
        name: author.name,
        ...(author === x.us && { ours: true as const }),
        text: gone ? '' : text,
        at,
        ...(history.length > 1 && { edited: true as const }),
        ...(gone && { gone }),
        under: [],
      },
    }));
  return nested(rows);
}

function redditShown({ reddit }: LocalWorld): Shown[] {
  const rows = reddit.things.map(({ name, author, title, text, created, parent, subreddit, deleted, edited }) => ({
    parent,
    shown: {
      id: name,
      who: author,
      ...(author === reddit.us.name && { ours: true as const }),
      ...(title && { title }),
      text: deleted ? '' : text,
      at: created * 1000,
      place: `r/${subreddit}`,
      ...(edited && { edited: true as const }),
      ...(deleted && { gone: true as const }),
      under: [],
    },
  }));
  return nested(rows);
}

function mailShown({ mail }: LocalWorld): Shown[] {
  const bare = (id = '') => id.replace(/[<>]/g, '');
  const written = mail.written.map(({ id, from, subject, text, at }) => {
    const [, name = from, who = from] = /^(.*) <([^@>]+)/.exec(from) ?? [];
    return { parent: undefined, shown: { id, who, name, title: subject, text, at: at.getTime(), under: [] } };
  });
  const letters = mail.letters.map(({ mail: sent }) => ({
    parent: bare(sent.inReplyTo),
    shown: {
      ...{ id: bare(sent.messageId), who: mail.address.split('@')[0] ?? '', ours: true as const },
      ...{ text: sent.text ?? '', at: sent.date?.getTime() ?? 0, under: [] },
    },
  }));
  return nested([...written, ...letters]);
}

function discordShown({ discord: { world }, interactions, staff }: LocalWorld): ShownWorld['discord'] {
  const rooms = [...world.rooms.values()].filter(({ type, guild }) => guild && type !== TYPE.forum);
  return rooms
    .map((room) => {
      const said: Shown[] = world.in(room.id).map(({ id, author, content, at, editedAt, answers, components }) => ({
        id,
        who: author.username,
        ...(author.global_name && { name: author.global_name }),
        ...(author === world.bot && { ours: true as const }),
        text: readable(content, world.bot),
        at,
        ...(answers && { title: quoted(world.messages.get(answers.message)?.content, world.bot) }),
        ...(editedAt && { edited: true as const }),
        ...(components?.length && { components }),
        under: [],
      }));
      const cards: Shown[] = interactions.in(room).map(({ id, embeds, components, content }) => ({
        id,
        who: world.bot.username,
        ours: true,
        text: String(content ?? ''),
        at: Number(BigInt(id) >> 22n) + 1_420_070_400_000,
        embeds,
        components,
        under: [],
      }));
      const messages = [...said, ...cards].sort((a, b) => b.at - a.at).slice(0, NEWEST);
      const parent = room.parent && world.rooms.get(room.parent)?.name;
      return {
        id: room.id,
        name: parent ? `${parent} › ${room.name}` : room.name,
        ...(room === staff && { staff: true as const }),
        messages,
      };
    })
    .filter(({ messages, name }) => messages.length > 0 || !name.includes('›'));
}

type Row = { parent: string | undefined; shown: Shown };

function nested(rows: readonly Row[]): Shown[] {
  const byId = new Map(rows.map(({ shown }) => [shown.id, shown]));
  const roots: Shown[] = [];
  for (const { parent, shown } of rows) {
    const above = parent ? byId.get(parent) : undefined;
    (above ? above.under : roots).push(shown);
  }
  return roots.sort((a, b) => newest(b) - newest(a)).slice(0, NEWEST);
}

/** When something last happened in a conversation. */
function newest({ at, under }: Shown): number {
  return Math.max(at, ...under.map(newest));
}

function quoted(content: string | undefined, bot: { id: string; username: string }): string {
  return content === undefined ? '↪ (gone)' : `↪ ${readable(content, bot).slice(0, 60)}`;
}

function readable(content: string, { id, username }: { id: string; username: string }): string {
  return content.replaceAll(`<@${id}>`, `@${username}`);
}
