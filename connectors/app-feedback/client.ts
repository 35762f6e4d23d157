/** What goes out: replies as signed webhooks to the app's own server, or as e-mail. */
import {
  ConnectorError,
  type Env,
  failureOf,
  type HttpResponse,
  type Instant,
  type KeepAttachments,
  type Posted,
  parseJson,
  type ReplyOrder,
  sign,
  z,
} from '#kit';
import { ReplyRef, sendLetter, tryMail, type Ways } from './messages.ts';
import type { Options } from './settings.ts';

type AppEnv = Env<Options, 'secret' | 'secretBefore' | 'mailPassword'>;

/** A secret shorter than this can be guessed. In characters. */
const SHORTEST_SECRET = 24;

const Answer = z.object({ received: z.boolean(), id: z.string().min(1).max(200).optional(), at: z.int().optional() });
type Answer = z.output<typeof Answer>;

/** What goes out: replies as signed webhooks to the app's own server, or as e-mail. */
export class AppFeedbackClient {
  readonly options: Options;
  readonly attachments: KeepAttachments;
  /** Where it is called from outside. */
  readonly address: string | undefined;
  readonly #env: AppEnv;

  constructor(env: AppEnv) {
    this.options = env.options;
    this.attachments = env.attachments;
    this.address = env.address;
    this.#env = env;
  }

  now(): Instant {
    return this.#env.now();
  }

  /** What is shown to be right, and while it is changed the one before it. */
  secrets(): string[] {
    return [this.#env.secrets.secret.reveal(), this.#env.secrets.secretBefore.reveal()].filter(Boolean);
  }

  secret(): string {
    return this.#env.secrets.secret.reveal();
  }

  /** How people can be answered. */
  ways(): Ways {
    const { replyTo, mailHost, mailFrom } = this.options;
    return { app: replyTo !== '', email: mailHost !== '' && mailFrom !== '' };
  }

  /** @throws ConnectorError */
  mustBeSafe(): void {
    if (this.secret().length >= SHORTEST_SECRET) return;
    const advice = 'Make a long one, such as with: openssl rand -base64 32';
    throw new ConnectorError(
      'unauthorized',
      `APP_FEEDBACK_SECRET is shorter than ${SHORTEST_SECRET} characters. ${advice}`,
    );
  }

  async send(order: ReplyOrder, signal: AbortSignal): Promise<Posted> {
    const ref = refOf(order);
    if (ref.by === 'email') {
      const subject = SUBJECTS[/^zh/i.test(ref.lang) || /\p{Script=Han}/u.test(order.text) ? 'zh' : 'en'](
        this.options.app,
      );
      const letter = { to: ref.email, subject, text: `${order.text}\n\n> ${ref.about}\n`, key: order.key };
      const nativeId = await sendLetter(this.options, this.#env.secrets.mailPassword.reveal(), letter);
      return { nativeId, postedAt: this.now() };
    }
    const data = { key: order.key, feedback: order.nativeId, user: ref.user, text: order.text };
    const {
      received,
      id = order.key,
      at = this.now(),
    } = await this.#tell('feedback.reply', order.key, data, true, signal);
    if (received) return { nativeId: id, postedAt: at };
    throw new ConnectorError('rejected', 'The app answered that it does not take this reply.');
  }

  /** Asks the app whether it has a reply. A letter cannot be looked for. */
  async find(order: ReplyOrder, signal: AbortSignal): Promise<Posted | null> {
    if (refOf(order).by === 'email') return null;
    const { received, id = order.key, at = order.firstTriedAt } = await this.lookUp(order.key, signal);
    return received ? { nativeId: id, postedAt: at } : null;
  }

  lookUp(key: string, signal: AbortSignal): Promise<Answer> {
    return this.#tell('feedback.look-up', `look-up ${key}`, { key }, false, signal);
  }

  tryMail(): Promise<unknown> {
    return tryMail(this.options, this.#env.secrets.mailPassword.reveal());
  }

  async #tell(type: string, id: string, data: object, sending: boolean, signal: AbortSignal): Promise<Answer> {
    const body = JSON.stringify({ type, timestamp: new Date(this.now()).toISOString(), data });
    const response = await this.#env.http.request({
      url: this.options.replyTo,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': id,
        ...sign(this.secret(), id, this.now(), body),
      },
      body,
      maxBytes: 64 * 1024,
      signal,
    });
    const failure = failureOf(response, { what: 'The server of the app', now: this.now(), sending });
    if (failure) throw failure;
    return answerIn(response, this.secrets());
  }
}

const SUBJECTS = {
  zh: (app: string) => `回复：您对 ${app} 的反馈`,
  en: (app: string) => `Re: your feedback on ${app}`,
};

function answerIn(response: HttpResponse, secrets: readonly string[]): Answer {
  const text = new TextDecoder().decode(response.bytes);
  const read = Answer.safeParse(parseJson(text));
  if (read.success) return read.data;
  const raw = secrets.reduce((so, secret) => so.replaceAll(secret, '•••'), text.slice(0, 2000));
  throw new ConnectorError(
    'bad-shape',
    'The server of the app must answer {"received": true}, and did not. The README says how.',
    { raw },
  );
}

function refOf({ replyRef }: ReplyOrder): ReplyRef {
  const read = ReplyRef.safeParse(parseJson(replyRef ?? ''));
  if (read.success) return read.data;
  throw new ConnectorError('rejected', 'It is not known any more how to answer this. Answer by hand.');
}
