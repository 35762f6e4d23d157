import type { Said } from '../discord-world.ts';
import { TYPE } from '../discord-world.ts';
import type { Thing } from '../reddit.ts';
import type { XPost } from '../twitter-posts.ts';
import type { LocalWorld } from './local-world.ts';
import { handle, lookAlike, shownName } from './people.ts';
import { BAIT, fill, type Line, pick, SAID, THANKS, TITLES } from './said.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** How many were said before anybody looked, and since when. */
const EARLIER = { count: 24, ms: 3 * 60 * MINUTE };
const EVERY_MS = 5 * SECOND;
/** Top-ups fail for everybody, from this long after the start, for this long, and again each quarter of an hour. */
const OUTAGE = { firstAfter: 75 * SECOND, lasts: 75 * SECOND, every: 15 * MINUTE, postsEveryMs: 1_500 };
const BAIT_SHARE = 0.3;
const THANKS_SHARE = 0.5;
/** What the bot says within this is a receipt. */
const RECEIPT_MS = 5 * SECOND;

type Where = 'x' | 'reddit' | 'discord' | 'mail';
type Post =
  | { where: 'x'; post: XPost }
  | { where: 'reddit'; post: Thing }
  | { where: 'discord'; post: Said }
  | { where: 'mail' };

/** Who lives in the local world: people who ask, scammers who answer them, and people who thank. Everybody is invented. */
export class Life {
  readonly #world: LocalWorld;
  readonly #random: () => number;
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #answered = new Set<string>();
  /** How fast time goes here: 2 is twice as fast. */
  readonly #speed: number;
  outage = false;

  constructor(world: LocalWorld, { random = Math.random, speed = 1 }: { random?: () => number; speed?: number } = {}) {
    this.#world = world;
    this.#random = random;
    this.#speed = speed;
  }

