/** The forums that are read and no more, since they take no answers from programs: Stack Exchange and V2EX. */
import {
  ConnectorError,
  type Finding,
  type FoundMention,
  type HttpResponse,
  type Identity,
  type Recheck,
  z,
} from '#kit';
import type { ForumClient, Question } from './client.ts';
import { Id, type Item, mentionOf, type Reach, readOne, type Site, type SitePage, TOO_MANY_GONE } from './listen.ts';

const PAGE = 100;
/** Below this share of the day's requests a person should know. */
const LOW = 0.1;

const NOT_WANTED_THERE = {
  how: 'by-hand',
  why: 'Stack Exchange does not want answers written by programs. Open the question, answer there if you can help, say whom you work for, and confirm.',
} as const;

const Asked = z.object({
  question_id: z.int(),
  title: z.string(),
  body: z.string(),
  creation_date: z.int(),
  last_edit_date: z.int().optional(),
  link: z.string(),
  owner: z
    .object({ user_id: Id.optional(), display_name: z.string().optional(), link: z.string().optional() })
    .default({}),
});

const Wrapper = z.object({
  items: z.array(z.unknown()),
  has_more: z.boolean().default(false),
  backoff: z.number().optional(),
  quota_max: z.number().optional(),
  quota_remaining: z.number().optional(),
});
const No = z.object({ error_id: z.int(), error_name: z.string(), error_message: z.string() });

/** Questions of one site of Stack Exchange, by its API 2.3. Read only. */
export class StackExchange implements Site {
  readonly #client: ForumClient;
  /** Requests left today, and of how many, as the last answer said. */
  #quota: { left: number; of: number } | undefined;

  /** @throws ConnectorError `rejected` where nothing is searched for */
  constructor(client: ForumClient) {
    this.#client = client;
    if (client.options.searches.length > 0) return;
    throw new ConnectorError('rejected', 'Stack Exchange is searched, never read whole. Name a search, such as OKPay.');
  }

  listings(): string[] {
    return this.#client.options.searches;
  }

  async me(signal: AbortSignal): Promise<Identity> {
    await this.#ask('The site', '/2.3/info', {}, signal);
    return { id: 'without an account', note: `read only; ${this.#quotaInWords()}` };
  }

