import { Client } from 'pg';
import { tokensOf } from '../../src/store/search-tokens.ts';

/** How long the rows reach back. */
export const MONTHS = 24;
export const MONTH_MS = 30 * 86_400_000;
const STEPS = 20;
/** Of each hundred: two wait with a draft, ten were answered, the rest was dismissed. */
const STATE = `case when i % 50 = 0 then 'drafted' when i % 10 = 1 then 'posted' else 'dismissed' end`;

const ENGLISH = [
  'My top-up has been stuck since yesterday and the balance did not change',
  'Support does not answer the messages I sent through the app',
  'The app shows an error as soon as I open the wallet',
  'Why is there a fee for sending money to my own account',
  'I cannot log in any more after the last update',
  'Transfer failed twice, but the money left my bank both times',
  'Somebody says he is from support and asks for my code',
  'Really like how quick the payments are now, well done',
  'Verification takes days, is anybody looking at this',
  'Does it work with cards from other countries',
  'The password reset mail never arrives, not even in spam',
  'How long does a refund to the card take',
];
const CHINESE = [
  '昨天充值一直没到账',
  '客服不回复我的消息',
  '手续费比上个月高了很多',
  '更新之后应用打不开',
  '转账失败了两次钱却扣了',
  '登录密码忘了怎么找回',
  '实名认证三天还没通过',
  '有人冒充官方要我的验证码',
  '付款速度比以前快多了',
  '退款什么时候回到银行卡',
  '账户被冻结了没人处理',
  '请问支持海外的卡吗',
];

/**
 * Fills an empty database with rows that the server makes itself: mentions of two years with everything that hangs on them,
 * as the pipeline and people would have left them. Indexes are built afterwards, as an import of this size has it. The
 * hashes of the log of decisions are invented: it grows as a true one does, and cannot be verified.
 */
export async function seed(url: string, n: number, now: number): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    await client.query(`set synchronous_commit = off; set maintenance_work_mem = '1GB'`);
    const indexes = await client.query(`select format('drop index %I', indexrelid::regclass) as drop,
      pg_get_indexdef(indexrelid) as make from pg_index join pg_class on pg_class.oid = indrelid
      where relname in ('mention', 'mention_search', 'draft', 'approval', 'receipt', 'audit')
        and not exists (select 1 from pg_constraint where conindid = indexrelid)`);
    for (const { drop } of indexes.rows) await client.query(drop);
    for (let step = 0; step < STEPS; step++) {
      const [from, to] = [Math.floor((n / STEPS) * step) + 1, Math.floor((n / STEPS) * (step + 1))];
      for (const statement of rowsOf(n, now)) await client.query(statement, [from, to]);
    }
    // Of a table in partitions the index is remembered without them.
    for (const { make } of indexes.rows) await client.query(String(make).replace(' ON ONLY ', ' ON '));
    await client.query(`select setval(pg_get_serial_sequence('mention', 'no'), ${n})`);
    await client.query(`insert into migration (version, name, at) select 1, 'first schema', 1
      where not exists (select 1 from migration where version = 1)`);
  } finally {
    await client.end();
  }
}

