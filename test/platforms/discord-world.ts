/** What there is on the local Discord: servers, channels, people, messages. Ids as Discord makes them. */

const EPOCH_MS = 1_420_070_400_000;

export interface Person {
  id: string;
  username: string;
  discriminator: string;
  global_name: string | null;
  avatar: string | null;
  bot?: boolean;
  public_flags: number;
  flags: number;
}

export interface Room {
  id: string;
  type: number;
  name: string;
  /** Absent for a direct conversation. */
  guild?: string;
  parent?: string;
  last?: string;
  archivedAt?: number;
  locked?: boolean;
  /** Whom the bot talks with, in a direct conversation. */
  with?: string;
  /** What the bot may not do here. */
  denied: Set<Right>;
}

export interface Said {
  id: string;
  channel: string;
  author: Person;
  content: string;
  type: number;
  at: number;
  editedAt?: number;
  nonce?: string;
  /** The message that this one answers. */
  answers?: { channel: string; message: string };
  /** Answered without ringing whoever is answered: then it does not mention them. */
  quietAnswer?: boolean;
  webhook?: string;
  flags?: number;
  components?: unknown[];
  attachments: { id: string; filename: string; size: number; url: string; proxy_url: string; content_type?: string }[];
}

export const RIGHTS = {
  view: 1n << 10n,
  send: 1n << 11n,
  manage: 1n << 13n,
  history: 1n << 16n,
  sendInThreads: 1n << 38n,
} as const;
export type Right = keyof typeof RIGHTS;

export const TYPE = { text: 0, direct: 1, voice: 2, category: 4, announcement: 5, thread: 11, forum: 15 } as const;

export class World {
  /** The portal's switch for the privileged intent. */
  contentIntent = true;
  readonly bot: Person = person('900000000000000001', 'acorn_helper', true);
  readonly guilds = new Map<string, { id: string; name: string }>();
  readonly rooms = new Map<string, Room>();
  readonly messages = new Map<string, Said>();
  /** What a server gave to people, by their id. */
  readonly roles = new Map<string, string[]>();
  /** Ids of people who take no direct messages from the bot. */
  readonly closed = new Set<string>();
  /** By channel, oldest first. */
  readonly #said = new Map<string, Said[]>();
  readonly #people = new Map<string, Person>();
  #lastId = 0n;

  addGuild(name: string): string {
    const id = this.nextId();
    this.guilds.set(id, { id, name });
    return id;
  }

  addRoom(guild: string | undefined, name: string, type: number = TYPE.text, parent?: string): Room {
    const room: Room = {
      id: this.nextId(),
      type,
      name,
      denied: new Set(),
      ...(guild && { guild }),
      ...(parent && { parent }),
    };
    this.rooms.set(room.id, room);
    return room;
  }

  /** The one conversation between the bot and a person. */
  directWith(person: string): Room {
    const known = [...this.rooms.values()].find((room) => room.with === person);
    if (known) return known;
    const room = this.addRoom(undefined, 'direct', TYPE.direct);
    room.with = person;
    return room;
  }

  /** A thread, or a post in a forum: its first message has its id. */
  addThread(parent: Room, name: string, by: string, content: string, at?: number): Room {
    const room: Room = { ...this.addRoom(parent.guild, name, TYPE.thread, parent.id), id: this.nextId(at) };
    this.rooms.set(room.id, room);
    this.say(room, by, content, { id: room.id, ...(at !== undefined && { at }) });
    return room;
  }

  say(room: Room, by: string | Person, content: string, more: Partial<Said> = {}): Said {
    const at = more.at ?? Date.now();
    const id = more.id ?? this.nextId(more.at);
    const author = typeof by === 'string' ? this.personCalled(by) : by;
    const said: Said = {
      channel: room.id,
      author,
      content,
      type: more.answers ? 19 : 0,
      attachments: [],
      ...more,
      id,
      at,
    };
    const list = this.in(room.id);
    list.push(said);
    if (list.length > 1 && BigInt(list.at(-2)?.id ?? 0) > BigInt(id))
      list.sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
    this.messages.set(id, said);
    if (!room.last || BigInt(id) > BigInt(room.last)) room.last = id;
    // A message opens an archived thread again.
    delete room.archivedAt;
    return said;
  }

  remove(id: string): Said | undefined {
    const said = this.messages.get(id);
    if (!said) return undefined;
    this.messages.delete(id);
    const list = this.in(said.channel);
    list.splice(list.indexOf(said), 1);
    return said;
  }

  in(channel: string): Said[] {
    const list = this.#said.get(channel) ?? [];
    this.#said.set(channel, list);
    return list;
  }

  /** What the bot posted. */
  get replies(): Said[] {
    return [...this.messages.values()].filter(({ author }) => author.id === this.bot.id);
  }

  personCalled(username: string): Person {
    if (username === this.bot.username) return this.bot;
    const known =
      this.#people.get(username) ?? person(String(800000000000000001n + BigInt(this.#people.size)), username);
    this.#people.set(username, known);
    return known;
  }

  person(id: string): Person | undefined {
    if (id === this.bot.id) return this.bot;
    return [...this.#people.values()].find((one) => one.id === id);
  }

  /** Grows always; its upper bits are the time. An id of the past stands among those of its time. */
  nextId(at?: number): string {
    const base = BigInt((at ?? Date.now()) - EPOCH_MS) << 22n;
    if (at !== undefined) {
      let id = base;
      while (this.messages.has(String(id)) || this.rooms.has(String(id))) id += 1n;
      return String(id);
    }
    this.#lastId = base > this.#lastId ? base : this.#lastId + 1n;
    return String(this.#lastId);
  }

  may(room: Room, right: Right): boolean {
    const parent = room.type === TYPE.thread && room.parent ? this.rooms.get(room.parent) : undefined;
    const { denied } = parent ?? room;
    return !denied.has('view') && !denied.has(right);
  }
}

function person(id: string, username: string, bot = false): Person {
  const names = { username, discriminator: '0', global_name: null, avatar: null };
  return { id, ...names, public_flags: 0, flags: 0, ...(bot && { bot }) };
}
