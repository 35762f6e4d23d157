import type { Assessment, Draft, FoundMention, Priority } from '../../src/core/nouns.ts';
import { PRIORITIES } from '../../src/core/nouns.ts';
import type { QueueRow, Store } from '../../src/core/ports.ts';
import type { Review } from '../../src/stages/review/index.ts';
import { openDesk } from '../platforms/desk.ts';
import type { Measurement } from './measurement.ts';
import { measured, timed } from './times.ts';

const PAGE = 200;
const TYPES = ['fees', 'app-bug', 'top-up-failed', 'transfer-failed', 'praise', 'other'];
const WORDS = 'my transfer is stuck since yesterday please help support does not answer the app shows an error'.split(
  ' ',
);
const PHRASES = [
  '昨天充值一直没到账',
  '客服不回复我的消息',
  '手续费太高了',
  '钱包打不开',
  '转账失败三天了',
  '密码忘了怎么办',
];

/** A store that holds `n` mentions. Adds some more, as the pipeline would, and times what people and stages do. */
export async function benchStore(store: Store, engine: string, n: number): Promise<Measurement[]> {
  const measure = (name: string, times: number[]) => measured(name, engine, n, times);
  const adding = await add(store, n);
  const first = await store.queue({ limit: 50 });
  const second = { limit: 50, ...(first.next !== undefined && { after: first.next }) };
  const searching = (search: string) => timed(30, () => store.queue({ search, limit: 50 }));
  return [
    measure(`save a page of ${PAGE}, each mention`, adding.saving),
    measure('assess and draft, each mention', adding.working),
    measure('queue, first page of 50', await timed(200, () => store.queue({ limit: 50 }))),
    measure('queue, next page', await timed(200, () => store.queue(second))),
    measure('queue, newest', await timed(200, () => store.queue({ order: 'newest', limit: 50 }))),
    measure('queue, one rare type', await timed(50, () => store.queue({ problemTypes: ['rare'], limit: 50 }))),
    measure('counts', await timed(20, () => store.counts(Date.now()))),
    measure('search, one mention', await searching('needle')),
    measure('search, a Chinese word in 1 of 12', await searching('到账')),
    measure('search, one Chinese character', await searching('钱')),
    measure('search, an English word in 1 of 2', await searching('the')),
    measure('search, in none', await searching('不存在')),
    measure('find a case', await timed(200, (i) => store.find(adding.ids[(i * 97) % adding.ids.length] as string))),
    measure('approve', await approving(store)),
    measure('approve, with 4 people at once', await approvingTogether(store)),
  ];
}

const ADDED = 2_000;

async function add(store: Store, n: number) {
  const saving: number[] = [];
  const working: number[] = [];
  const ids: string[] = [];
  for (let start = n; start < n + ADDED; start += PAGE) {
    const found = Array.from({ length: PAGE }, (_, i) => mention(start + i, n));
    const began = performance.now();
    const page = { source: `forum-${start % 7}`, connector: 'forum', sample: false, found, cursor: start, at: start };
    const { added } = await store.savePage(page);
    const saved = performance.now();
    await store.saveAssessments(added.map((id, i) => ({ id, version: 1, assessment: assessment(start + i) })));
    await store.saveDrafts(added.map((id) => ({ id, version: 2, draft: draft(id) })));
    saving.push((saved - began) / found.length);
    working.push((performance.now() - saved) / found.length);
    ids.push(...added);
  }
  return { saving, working, ids };
}

/** As a click in the inbox has it: the case is read, the reply checked, the decision stored with its audit. */
async function approving(store: Store): Promise<number[]> {
  const { review } = openDesk(store, { now: Date.now });
  const { rows } = await store.queue({ states: ['drafted'], limit: 300 });
  return timed(rows.length, (i) => approveOne(review, rows[i] as QueueRow));
}

async function approvingTogether(store: Store): Promise<number[]> {
  const { review } = openDesk(store, { now: Date.now });
  const { rows } = await store.queue({ states: ['drafted'], limit: 400 });
  const people = [0, 1, 2, 3].map((person) =>
    timed(Math.floor(rows.length / 4), (i) => approveOne(review, rows[4 * i + person] as QueueRow)),
  );
  return (await Promise.all(people)).flat();
}

function approveOne(review: Review, { mention: { id, version }, draft }: QueueRow) {
  return review.approve({ mentionId: id, version, revision: draft?.revision ?? 1, by: 'mia' });
}

/** About 150 characters: four in ten Chinese, the rest English, and one needle in all of them. */
export function mention(i: number, n: number): FoundMention {
  const pick = <T>(list: readonly T[], k: number) => list[(i * 7 + k * 13 + ((i * k) >> 3)) % list.length] as T;
  const chinese = Array.from({ length: 6 }, (_, k) => (k % 2 ? pick(PHRASES, k) : `第${i}号`)).join('，');
  const english = Array.from({ length: 26 }, (_, k) => pick(WORDS, k)).join(' ');
  const text = i % 10 < 4 ? chinese : english;
  return {
    nativeId: `n${i}`,
    author: { id: `a${i % 5_000}`, handle: `@user_${i % 5_000}`, name: `User ${i % 5_000}` },
    text: i === n >> 1 ? `${text} needle` : text,
    saidAt: 1_700_000_000_000 + ((i * 7_919) % n) * 1_000,
    url: `https://forum.example/t/${i}`,
    conversationId: `t${i >> 2}`,
    permission: { how: 'api' },
  };
}

export function assessment(i: number): Assessment {
  return {
    problemType: i % 9_000 === 0 ? 'rare' : (TYPES[i % TYPES.length] as string),
    confidence: 0.8,
    unsure: i % 9 === 0,
    others: [{ type: 'other', confidence: 0.1 }],
    priority: PRIORITIES[i % 50 === 0 ? 0 : 1 + (i % 3)] as Priority,
    priorityReasons: ['Waits for money'],
    lang: i % 10 < 4 ? 'zh-Hans' : 'en',
    sentiment: 'negative',
    scam: i % 40 === 0 ? 0.9 : 0,
    scamReasons: [],
    personal: [],
    evidence: [{ text: 'stuck', start: 15, end: 20, voice: 'lexicon', weight: 2, speaksFor: 'transfer-failed' }],
    classifier: 'bench',
    at: 1,
  };
}

export function draft(mentionId: string): Draft {
  const text =
    'We are sorry about this. Please send the reference through the help page, and we will look into it. '.repeat(2);
  const length = { used: text.length, max: 500 };
  return {
    mentionId,
    revision: 1,
    text,
    lang: 'en',
    checks: [{ name: 'length', ok: true, why: '' }],
    length,
    by: 'earshot',
    at: 1,
  };
}
