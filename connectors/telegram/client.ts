/** The questions we put to Telegram, each with its answer checked, and what its refusals mean. */
import type { Api, GrammyError } from 'grammy';
import {
  answerAs,
  ConnectorError,
  type Env,
  failureOf,
  type HttpResponse,
  type Instant,
  inTurn,
  type ReplyOrder,
  z,
} from '#kit';
import { kindsFor, Me, partsOf, Sent, Updates, Webhook } from './messages.ts';
import type { Options } from './settings.ts';

type TelegramEnv = Env<Options, 'token'>;

/** How long one request waits for something to come. */
const LONG_POLL_SECONDS = 25;
/** How long we rely on what the bot is allowed to see. */
const ME_MS = 3_600_000;

interface Asked {
  what: string;
  sending?: boolean;
  timeoutMs?: number;
  signal: AbortSignal;
}

/** The Bot API, as far as we use it. grammY knows its methods; the requests go out over `env.http`, none of them twice. */
export class TelegramClient {
  readonly options: Options;
  readonly now: () => Instant;
  /** Everything before this update is stored, as far as we know. */
  stored = 0;
  readonly #env: TelegramEnv;
  /** Two that ask for updates at once are refused by Telegram. */
  readonly #turn = inTurn();
  #me: { me: Me; at: Instant } | undefined;
  #waiting: AbortController | undefined;

  constructor(env: TelegramEnv) {
    this.options = env.options;
    this.now = env.now;
    this.#env = env;
  }

  /** Who we are, and what we may see. `fresh` asks again, as a check must. */
  async me(signal: AbortSignal, fresh = false): Promise<Me> {
    if (fresh || !this.#me || this.now() - this.#me.at > ME_MS) {
      const me = await this.#call({ what: 'The bot', signal }, Me, (api) => api.getMe());
      this.#me = { me, at: this.now() };
    }
    return this.#me.me;
  }

  webhook(signal: AbortSignal) {
    return this.#call({ what: 'The webhook', signal }, Webhook, (api) => api.getWebhookInfo());
  }

  /** What waits from this update on. By asking, everything before it is forgotten by Telegram: it must be stored. */
  async updates(offset: number, signal: AbortSignal): Promise<Updates> {
    this.#waiting?.abort();
    const updates = await this.#updates(offset, { limit: 100, timeout: 0 }, signal);
    this.stored = offset;
    return updates;
  }

  /** Waits until something comes. Gives its number, or undefined when nothing came or somebody else wants to read. */
  async wait(signal: AbortSignal): Promise<number | undefined> {
    const waiting = new AbortController();
    this.#waiting = waiting;
    try {
      const either = AbortSignal.any([signal, waiting.signal]);
      const [first] = await this.#updates(this.stored, { limit: 1, timeout: LONG_POLL_SECONDS }, either);
      return first?.update_id;
    } catch (thrown) {
      if (waiting.signal.aborted && !signal.aborted) return undefined;
      throw thrown;
    }
  }

  /** Posts plain text: no `parse_mode`, so that nothing in it is read as markup. */
  async send({ nativeId, replyRef: topic, text }: ReplyOrder, signal: AbortSignal) {
    const target = partsOf(nativeId);
    if (!target) throw new ConnectorError('rejected', `"${nativeId}" names no Telegram message. Answer it by hand.`);
    const moved = parseMoved(await this.#env.keep.read('moved'))[target.chat];
    const where = {
      // Where the message was deleted in the meantime, the text stands on its own.
      reply_parameters: { message_id: Number(target.message), allow_sending_without_reply: true },
      ...(topic && { message_thread_id: Number(topic) }),
    };
    return this.#call({ what: 'The reply', sending: true, signal }, Sent, (api) =>
      // A supergroup counts its messages anew, so the same number would be another message there.
      api.sendMessage(Number(moved ?? target.chat), text, moved ? {} : where),
    ).catch(async (thrown: unknown) => {
      if (thrown instanceof Moved) await this.remember(target.chat, thrown.to);
      throw thrown;
    });
  }

  /** A group that became a supergroup has a new id, and its old one is refused from then on. */
  async remember(from: string, to: string): Promise<void> {
    await this.#env.keep.update('moved', (kept) => JSON.stringify({ ...parseMoved(kept), [from]: to }));
  }

