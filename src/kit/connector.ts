import * as z from 'zod';
import type { Instant } from '../core/nouns.ts';
import type {
  Call,
  CallAnswer,
  Emit,
  Finding,
  From,
  Hear,
  Identity,
  KeepAttachments,
  Page,
  Posted,
  Recheck,
  ReplyLimit,
  ReplyOrder,
  Spending,
} from '../core/ports.ts';
import type { Said } from '../core/said.ts';
import type { Http } from './http.ts';
import type { Keep } from './keep.ts';
import type { Reach } from './private-hosts.ts';

/** Who this connector is, in words a stranger can read. Shown in the README, the command line and the inbox. */
export interface About {
  /** The folder's name, and the first half of every mention's key. Never changes. */
  id: string;
  name: string;
  summary: string;
  /** The platform's API or format documentation. */
  docs: string;
  /** The platform's rules for automated accounts, or where the format's terms stand. */
  rules: string;
  status: 'stable' | 'experimental' | 'retired';
  /** What the settings form says in the other languages of the page; where it is left out, the form speaks English. */
  words?: Record<'zh-Hans' | 'zh-Hant', AboutWords>;
  /**
   * What it says to people in English, in Chinese as well: why a reply must go by hand, what went wrong and what to do. By the
   * English sentence, with names in braces for what differs each time. What is left out is shown in English.
   */
  said?: Said;
  /** Where the platform takes reports of impersonators and scammers, and what it asks for. For people to use. */
  reports?: { at: string; asks: string };
}

/** A connector in one more language. */
export interface AboutWords {
  name: string;
  summary: string;
  /** What each option is called, and what it says of itself. */
  options: Record<string, { label: string; describe: string }>;
  /** What each secret is, by its environment variable. */
  secrets: Record<string, string>;
}

/** Numbers that the platform sets. Each change needs a new look at the source. */
export interface Limits {
  /** In the platform's counting, see `replyLimit`. */
  maxReplyChars: number;
  pullEverySeconds: number;
  /** The most we send, over all requests of one source. */
  requests: { count: number; perSeconds: number };
  /** Where these numbers stand, and when someone last looked (yyyy-mm-dd). */
  verified: { at: string; on: string };
}

/** A secret value. Prints as dots wherever it is printed by mistake; only `reveal` gives the text. */
export interface Secret {
  reveal(): string;
}

export interface SecretSpec {
  /** The environment variable it comes from. */
  env: string;
  describe: string;
  optional?: true;
}

export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
}

/** What `open` receives. Everything that touches the world comes in here, so that a test can replace it. */
export interface Env<Options, SecretName extends string> {
  options: Options;
  secrets: Record<SecretName, Secret>;
  http: Http;
  /** For servers that speak no HTTP: what to connect with, or a refusal. */
  reach: Reach;
  log: Log;
  /** What must outlive the process and changes by itself, such as money spent. This source's own. */
  keep: Keep;
  /** The same for all sources of this connector, such as a sign-in that they share and that is renewed with each use. */
  keepShared: Keep;
  /** Where pictures go that come with a mention, and that we keep ourselves: see `KeepAttachments`. */
  attachments: KeepAttachments;
  /** Where this source is called from outside, for what it says of itself. Undefined where nobody said our own address. */
  address: string | undefined;
  now(): Instant;
}

type Send<Client> = (client: Client, order: ReplyOrder, signal: AbortSignal) => Promise<Posted>;
type Find<Client> = (client: Client, order: ReplyOrder, signal: AbortSignal) => Promise<Posted | null>;

/** How a second send with the same key is prevented decides what else must be written. */
export type Replying<Client> = {
  /** The platform's rule against a second reply to the same message, in words; left out where one is fine. */
  onlyOnce?: string;
} & (
  | { once: 'platform-key'; keyValidMs: number; send: Send<Client> }
  | { once: 'look-up'; send: Send<Client>; find: Find<Client> }
  | { once: 'cannot'; send: Send<Client> }
);