/** The statements that make the rows number $1 to $2. */
function rowsOf(n: number, now: number): string[] {
  const at = `(${now} - ((${n} - i)::float8 / ${n} * ${MONTHS * MONTH_MS}))::bigint`;
  const some = `generate_series($1::integer, $2::integer) as i`;
  const id = `substr(md5(i::text), 1, 16)`;
  const chinese = 'i % 10 < 4';
  const words = (list: readonly string[], glue: string) =>
    `${[0, 1, 2].map((k) => pick(list, k)).join(` || '${glue}' || `)}`;
  const spoken = (mark: string, text: (list: readonly string[]) => readonly string[], glue: [string, string]) =>
    `case when ${chinese} then ${words(text(CHINESE), glue[0])} else ${words(text(ENGLISH), glue[1])} end || '${mark}' || i
      || case when i = ${n >> 1} then ' needle' else '' end
      || case when i % 2 = 0 and i between ${n >> 1} and ${(n >> 1) + Math.floor(n / MONTHS)} then ' outage' else '' end
      || case when i % 211 = 0 then ' voucher' else '' end`;
  const asTokens = (list: readonly string[]) => list.map((text) => tokensOf(text).join(' '));
  return [
    `insert into mention (no, id, connector, native_id, source, platform, state, version, sample, rank, problem_type, lang,
        unsure, scam, said_at, heard_at, posted_at, dismissed_at, claimed_until, draft_revision, draft_fresh, erase_asked,
        conversation_id, url, permission_json, author_json, author_id, author_handle, attachments_json, text, assessment_json)
      select i, ${id}, 'bench', 'n' || i, 'forum-' || i % 7, 'bench', ${STATE}, 3, 0,
        case when i % 50 = 0 and i % 1000 = 0 then 0 else 1 + i % 3 end,
        case when i % 9000 = 0 then 'rare' else (array['fees', 'app-bug', 'top-up-failed', 'transfer-failed', 'praise', 'other'])[1 + i % 6] end,
        case when ${chinese} then 'zh-Hans' else 'en' end, case when i % 9 = 0 then 1 else 0 end,
        case when i % 400 = 0 then 0.9 else 0 end, ${at} - i::bigint * 7919 % 3600000, ${at},
        case when i % 10 = 1 then ${at} + 3600000 end, case when i % 50 <> 0 and i % 10 <> 1 then ${at} + 3600000 end,
        0, 1, 1, 0, 't' || i / 4, 'https://forum.example/t/' || i, '{"how":"api"}',
        '{"id":"a' || i % ${people(n)} || '","handle":"@user_' || i % ${people(n)} || '","name":"User ' || i % ${people(n)} || '"}',
        'a' || i % ${people(n)}, 'user_' || i % ${people(n)}, '[]', ${spoken('. No. ', (list) => list, ['，', '. '])},
        '{"problemType":"fees","confidence":0.8,"unsure":false,"others":[{"type":"other","confidence":0.1}],"priority":"normal","priorityReasons":["Waits for money"],"lang":"en","sentiment":"negative","scam":0,"scamReasons":[],"personal":[],"evidence":[{"text":"stuck","start":15,"end":20,"voice":"lexicon","weight":2,"speaksFor":"top-up-failed"}],"classifier":"bench","at":1}'
      from ${some}`,
    `insert into mention_search (no, text, author) select i, ${spoken(' no ', asTokens, [' ', ' '])},
        'user_' || i % ${people(n)} || ' user ' || i % ${people(n)} from ${some}`,
    `insert into draft (mention_id, revision, text, lang, template_json, checks_json, length_json, by, at)
      select ${id}, 1, 'We are sorry about this. Please send the reference through the help page, and we will look into it.', 'en',
        case when i % 50 <> 0 then '{"id":"fees/en","version":"1"}' end, '[{"name":"length","ok":true,"why":""}]', '{"used":101,"max":500}', 'earshot', ${at} from ${some}`,
    `insert into approval (key, mention_id, revision, text, approver, approved_at, fingerprint, how, state, attempts, not_before)
      select ${id} || '.1', ${id}, 1, 'We are sorry about this. Please send the reference through the help page, and we will look into it.',
        'mia', ${at} + 3500000, md5(i::text), 'api', 'posted', 1, ${at} from ${some} where i % 10 = 1`,
    `insert into receipt (key, mention_id, native_id, url, posted_at, proof) select ${id} || '.1', ${id}, 'r' || i,
        'https://forum.example/r/' || i, ${at} + 3600000, 'answer' from ${some} where i % 10 = 1`,
    // Two numbers a mention; the second is used where there was a second event.
    `insert into audit (seq, at, actor, action, subject, detail_json, hash)
      select 2 * i - step, ${at} + 3600000, 'mia', case when i % 10 <> 1 then 'dismissed' when step = 1 then 'approved' else 'posted' end,
        ${id}, '{"before":"drafted","reason":"' || case when i % 20 = 3 then 'spam-or-scam' else 'no-reply-needed' end || '"}', md5(i::text) || md5(step::text)
      from ${some}, generate_series(0, 1) as step where i % 50 <> 0 and (step = 1 or i % 10 = 1)`,
  ];
}

const people = (n: number) => Math.max(1, Math.floor(n / 20));

/** One of a list for row `i`, another for each place in its text. */
const pick = (list: readonly string[], k: number) =>
  `(array[${list.map((text) => `'${text}'`).join(', ')}])[1 + ((i::bigint * 7919 + ${k} * 104729 + (i >> ${k + 3})) % ${list.length})]`;
