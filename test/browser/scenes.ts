import { mentionId } from '../../src/core/ids.ts';
import type { MentionId } from '../../src/core/nouns.ts';
import type { ApprovalState } from '../../src/core/ports.ts';
import type { Account } from '../../src/core/suspects.ts';
import '../one-month.ts';
import { XPlatform } from '../platforms/twitter.ts';
import { type Earshot, openEarshot } from './earshot.ts';

/** Mentions in every situation a screen has to show, by what they are there for. */
export interface Scene {
  earshot: Earshot;
  /** The outage of the sample. */
  incident: string;
  /** Somebody who writes below other people's posts, and is confirmed as a scammer. */
  suspect: Account;
  ids: Record<
    'noted' | 'long' | 'byHand' | 'failed' | 'unsure' | 'posted' | 'thread' | 'scam' | 'unsorted' | 'several',
    MentionId
  >;
}

const REGULAR = { id: 'regular', name: 'Invented Regular', handle: 'invented_regular' };
const THRICE = [
  'How long does a withdrawal to a bank account take? It has been two days.',
  'The app logs me out every hour since the update.',
  'Still waiting: my top-up of 80 from Tuesday is not in my wallet, the bank has taken it.',
];
const SEVERAL =
  '账号被锁了登不进去，怎么解锁？另外上周一转给朋友的钱一直没到账，转账失败了也没退回来。还有提现手续费怎么又涨了？';
const SIXTY = 'Aleksandra-Wilhelmina von Hohenstein-Featherstonehaugh (bot)';
const PARAGRAPH =
  'I topped up 200 on Monday and the bank took it within a minute, but the wallet has shown zero ever since. ' +
  'I wrote to support twice, I have the receipt with card 4111 1111 1111 1111 on it, and my phone is +44 7700 900123. ' +
  '客服每次都说再等等，可是房租明天就要交了。 ';

/** As they are stored: the first with the forum's own words, which stay as they are. */
const REFUSED =
  'The reply: You are not permitted to view the requested resource. The topic may be closed, or the account may not write there. Open it and look.';
const UNANSWERED =
  'No answer came within 20 seconds. Earshot looks for it at the source. If it does not turn up, please look yourself.';

/** The sample of a first start, and beside it what a busy and unlucky week leaves behind. */
export async function openScene(): Promise<Scene> {
  const earshot = await openEarshot();
  await earshot.collectSample();
  const api = { permission: { how: 'api' } as const, place: 'wallets.example/help' };
  await earshot.hear([
    {
      nativeId: 'long',
      text: PARAGRAPH.repeat(11).slice(0, 3000),
      author: { id: 'x', name: SIXTY, handle: 'a_handle_that_is_long_as_well_0123456789' },
    },
    { nativeId: 'by-hand', text: 'How long does a top-up by card take? Mine is still missing after an hour.' },
    { nativeId: 'unsure', text: 'Transfer to my sister failed twice, money gone from the wallet.', ...api },
    { nativeId: 'posted', text: 'What are the fees for a withdrawal to a bank account?', ...api },
    { nativeId: 'unsorted', text: 'ОКПэй вчера вечером совсем не открывался, что делать?' },
    { nativeId: 'several', text: SEVERAL },
    ...THRICE.map((text, n) => ({ nativeId: `thrice-${n}`, text, author: REGULAR, ...api })),
  ]);
  const refused = { nativeId: 'refused', text: '充值三百一直没到账，银行卡已经扣了，怎么办？', ...api };
  await earshot.hear([refused], { connector: 'forum' });
  const [incident = ''] = await earshot.parts.incidents.watch.round();
  const id = (nativeId: string) => mentionId('feed', nativeId);
  await approve(earshot, id('by-hand'));
  const failed = mentionId('forum', 'refused');
  await settle(earshot, failed, 'failed', REFUSED);
  await settle(earshot, id('unsure'), 'unsure', UNANSWERED);
  await settle(earshot, id('posted'), 'posted');
  await settle(earshot, id('thrice-0'), 'posted');
  await annotate(earshot, id('thrice-2'));
  await saveViews(earshot);
  const sample = (nativeId: string) => mentionId('sample', nativeId);
  const threads = await earshot.parts.store.queue({ limit: 200, search: 'OKPay' });
  const inThread = threads.rows.find(({ mention }) => mention.conversationId === 'twitter-victim' && !mention.parentId);
  const scam = threads.rows.find(({ assessment }) => (assessment?.scam ?? 0) > 0.8);
  const suspect = await confirmOne(earshot);
  return {
    earshot,
    incident,
    suspect,
    ids: {
      noted: id('thrice-2'),
      long: id('long'),
      byHand: id('by-hand'),
      failed,
      unsure: id('unsure'),
      posted: id('posted'),
      unsorted: id('unsorted'),
      several: id('several'),
      thread: inThread?.mention.id ?? sample('none'),
      scam: scam?.mention.id ?? sample('none'),
    },
  };
}

/** Two colleagues write to each other about a mention, one of them a phone number. */
async function annotate({ parts: { review } }: Earshot, mentionId: MentionId): Promise<void> {
  await review.note({
    mentionId,
    by: 'Lin',
    text: 'Her bank says the money left on Tuesday. She is reached at +44 7700 900123.',
  });
  await review.note({ mentionId, by: 'Mei', text: '已请支付组核对，今天下班前答复。' });
}