/** What a connector takes when it is called; see `Intake`. */
export interface Intaking<Client> {
  /** The largest body, in bytes. */
  maxBytes: number;
  /** Calls in a minute: that were proven, over all senders; from one address; and from one address to some of the paths. */
  perMinute: { all: number; each: number; at?: Readonly<Record<string, number>> };
  answer(client: Client, call: Call, hear: Hear, signal: AbortSignal): Promise<CallAnswer> | CallAnswer;
}

/** A platform, as its folder describes it. The parts that are left out are the things it cannot do. */
export interface Connector<O extends z.ZodType, S extends string, C extends z.ZodType, Client> {
  about: About;
  /** Every field has a description; a field without a default is required. */
  options: O;
  /** Names and meanings. Values come from the environment. */
  secrets: Record<S, SecretSpec>;
  /** What this platform needs to carry on where it stopped. Checked each time it is read back. */
  cursor: C;
  limits: Limits;

  /** Builds the client. No network here. */
  open(env: Env<z.output<O>, S>): Client;
  /** One cheap call that proves the credentials and says who we are. Our own posts are dropped by it. */
  check(client: Client, signal: AbortSignal): Promise<Identity>;
  /** Asked for by `earshot doctor` and "Test": rights, limits, what cannot be seen, each with what to do. May take requests. */
  examine?(client: Client, signal: AbortSignal): Promise<Finding[]>;

  /** One page and the cursor to go on from. Seen items may come again; missing ones may not. */
  pull?(client: Client, from: From<z.output<C>>, signal: AbortSignal): Promise<Page<z.output<C>>>;
  /** Runs until aborted. `emit` resolves when the mention is stored: acknowledge upstream only then. */
  listen?(client: Client, emit: Emit, signal: AbortSignal): Promise<void>;
  /**
   * For platforms and apps that call us. Prove the sender before anything else, from the bytes as they came; `hear` resolves
   * when all is stored: say "yes" only then. What cannot be believed is thrown as `CallRefused`.
   */
  intake?: Intaking<Client>;
  /** Which of these were edited or deleted at the source. */
  recheck?(client: Client, nativeIds: string[], signal: AbortSignal): Promise<Recheck[]>;
  reply?: Replying<Client>;
  /** The limit for a reply, where it is not `limits.maxReplyChars` in UTF-16 units. */
  replyLimit?(platform: string): ReplyLimit;
  /** For platforms that charge for a reply: what this text would cost, in US dollars. Drafts prefer what costs less. */
  replyPrice?(client: Client, text: string): number;
  /** For platforms that cost money: what this source has spent this month, and where that leads. No network here. */
  spending?(client: Client): Promise<Spending>;
  close?(client: Client): Promise<void>;
}

/** Gives the compiler the types that belong together; at run time it is the object itself. */
export function defineConnector<O extends z.ZodType, S extends string, C extends z.ZodType, Client>(
  connector: Connector<O, S, C, Client>,
): Connector<O, S, C, Client> {
  return connector;
}

/** A connector whose type parameters matter to its author only. */
// biome-ignore lint/suspicious/noExplicitAny: a list of connectors cannot name each one's own types
export type AnyConnector = Connector<any, any, any, any>;

/** Everything about a connector as data: for the README's table, the command line and the settings form. */
export function describeConnector(connector: AnyConnector) {
  // What it says is read where it is said.
  const { said: _, ...about } = connector.about;
  return {
    ...about,
    can: {
      pull: connector.pull !== undefined,
      listen: connector.listen !== undefined,
      intake: connector.intake !== undefined,
      recheck: connector.recheck !== undefined,
      reply: connector.reply?.once ?? 'by-hand',
    },
    limits: connector.limits,
    options: z.toJSONSchema(connector.options, { io: 'input' }),
    secrets: connector.secrets as Record<string, SecretSpec>,
  };
}

/** Where a connector goes when no option says otherwise, such as `https://api.example.com`: written in its options. */
export function ownOrigins({ options }: AnyConnector): string[] {
  const { properties = {} } = z.toJSONSchema(options, { io: 'input' });
  const written = Object.values(properties).map((option) => typeof option === 'object' && option.default);
  return written.flatMap((address) => {
    const url = typeof address === 'string' ? URL.parse(address) : null;
    return url?.protocol === 'https:' ? [url.origin] : [];
  });
}