  /** The end of a walk is fixed when it begins, so that a new question moves none to another page. */
  async page(q: string, at: string | undefined, { mark, since }: Reach, signal: AbortSignal): Promise<SitePage> {
    const [todate = 0, page = 1] = at?.split(' ').map(Number) ?? [Math.floor(this.#client.now() / 1000) + 60, 1];
    const fromdate = Math.max(0, Math.floor(mark ?? since / 1000));
    const query = { q, sort: 'creation', order: 'desc', fromdate, todate, page, pagesize: PAGE, filter: 'withbody' };
    const answer = await this.#ask(`The search "${q}"`, '/2.3/search/advanced', query, signal);
    const items = answer.items.map((raw) => this.#item(raw));
    return {
      items,
      ...(answer.has_more && { next: `${todate} ${page + 1}` }),
      ...(this.#isLow() && { notice: `Stack Exchange: ${this.#quotaInWords()}.` }),
    };
  }

  #item(raw: unknown): Item {
    const answer = readOne(Asked, raw);
    if ('reason' in answer) return { reason: answer.reason };
    const found = this.#mention(answer.read);
    return { rank: answer.read.creation_date, ...(found && { found }) };
  }

  #mention(question: z.output<typeof Asked>): FoundMention | undefined {
    const { question_id, owner, title, body, creation_date, last_edit_date, link } = question;
    const id = `${this.#client.options.site}/${question_id}`;
    const said = {
      id,
      author: { id: owner.user_id ?? 'unknown', name: owner.display_name, url: owner.link },
      title,
      html: body,
      saidAt: creation_date * 1000,
      editedAt: last_edit_date === undefined ? undefined : last_edit_date * 1000,
      url: link,
      topic: id,
      place: this.#client.options.site,
    };
    return mentionOf(said, this.#client, NOT_WANTED_THERE);
  }

  async recheck(ids: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
    const prefix = `${this.#client.options.site}/`;
    const asked = ids.flatMap((id) => (id.startsWith(prefix) ? [id.slice(prefix.length)] : []));
    const answers: Recheck[] = [];
    for (let start = 0; start < asked.length; start += PAGE) {
      const some = asked.slice(start, start + PAGE);
      const query = { pagesize: PAGE, filter: 'withbody' };
      const { items } = await this.#ask('Known questions', `/2.3/questions/${some.join(';')}`, query, signal);
      if (items.length === 0 && some.length >= TOO_MANY_GONE) {
        const message = `Stack Exchange claims to know none of ${some.length} questions. That is hard to believe, so nothing was erased.`;
        throw new ConnectorError('bad-shape', message);
      }
      const found = new Map(items.map((raw) => [Asked.safeParse(raw).data?.question_id, raw]));
      answers.push(...some.map((id): Recheck => this.#became(id, found.get(Number(id)))));
    }
    return answers;
  }

  #became(id: string, raw: unknown): Recheck {
    const nativeId = this.#client.nativeId(`${this.#client.options.site}/${id}`);
    if (raw === undefined) return { nativeId, now: 'gone' };
    const found = this.#item(raw).found;
    return found?.editedAt === undefined ? { nativeId, now: 'same' } : { nativeId, now: 'edited', found };
  }

  async examine(signal: AbortSignal): Promise<Finding[]> {
    await this.#ask('The site', '/2.3/info', {}, signal);
    const advice = this.#client.hasKey ? '' : '. With STACKEXCHANGE_KEY there are 10,000 a day';
    return [{ what: 'limits', ok: !this.#isLow(), message: this.#quotaInWords() + advice }];
  }

  #quotaInWords(): string {
    return this.#quota ? `${this.#quota.left} of ${this.#quota.of} requests are left today` : 'its quota is not known';
  }

  #isLow(): boolean {
    return this.#quota !== undefined && this.#quota.left < this.#quota.of * LOW;
  }

  async #ask(what: string, path: string, query: NonNullable<Question['query']>, signal: AbortSignal) {
    const key = this.#client.key() || undefined;
    const refusal = (response: HttpResponse, said: unknown) => this.#refusal(what, response, said);
    const question = { what, path, query: { ...query, site: this.#client.options.site, key }, refusal };
    const answer = await this.#client.ask(question, Wrapper, signal);
    const { backoff, quota_max: of, quota_remaining: left } = answer;
    if (of !== undefined && left !== undefined) this.#quota = { left, of };
    if (backoff !== undefined) {
      const why = `Stack Exchange asks us to leave this alone for ${backoff} s. Earshot waits as told and goes on by itself.`;
      // By method: the part of the path that names no ids.
      const method = path.split('/').slice(0, 3).join('/');
      this.#client.leaveAlone(method, this.#client.now() + backoff * 1000, why);
    }
    return answer;
  }

  #refusal(what: string, { status }: HttpResponse, said: unknown): ConnectorError | undefined {
    const no = status >= 400 ? No.safeParse(said).data : undefined;
    if (!no) return undefined;
    if (no.error_name === 'throttle_violation') {
      const seconds = Number(/available in (\d+) second/.exec(no.error_message)?.[1] ?? 60);
      const why = `${what}: ${no.error_message}. Earshot waits as told and goes on by itself.`;
      const until = this.#client.now() + Math.min(seconds, 86_400) * 1000;
      this.#client.leaveAlone('/', until, why);
      return new ConnectorError('rate-limited', why, { until });
    }
    if (/temporarily_unavailable|internal_error/.test(no.error_name)) {
      return new ConnectorError('unavailable', `${what}: ${no.error_message}. Earshot tries again by itself.`);
    }
    const isKey = /key|access_token|access_denied/.test(no.error_name) || /`?key`? /.test(no.error_message);
    return new ConnectorError(isKey ? 'unauthorized' : 'rejected', `${what}: ${no.error_message}. Check the source.`);
  }
}

const ALL = 'latest';

const NO_WAY_THERE = {
  how: 'by-hand',
  why: 'V2EX has no way to answer by program. Open the topic, answer there and confirm.',
} as const;

const Topic = z.object({
  id: Id,
  title: z.string(),
  content: z.string().nullish(),
  content_rendered: z.string().nullish(),
  url: z.string(),
  created: z.int(),
  last_modified: z.int().nullish(),
  last_touched: z.int().nullish(),
  member: z.object({ id: Id, username: z.string() }).nullish(),
  node: z.object({ name: z.string(), title: z.string() }).nullish(),
});
type Topic = z.output<typeof Topic>;

const List = z.array(z.unknown());
/** Version 2 wraps what it says, and may say no with status 200. */
const Wrapped = z.object({ success: z.literal(true), result: List });

/** Topics of V2EX: whole nodes with a token (API 2), the newest of all or of a node without (API 1). Read only. */
export class V2ex implements Site {
  readonly #client: ForumClient;

  constructor(client: ForumClient) {
    this.#client = client;
  }

  listings(): string[] {
    const { nodes } = this.#client.options;
    return nodes.length > 0 ? nodes : [ALL];
  }

  async me(signal: AbortSignal): Promise<Identity> {
    const [first = ALL] = this.listings();
    const topics = await this.#topics(first, 1, signal);
    return { id: 'without an account', note: `read only; ${topics.length} topics in "${first}"` };
  }

  /** A topic that was answered moves to the top, so the listing is ordered by when it was last touched. */
  async page(listing: string, at: string | undefined, _: Reach, signal: AbortSignal): Promise<SitePage> {
    const topics = await this.#topics(listing, Number(at ?? 1), signal);
    const items = topics.map((raw) => this.#item(raw, listing));
    if (topics.length === 0) return { items };
    if (this.#byNode(listing)) return { items, next: String(Number(at ?? 1) + 1) };
    const cutOff = `V2EX shows only the newest ${topics.length} topics of "${listing}", and none of them was known. Name nodes and set V2EX_TOKEN to miss none.`;
    return { items, cutOff };
  }

  #byNode(listing: string): boolean {
    return this.#client.hasKey && listing !== ALL;
  }

  async #topics(listing: string, page: number, signal: AbortSignal): Promise<unknown[]> {
    const what = `Topics of "${listing}"`;
    if (this.#byNode(listing)) {
      const question = this.#get(what, `/api/v2/nodes/${listing}/topics`, { p: page });
      return (await this.#client.ask(question, Wrapped, signal)).result;
    }
    const question =
      listing === ALL
        ? this.#get(what, '/api/topics/latest.json')
        : this.#get(what, '/api/topics/show.json', { node_name: listing });
    return this.#client.ask(question, List, signal);
  }

  #item(raw: unknown, listing: string): Item {
    const answer = readOne(Topic, raw);
    if ('reason' in answer) return { reason: answer.reason };
    const found = this.#mention(answer.read, listing);
    const rank = answer.read.last_touched ?? answer.read.created;
    return { rank, at: rank * 1000, ...(found && { found }) };
  }

  #mention(topic: Topic, listing: string): FoundMention | undefined {
    const { id, member, node, created, last_modified } = topic;
    const said = {
      id,
      author: {
        id: member?.id ?? 'unknown',
        handle: member?.username,
        url: member ? this.#client.url(`/member/${encodeURIComponent(member.username)}`) : undefined,
      },
      title: topic.title,
      html: topic.content_rendered ?? topic.content ?? '',
      saidAt: created * 1000,
      editedAt: last_modified ? last_modified * 1000 : undefined,
      url: topic.url,
      topic: id,
      place: `V2EX · ${node?.title ?? listing}`,
    };
    return mentionOf(said, this.#client, NO_WAY_THERE);
  }

  /** A topic that is gone is answered with an empty list. */
  async recheck(ids: readonly string[], signal: AbortSignal): Promise<Recheck[]> {
    const answers: Recheck[] = [];
    for (const id of ids) {
      const nativeId = this.#client.nativeId(id);
      const [raw] = await this.#client.ask(this.#get('The topic', '/api/topics/show.json', { id }), List, signal);
      const found = raw === undefined ? undefined : this.#item(raw, '').found;
      if (raw === undefined) answers.push({ nativeId, now: 'gone' });
      else answers.push(found?.editedAt ? { nativeId, now: 'edited', found } : { nativeId, now: 'same' });
    }
    return answers;
  }

  #get(what: string, path: string, query: Question['query'] = {}): Question {
    const headers = this.#client.hasKey ? { authorization: `Bearer ${this.#client.key()}` } : undefined;
    const refusal = (response: HttpResponse) => this.#usedUp(what, response);
    return { what, path, query, refusal, ...(headers && { headers }) };
  }

  /** Every answer counts what is left of the hour. The last one that is allowed is the moment to stop. */
  #usedUp(what: string, { status, headers }: HttpResponse): ConnectorError | undefined {
    const left = headers.get('x-rate-limit-remaining');
    const reset = Number(headers.get('x-rate-limit-reset')) * 1000;
    if (left === null || Number(left) > 0 || !(reset > this.#client.now())) return undefined;
    const why = `${what}: V2EX allows no more requests this hour. Earshot waits as told and goes on by itself.`;
    const until = Math.min(reset, this.#client.now() + 2 * 3_600_000);
    this.#client.leaveAlone('/', until, why);
    return status === 403 || status === 429 ? new ConnectorError('rate-limited', why, { until }) : undefined;
  }
}