/** What a team keeps at hand. */
async function saveViews({ parts: { store, clock } }: Earshot): Promise<void> {
  const views = [
    {
      id: 'fraud',
      name: 'Fraud, nobody has it',
      team: true,
      query: { view: 'waiting', lane: 'security', assignee: 'nobody' },
    },
    { id: 'chinese', name: '中文待处理', team: true, query: { view: 'waiting', lang: 'zh-Hans' } },
  ];
  for (const view of views) {
    const audit = { at: clock.now(), actor: 'Mei', action: 'view-saved', subject: `view:${view.id}`, detail: {} };
    await store.saveView({ ...view, person: 'mei', by: 'Mei', at: clock.now() }, audit);
  }
}

/** The suspect with the most telling name is confirmed. */
async function confirmOne({ parts: { scams } }: Earshot): Promise<Account> {
  const all = await scams.list(['suspected']);
  const files = await Promise.all(all.map(({ suspect }) => scams.file(suspect)));
  const best = files.find(({ lookAlike, posts }) => lookAlike && posts.some(({ under }) => under)) ?? files[0];
  if (!best) throw new Error('the sample holds no suspect');
  const { connector, authorId } = best.suspect;
  await scams.judge({ connector, authorId, from: 'suspected', to: 'confirmed', by: 'Mei' });
  return { connector, authorId };
}

/** A source that needs somebody, and one that is asked to wait. */
export async function breakSource({ parts }: Earshot): Promise<void> {
  await parts.sources.add(
    {
      connector: 'feed',
      id: 'wallet-forum',
      name: 'Wallet forum',
      options: { urls: ['https://forum.example/latest.rss'] },
    },
    'Mei',
  );
  const now = parts.clock.now();
  await parts.store.saveStatus({
    source: 'wallet-forum',
    state: 'blocked',
    message:
      'The feed https://forum.example/latest.rss answers with a web page: a sign-in or block page, or the address of a site instead of its feed.',
    failuresInARow: 4,
    lastTriedAt: now,
    lastSuccessAt: now - 3 * 3_600_000,
  });
}

/**
 * A source on a local X whose budget is nearly used up, and, from the next pull on, used up. Returns the platform, which
 * whoever asked for it closes.
 */
export async function spendMost({ parts }: Earshot): Promise<XPlatform> {
  const x = await new XPlatform().start();
  const hourAgo = Date.now() - 3_600_000;
  for (let n = 0; n < 90; n++) x.say(`writer_${n % 7}`, `@OKPayHelp my top-up ${n} is missing`, { at: hourAgo + n });
  const prices = { ownedRead: 0.1, post: 0, user: 0, reply: 0.1, linkReply: 2 };
  const options = { address: x.url, monthlyBudgetUsd: 10, prices, overlapMinutes: 0 };
  await parts.sources.add({ connector: 'twitter', id: 'x-mentions', name: 'X mentions', options }, 'Mei');
  await parts.sources.pull('x-mentions');
  for (let n = 0; n < 40; n++) x.say('latecomer', `@OKPayHelp anyone there? ${n}`, { at: Date.now() - 1000 + n });
  return x;
}

/** Lets the draft of a mention out, and gives the key of its reply. */
export async function approve({ parts }: Earshot, id: MentionId): Promise<string> {
  const found = await parts.store.find(id);
  const revision = found?.drafts.at(-1)?.revision;
  if (!found || revision === undefined) throw new Error(`mention ${id} has no draft to approve`);
  await parts.review.approve({ mentionId: id, version: found.mention.version, revision, by: 'Mei' });
  const approved = await parts.store.find(id);
  if (!approved?.approval) throw new Error(`mention ${id} was not approved`);
  return approved.approval.reply.key;
}

/** What the outbox would do, with the outcome given. */
export async function settle(earshot: Earshot, id: MentionId, to: ApprovalState, reason = ''): Promise<void> {
  const { store, clock } = earshot.parts;
  const key = await approve(earshot, id);
  const audit = { at: clock.now(), actor: 'earshot', subject: id, detail: { reason } };
  await store.step({
    key,
    from: 'approved',
    to: 'sending',
    leaseUntil: clock.now() + 60_000,
    audit: { ...audit, action: 'sending' },
  });
  const receipt = {
    key,
    mentionId: id,
    postedAt: clock.now(),
    proof: 'answer' as const,
    url: 'https://wallets.example/help/42#9',
  };
  await store.step({
    key,
    from: 'sending',
    to,
    reason,
    ...(to === 'posted' && { receipt }),
    audit: { ...audit, action: to },
  });
}

/** People settle what some mentions are about, and a lead has a challenger made of it and tried on the last days. */
export async function teach({ parts }: Earshot): Promise<void> {
  const { rows } = await parts.store.queue({ states: ['drafted'], limit: 60, order: 'newest' });
  const types = ['fees', 'app-bug', 'transfer-failed', 'other'];
  for (const [at, { mention, assessment }] of rows.slice(0, 14).entries()) {
    const { id, version } = mention;
    const problemType = at % 3 === 0 ? (types[at % types.length] ?? 'other') : (assessment?.problemType ?? 'other');
    await parts.review.correct({ mentionId: id, version, by: at % 4 === 0 ? 'Lin' : 'Mei', problemType });
  }
  for (const job of [{ kind: 'train' } as const, { kind: 'replay', days: 30, change: {} } as const]) {
    parts.learning.start(job, { name: 'Mei', role: 'admin' });
    const over = () => ['done', 'failed'].includes(parts.learning.job()?.phase ?? '');
    while (!over()) await new Promise((done) => setTimeout(done, 200));
  }
}