  start(): void {
    for (let n = 0; n < EARLIER.count; n++) this.ask(Date.now() - EARLIER.ms * (1 - n / EARLIER.count));
    this.#each(EVERY_MS, () => {
      if (this.#random() < 0.75) this.ask();
      if (this.#random() < 0.1) this.#changeOfMind();
    });
    this.#each(2 * SECOND, () => this.#thank());
    this.#after(OUTAGE.firstAfter, () => this.#breakDown());
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Somebody says something, somewhere. With `at`, said in the past. */
  ask(at?: number, type?: string): Post {
    const line = pick(type ? SAID.filter((one) => one.type === type) : SAID, this.#random);
    const said = this.say(pick<Where>(['x', 'x', 'reddit', 'discord', 'mail'], this.#random), line, at);
    if (line.type !== 'scam-spam' && line.type !== 'praise' && this.#random() < BAIT_SHARE) {
      if (at === undefined) this.#after((4 + 10 * this.#random()) * SECOND, () => this.#lure(said, line));
      else this.#lure(said, line);
    }
    return said;
  }

  say(where: Where, line: Line, at = Date.now()): Post {
    const { x, reddit, discord, product } = this.#world;
    const random = this.#random;
    const text = fill(line.text, product, random);
    const who = handle(random);
    if (where === 'x') {
      const named =
        random() < 0.7 ? `@${x.us.username} ${text}` : text.includes(product) ? text : `${text} #${product}`;
      const post = x.say(who, named, { at, listedAt: Math.max(at, Math.min(Date.now(), at + 3 * MINUTE * random())) });
      post.author.name = shownName(line.script, random);
      return { where, post };
    }
    if (where === 'reddit') {
      const created = Math.floor(at / 1000);
      const posts = reddit.things.filter(({ kind }) => kind === 't3');
      const under = random() < 0.4 && posts.length > 3 ? pick(posts.slice(-8), random) : undefined;
      if (under) {
        const mentionsUs = random() < 0.3;
        const named = mentionsUs ? `u/${reddit.us.name} ${text}` : text;
        return { where, post: reddit.comment(who, under, named, { created, mentionsUs }) };
      }
      const title = fill(pick(TITLES[line.script], random), product, random);
      const place = pick([...reddit.subreddits.values()], random).name;
      return { where, post: reddit.post(who, place, title, text, { created }) };
    }
    if (where === 'mail') {
      this.#write(who, line, at);
      return { where };
    }
    const past = Date.now() - at > SECOND ? { at } : {};
    const room = line.script === 'en' ? pick(this.#world.rooms, random) : pick(this.#world.rooms.slice(2), random);
    const person = discord.world.personCalled(who);
    person.global_name ??= shownName(line.script, random);
    const named = random() < 0.3 ? `<@${discord.world.bot.id}> ${text}` : text;
    if (room.type === TYPE.forum) {
      const title = fill(pick(TITLES[line.script], random), product, random);
      const thread = discord.openThread(room, title, who, named, past.at);
      return { where, post: discord.world.messages.get(thread.id) as Said };
    }
    return { where, post: discord.say(room, person, named, past) };
  }

  /** A letter to our mailbox, with a signature as phones put it. */
  #write(who: string, { script, text }: Line, at: number): void {
    const { mail, product } = this.#world;
    const random = this.#random;
    mail.write({
      from: `${shownName(script, random)} <${who.toLowerCase()}@users.example>`,
      subject: fill(pick(TITLES[script], random), product, random),
      text: `${fill(text, product, random)}\n\n${script === 'en' ? 'Sent from my iPhone' : '发自我的 iPhone'}`,
      at: new Date(at),
    });
  }

  /** A look-alike offers help under the question, to get at a code or a phrase. */
  #lure(asked: Post, { script }: Line): void {
    const { x, reddit, discord, product } = this.#world;
    const text = fill(pick(BAIT[script === 'en' ? 'en' : 'zh'], this.#random), product, this.#random);
    if (asked.where === 'x') {
      const post = x.say(
        lookAlike(x.us.username, this.#random),
        `@${asked.post.author.username} @${x.us.username} ${text}`,
        {
          repliesTo: asked.post.id,
        },
      );
      post.author.name = `${product} Official Support`;
    } else if (asked.where === 'reddit') {
      reddit.comment(lookAlike(reddit.us.name, this.#random), asked.post, text);
    } else if (asked.where === 'discord') {
      const room = discord.world.rooms.get(asked.post.channel);
      if (!room) return;
      const person = discord.world.personCalled(lookAlike(discord.world.bot.username, this.#random));
      person.global_name = `${product} Helper`;
      discord.say(room, person, text, { answers: { channel: room.id, message: asked.post.id } });
    }
  }

  /** Somebody puts a word right, or takes it all back. */
  #changeOfMind(): void {
    const { x, discord, reddit } = this.#world;
    const recent = x.posts.all.filter(({ author, gone }) => author !== x.us && !gone).at(-2);
    const deletes = this.#random() < 0.4;
    if (this.#random() < 0.5 && recent) {
      if (deletes) recent.gone = true;
      else x.posts.edit(recent.id, `${recent.text} (edit: still the same)`, Date.now());
      return;
    }
    const said = [...discord.world.messages.values()].filter(({ author, answers }) => !author.bot && !answers).at(-2);
    if (said && deletes) discord.remove(said.id);
    else if (said) discord.edit(said.id, `${said.content} …`);
    const thing = reddit.things.filter(({ author }) => author !== reddit.us.name).at(-5);
    if (thing && deletes) thing.deleted = 'author';
  }

  /** Half of those whom we answered answer back. */
  #thank(): void {
    const { x, reddit, discord } = this.#world;
    const fresh = <T>(all: readonly T[], idOf: (one: T) => string) =>
      all.filter(
        (one) => !this.#answered.has(idOf(one)) && this.#answered.add(idOf(one)) && this.#random() < THANKS_SHARE,
      );
    const words = (text: string) => pick(THANKS[/\p{Script=Han}/u.test(text) ? 'zh' : 'en'], this.#random);
    for (const reply of fresh(x.replies, ({ id }) => id)) {
      const asked = x.posts.byId(reply.repliesTo ?? '');
      if (asked && !asked.repliesTo)
        this.#soon(() =>
          x.say(asked.author.username, `@${x.us.username} ${words(asked.text)}`, { repliesTo: reply.id }),
        );
    }
    for (const reply of fresh(reddit.replies, ({ name }) => name)) {
      const asked = reddit.things.find(({ name }) => name === reply.parent);
      if (asked) this.#soon(() => reddit.comment(asked.author, reply, words(asked.text)));
    }
    for (const reply of fresh(discord.world.replies, ({ id }) => id)) {
      const asked = discord.world.messages.get(reply.answers?.message ?? '');
      const room = discord.world.rooms.get(reply.channel);
      // A receipt comes at once: it is no answer yet. Thanks are not thanked for.
      if (!asked || !room || asked.answers || reply.at - asked.at < RECEIPT_MS) continue;
      const answers = { channel: room.id, message: reply.id };
      this.#soon(() => discord.say(room, asked.author, words(asked.content), { answers }));
    }
  }

  /** Top-ups fail, and everybody says so at once. */
  #breakDown(): void {
    this.outage = true;
    const until = Date.now() + OUTAGE.lasts / this.#speed;
    const complain = () => {
      this.ask(undefined, 'top-up-failed');
      this.outage = Date.now() < until;
      if (this.outage) this.#after(OUTAGE.postsEveryMs, complain);
    };
    complain();
    this.#after(OUTAGE.every, () => this.#breakDown());
  }

  #soon(work: () => unknown): void {
    this.#after((3 + 8 * this.#random()) * SECOND, work);
  }

  #after(ms: number, work: () => unknown): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, ms / this.#speed);
    this.#timers.add(timer);
  }

  #each(ms: number, work: () => unknown): void {
    this.#after(ms, () => {
      work();
      this.#each(ms, work);
    });
  }
}
