import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { KIT_SAID, type Said } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { otherWords } from '../../src/parts/other-words.ts';
import { COLLECT_SAID } from '../../src/stages/collect/index.ts';
import { POST_SAID } from '../../src/stages/post/index.ts';
import { FILLED, type Sentence, sentencesIn } from './sentences.ts';

const LANGUAGES = ['zh-Hans', 'zh-Hant'] as const;
const own = connectors.map(({ about }) => about.id);

/** Where sentences are written that people read, and where their Chinese is. */
const PLACES: { code: string; words: string; said: Said; by: readonly string[]; silent?: string[] }[] = [
  ...connectors.map(({ about: { id, said = {} } }) => ({
    ...{ code: `connectors/${id}`, words: `connectors/${id}/words.ts`, said, by: [id] },
  })),
  // The table of options is written into READMEs.
  { code: 'src/kit', words: 'src/kit/said-words.ts', said: KIT_SAID, by: own, silent: ['option-table.ts'] },
  { code: 'src/stages/collect', words: 'src/stages/collect/words.ts', said: COLLECT_SAID, by: own },
  { code: 'src/stages/post', words: 'src/stages/post/words.ts', said: POST_SAID, by: own },
];

/** What is left of English in a Chinese sentence: three words in a row that are nobody's name. */
const ENGLISH = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/;

/** Whether this is told in Chinese by itself, or is a part of something longer that is. */
function isTold({ text }: Sentence, { said, by }: (typeof PLACES)[number]): boolean {
  if (by.some((id) => LANGUAGES.every((lang) => isChinese(otherWords(text, id)[lang])))) return true;
  const part = text.replace(new RegExp(`^[${FILLED}\\s]+|[${FILLED}\\s]+$`, 'g'), '');
  return Object.keys({ ...said, ...KIT_SAID }).some((template) => template.replace(/\{\w+\}/g, FILLED).includes(part));
}

const isChinese = (words = '') => /\p{Script=Han}/u.test(words) && !ENGLISH.test(words);

describe.each(PLACES)('$code', (place) => {
  it('says nothing to people that cannot be read in Chinese', () => {
    const untold = sentencesIn(place.code, place.silent).filter((sentence) => !isTold(sentence, place));
    const where = untold.map(({ at, text }) => `${at}: ${text}`);
    const advice = `Put the Chinese of these into ${place.words}, by the English sentence, with names in braces for what differs each time (${FILLED} above)`;
    expect(where, advice).toEqual([]);
  });

  it('fills in the same in every language', () => {
    const namesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
    for (const [english, so] of Object.entries(place.said)) {
      const texts = typeof so === 'string' ? [so] : Object.values(so);
      for (const text of texts) expect([english, namesOf(text)]).toEqual([english, namesOf(english)]);
    }
  });

  it('writes Simplified and Traditional as their readers do', () => {
    for (const so of Object.values(place.said)) {
      const [hans, hant] = typeof so === 'string' ? [so, ''] : [so['zh-Hans'], so['zh-Hant']];
      expect(hans).not.toMatch(/[這們來時間問題類發帳戶體網頁設選擇確認處]/u);
      expect(hant).not.toMatch(/[这们来时间问题类发帐户体网页设选择确认处]/u);
    }
  });
});

it('sentences are found in the code of all that speak', () => {
  expect(PLACES.filter(({ code }) => sentencesIn(code).length === 0)).toEqual([]);
});

describe.each(connectors.map((connector) => [connector.about.id, connector] as const))('%s', (id, { options }) => {
  it('says in Chinese what is wrong with its options', () => {
    const names = Object.keys(z.toJSONSchema(options, { io: 'input' }).properties ?? {});
    const all = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]));
    const wrong = [{}, { nonsense: 1 }, ...[7, -1.5, 1e12, 'x', '', [''], {}, null].map(all)];
    const complaints = wrong.flatMap((tried) => options.safeParse(tried).error?.issues ?? []);
    const told = new Set(complaints.map(({ message }) => `✖ ${message}`));
    expect([...told].filter((text) => !isChinese(otherWords(text, id)['zh-Hans']))).toEqual([]);
  });
});

