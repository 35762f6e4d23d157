import { ConnectorError, type FoundMention, type HttpResponse, type Identity, type Recheck, z } from '#kit';
import type { ForumClient, Question } from './client.ts';
import { Id, mentionOf, readOne } from './schema.ts';
import type { Item, Reach, Site, SitePage } from './site.ts';

const ALL = 'latest';

const BY_HAND = {
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
    return mentionOf(said, this.#client, BY_HAND);
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