  #updates(offset: number, how: { limit: number; timeout: number }, signal: AbortSignal): Promise<Updates> {
    const allowed_updates = kindsFor(this.options);
    const longer = how.timeout > 0 && { timeoutMs: (how.timeout + 15) * 1000 };
    const asked = { what: 'New messages', signal, ...longer };
    return this.#turn(signal, () =>
      this.#call(asked, Updates, (api) => api.getUpdates({ ...how, allowed_updates, ...(offset > 0 && { offset }) })),
    );
  }

  async #call<T>(asked: Asked, shape: z.ZodType<T>, act: (api: Api) => Promise<unknown>): Promise<T> {
    // Loaded here, since most commands never speak to Telegram.
    const { Api, GrammyError, HttpError } = await import('grammy');
    const api = new Api(this.#env.secrets.token.reveal(), {
      apiRoot: this.options.address.replace(/\/+$/, ''),
      // Ours ends sooner. Its own default is 500.
      timeoutSeconds: 120,
      fetch: (url: string, { body }: { body: string }) => this.#post(url, body, asked),
    });
    const answer = await act(api).catch((thrown: unknown) => {
      if (thrown instanceof GrammyError) throw refusalOf(thrown, asked, this.now());
      throw thrown instanceof HttpError ? thrown.error : thrown;
    });
    return answerAs(shape, answer, { what: asked.what, by: 'Telegram', raw: JSON.stringify(answer) });
  }

  /** In place of the library's own network: with our limits, and with failures by their names. */
  async #post(url: string, body: string, { what, sending = false, timeoutMs, signal }: Asked): Promise<Response> {
    const request = { url, method: 'POST' as const, headers: { 'content-type': 'application/json' }, body, signal };
    const response = await this.#env.http.request({ ...request, ...(timeoutMs && { timeoutMs }) }).catch((thrown) => {
      // Asking for updates posts nothing, whatever became of it.
      if (sending || !(thrown instanceof ConnectorError) || thrown.kind !== 'unknown-outcome') throw thrown;
      signal.throwIfAborted();
      throw new ConnectorError('unavailable', thrown.message, { cause: thrown.cause });
    });
    if (isAnswer(response)) return new Response(Buffer.from(response.bytes), { status: response.status });
    const failure = failureOf(response, { what: `Telegram (${what.toLowerCase()})`, now: this.now(), sending });
    throw failure ?? new ConnectorError('bad-shape', `${what}: what came is no answer of Telegram's Bot API.`);
  }
}

/** Nothing was posted: the group has another id now. */
class Moved extends ConnectorError {
  readonly to: string;

  constructor(to: string) {
    super('unavailable', 'The group became a supergroup. The reply goes there with the next try.');
    this.to = to;
  }
}

/** What a refusal in Telegram's own words means. https://core.telegram.org/bots/api#making-requests */
function refusalOf(error: GrammyError, { what, sending }: Asked, now: Instant): ConnectorError {
  const { error_code: code, description, parameters } = error;
  const fail = (kind: ConnectorError['kind'], advice: string, until?: Instant) =>
    new ConnectorError(kind, `${what}: ${advice}`, { raw: description, ...(until && { until }) });
  if (parameters.migrate_to_chat_id !== undefined) return new Moved(String(parameters.migrate_to_chat_id));
  if (code === 429) {
    const seconds = Math.min(Math.max(parameters.retry_after ?? 60, 1), 86_400);
    return fail('rate-limited', `Telegram wants us to wait ${seconds} s. Earshot does.`, now + seconds * 1000);
  }
  if (code >= 500) {
    return fail(sending ? 'unknown-outcome' : 'unavailable', `Telegram is in trouble (${code}: ${description}).`);
  }
  if (code === 409 && /webhook/i.test(description)) {
    const advice = 'Stop the program it belongs to, or take a bot of your own. Then delete it with deleteWebhook.';
    return fail('rejected', `the bot has a webhook, and so Telegram hands out nothing here. ${advice}`);
  }
  if (code === 409) return fail('unavailable', ANOTHER);
  if (code === 401 || (code === 404 && !sending)) {
    return fail('unauthorized', 'Telegram does not know this bot token. Get it from @BotFather again.');
  }
  if (!sending) return fail(code === 403 ? 'unauthorized' : 'rejected', `Telegram refuses it (${description}).`);
  return fail('rejected', `Telegram refuses it (${description}). Look at the message, and answer by hand.`);
}

const ANOTHER =
  'another program asks for the updates of this bot at the same time, and each takes them from the other. Stop that one, or take a bot of your own.';

function isAnswer({ bytes }: HttpResponse): boolean {
  try {
    return z.object({ ok: z.boolean() }).safeParse(JSON.parse(new TextDecoder().decode(bytes))).success;
  } catch {
    return false;
  }
}

function parseMoved(kept: string | undefined): Record<string, string> {
  return kept ? z.record(z.string(), z.string()).parse(JSON.parse(kept)) : {};
}
