import { expect, it } from 'vitest';
import {
  bench,
  buttonsOf,
  cardOf,
  lin,
  local,
  maya,
  press,
  setUpServer,
  staff,
  startCards,
  textOf,
} from './support.ts';

setUpServer();

const REASON =
  'forum.example broke off the connection. Earshot looks for it at the source. If it does not turn up, please look yourself.';
const BY_HAND = 'The message was deleted at its source.';
const URGENT = 'Says that money is being taken now';

const LANGUAGES = [
  [
    'zh-Hans',
    '批准',
    'forum.example 中断了连接。Earshot 会到来源处查找。如果找不到，请您自己查看。',
    '消息已在来源处删除。',
    '称正在被人转走资金',
  ],
  [
    'zh-Hant',
    '核准',
    'forum.example 中斷了連線。Earshot 會到來源處查詢。如果找不到，請您自己查看。',
    '訊息已在來源處刪除。',
    '稱正在被人轉走資金',
  ],
] as const;

/** As the sender leaves a reply that the platform refused. */
async function fail(id: string, reason: string): Promise<void> {
  const { store, clock } = bench;
  const { key } = (await bench.caseOf(id)).approval?.reply ?? { key: '' };
  const audit = { at: clock.now(), actor: 'earshot', subject: id, detail: { reason } };
  const leaseUntil = clock.now() + 60_000;
  await store.step({ key, from: 'approved', to: 'sending', leaseUntil, audit: { ...audit, action: 'sending' } });
  await store.step({ key, from: 'sending', to: 'failed', reason, audit: { ...audit, action: 'failed' } });
}

it.each(LANGUAGES)('a card in %s says in that language why a reply failed', async (lang, approve, reason) => {
  const { mention } = await bench.drafted();
  const cards = await startCards({ lang });
  await cards.round();
  await press(lin, cardOf(mention.id), approve);
  await fail(mention.id, REASON);
  const shown = async () => {
    await cards.round();
    return textOf(cardOf(mention.id));
  };
  await expect.poll(shown).toContain(reason);
  expect(textOf(cardOf(mention.id))).not.toContain('broke off');
});

it.each(LANGUAGES)(
  'a card in %s says in that language why it is posted by hand, and why it is urgent',
  async (...row) => {
    const [lang, , , byHand, urgent] = row;
    const permission = { how: 'by-hand', why: BY_HAND } as const;
    const { mention } = await bench.drafted({ permission }, { priority: 'urgent', priorityReasons: [URGENT] });
    await (await startCards({ lang })).round();
    const text = textOf(cardOf(mention.id));
    expect(text).toContain(byHand);
    expect(text).toContain(urgent);
    expect(text).not.toContain(BY_HAND);
  },
);

it.each([
  ['en', 'Asks for no password, code or key: Asks for the “password”.', 'Fits the problem type: Another type.'],
  [
    'zh-Hans',
    '不索要密码、验证码或密钥：似乎在索要密码、验证码、密钥或卡号。请改为指向官方渠道。 “password”',
    '符合问题类型：这份草稿是为另一种问题类型写的。请改写，或忽略这条提及。',
  ],
  [
    'zh-Hant',
    '不索取密碼、驗證碼或金鑰：似乎在索取密碼、驗證碼、金鑰或卡號。請改為指向官方管道。 “password”',
    '符合問題類型：這份草稿是為另一種問題類型寫的。請改寫，或略過這則提及。',
  ],
] as const)('a card in %s names the guard rails that failed as the inbox does', async (lang, ...failed) => {
  const checks = [
    { name: 'no-secret-asked', ok: false, why: 'Asks for the “password”.' },
    { name: 'fits-type', ok: false, why: 'Another type.' },
    { name: 'length', ok: true, why: '' },
  ];
  const { mention } = await bench.drafted({}, {}, { checks });
  await (await startCards({ lang })).round();
  const [, draft] = cardOf(mention.id).embeds;
  const shown = draft.fields.map(({ value }: { value: string }) => value.replaceAll('\\', ''));
  expect(shown).toContain(failed.join('\n'));
});

it('a card keeps a reason that nobody wrote in its language', async () => {
  const { mention } = await bench.drafted({ permission: { how: 'never', why: 'An old sentence.' } });
  await (await startCards({ lang: 'zh-Hant' })).round();
  expect(textOf(cardOf(mention.id))).toContain('An old sentence.');
});

it('whoever presses too late hears why the reply failed in a language of their own', async () => {
  const { mention } = await bench.drafted();
  const cards = await startCards();
  await cards.round();
  const card = cardOf(mention.id);
  const seen = buttonsOf(card).Approve ?? '';
  await press(lin, card, 'Approve');
  await fail(mention.id, REASON);
  const late = await local.press({ ...maya, locale: 'zh-CN' }, staff, seen, card);
  expect(late.data.content).toContain('forum.example 中断了连接。');
});