describe('what was said is read in Chinese', () => {
  it.each([
    [
      'with names and numbers as they are',
      'discord',
      'The thread #help › 充值 is locked. Unlock it, or answer in another place.',
      '子区 #help › 充值 已锁定。请解锁，或在别处回复。',
      '討論串 #help › 充值 已鎖定。請解鎖，或在別處回覆。',
    ],
    [
      'with times as they are, and a platform that is quoted in its own words',
      'twitter',
      'Search "OKPay": X says "Too Many Requests" (429). Earshot waits as told and goes on by itself.',
      '搜索“OKPay”：X 返回“Too Many Requests”（429）。Earshot 按要求等待，然后自动继续。',
      '搜尋「OKPay」：X 回傳「Too Many Requests」（429）。Earshot 依要求等待，然後自動繼續。',
    ],
    [
      'sentence by sentence, as the test of a source puts them together',
      'twitter',
      'It works, as OKPayHelp. The sign-in lacks tweet.write. Sign in anew with the scopes tweet.read tweet.write, and replace X_REFRESH_TOKEN.',
      '可以使用，账号为 OKPayHelp。登录缺少权限 tweet.write。请用权限范围 tweet.read tweet.write 重新登录，并更换 X_REFRESH_TOKEN。',
      '可以使用，帳號為 OKPayHelp。登入缺少權限 tweet.write。請用權限範圍 tweet.read tweet.write 重新登入，並更換 X_REFRESH_TOKEN。',
    ],
    [
      'line by line, where each place failed for itself',
      'reddit',
      'Nothing of this source could be read.\nr/wallets, posts: too many requests for Reddit. Earshot waits as told and goes on by itself.\nsearch for "OKPay": Reddit does not know it. Check the name: it is not there, or it was banned.',
      '此来源的内容全部无法读取。\nr/wallets 的帖子：对 Reddit 的请求过多。Earshot 按要求等待，然后自动继续。\n搜索“OKPay”：Reddit 找不到它。请检查名称：它不存在，或已被封禁。',
      '此來源的內容全部無法讀取。\nr/wallets 的貼文：對 Reddit 的請求過多。Earshot 依要求等待，然後自動繼續。\n搜尋「OKPay」：Reddit 找不到它。請檢查名稱：它不存在，或已被封禁。',
    ],
    [
      'with the reason behind what it is the reason of',
      'feed',
      'No feed of this source could be read.\nhttps://forum.example/latest.rss could not be read: forum.example is not a known host name; check the address.',
      '此来源的订阅源全部无法读取。\n无法读取 https://forum.example/latest.rss：找不到主机 forum.example，请检查地址。',
      '此來源的訂閱來源全部無法讀取。\n無法讀取 https://forum.example/latest.rss：找不到主機 forum.example，請檢查位址。',
    ],
    [
      'with what a server adds, and where it adds nothing',
      'email',
      'The reply: the SMTP server refused it. Look at the address, or answer by hand.',
      '回复：SMTP 服务器拒绝了。请查看地址，或手动回复。',
      '回覆：SMTP 伺服器拒絕了。請查看地址，或手動回覆。',
    ],
    [
      'when it was put together before a reply was left to a person',
      'reddit',
      'www.reddit.com broke off the connection. Earshot looks for it at the source. If it does not turn up, please look yourself.',
      'www.reddit.com 中断了连接。Earshot 会到来源处查找。如果找不到，请您自己查看。',
      'www.reddit.com 中斷了連線。Earshot 會到來源處查詢。如果找不到，請您自己查看。',
    ],
    [
      'when an option was not right',
      'feed',
      'The options of source "news" (feed) are not right:\n✖ Invalid input: expected array, received undefined\n  → at addresses',
      '来源“news”（feed）的选项不正确：\n✖ 输入无效：应为列表，实际为未填写\n  → 位置：addresses',
      '來源「news」（feed）的選項不正確：\n✖ 輸入無效：應為清單，實際為未填寫\n  → 位置：addresses',
    ],
  ])('%s', (_, connector, english, hans, hant) => {
    expect(otherWords(english, connector)).toEqual({ 'zh-Hans': hans, 'zh-Hant': hant });
  });

  it('and left as it is where nobody has put it into other words', () => {
    expect(otherWords('An old sentence of an older version.', 'reddit')).toEqual({});
    expect(otherWords('Anything', 'no-such-connector')).toEqual({});
  });
});
