import { beforeAll, describe, expect, test } from 'vitest';
import type { Classifier } from '../../src/core/ports.ts';
import { grammar } from '../../src/stages/classify/grammar.ts';
import { type Lexicon, loadLexicon } from '../../src/stages/classify/index.ts';
import { judgePriority } from '../../src/stages/classify/priority.ts';
import { DATA, shipped } from './shipped.ts';

let classifier: Classifier;
beforeAll(async () => {
  classifier = await shipped();
});
const judge = (text: string) => classifier.classify({ text }, 0);

describe('urgent: it is happening, to the author, now', () => {
  test.each([
    'someone is sending money out of my wallet right now, please stop it',
    'my account was hacked and the email was changed',
    'there are three payments I didn’t make since this morning',
    'I got hacked. Nobody answers. Never seen worse support.',
    'my phone was stolen with the app open',
    'I will see you in court',
    'If you do not refund me by Friday my lawyer will contact you',
    'filing a complaint with the ombudsman today',
    'OKPay is down for everyone, nobody can pay',
    'they took everything, I want to kill myself',
    '我的账号被盗了，钱正在被转走',
    '有人正在用我的钱包付款，快冻结',
    '刚刚被盗刷了三千',
    '帳號被盜用了，密碼被改',
    '再不退款我就去消协投诉，法院见',
    '你們系統又崩了？大家都打不開',
    '钱全没了，我不想活了',
    '之前一直好好的，今天账户被盗了',
    '我朋友还好，我的账号被盗了',
  ])('%s', (text) => {
    const { priority, priorityReasons } = judge(text);
    expect(priority, priorityReasons.join('; ')).toBe('urgent');
    expect(priorityReasons).not.toEqual([]);
  });
});

describe('not urgent: past, settled, denied, supposed, or somebody else', () => {
  test.each([
    'my account was hacked last year and you fixed it, thanks',
    'I have never been hacked in five years with this app',
    'what happens if my account gets hacked?',
    'how do you protect accounts from sim swapping',
    'I read that accounts are hacked all the time',
    'I am not going to sue you, just tell me where it is',
    'it was hacked but they fixed it within an hour, all good now',
    'my neighbor said his account was hacked somewhere',
    '我的账号没有被盗，只是忘了密码',
    '去年账号被盗过，后来处理好了',
    '如果账号被盗了怎么办',
    '担心账号被盗，怎么设置两步验证',
    '听说有人账号被盗了',
    '被盗的钱追回来了，谢谢客服',
  ])('%s', (text) => {
    const { priority, priorityReasons } = judge(text);
    expect(priority, priorityReasons.join('; ')).not.toBe('urgent');
  });

  test('and the reason says so', () => {
    expect(judge('what if my account was hacked').priorityReasons.join()).toMatch(/only supposes/);
    expect(judge('我没有被盗刷').priorityReasons.join()).toMatch(/not so/);
  });
});

describe('steps in between', () => {
  test('need and waiting raise a problem by one step', () => {
    expect(judge('where is the fee list, hidden fees everywhere').priority).toBe('normal');
    expect(judge('hidden fees everywhere and my rent is due').priority).toBe('high');
    expect(judge('客服一直没人理').priority).toBe('normal');
    expect(judge('客服一直没人理，等了一周').priority).toBe('high');
  });

  test('haste raises nothing that is no problem', () => {
    expect(judge('love it, recommend it to everyone right now').priority).toBe('low');
  });

  test('a scammer waits for nobody', () => {
    const text = 'my account was hacked but a recovery expert helped me recover everything, dm him on telegram';
    expect(judge(text).priority).toBe('low');
  });

  test('reasons hold no words of the author', () => {
    for (const reason of judge('someone stole my money, mail jo@example.org').priorityReasons)
      expect(reason).not.toMatch(/jo|example/);
  });
});

describe('an urgent phrase in a post that reads calm', () => {
  let lexicon: Lexicon;
  beforeAll(async () => {
    lexicon = await loadLexicon(DATA);
  });
  /** @param urgency how far the whole post lies over the line for urgent */
  const read = (text: string, lane: 'legal' | 'security', urgency: number) =>
    judgePriority(
      { text, hits: lexicon.find(text), english: true, problemType: { priority: 'high', lane }, scam: 0, urgency },
      grammar,
    );

  test.each([
    ['filing a complaint with the ombudsman', 'legal'],
    ['my lawyer will contact you', 'legal'],
    ['my phone was stolen', 'security'],
  ] as const)('"%s" is believed only where the post does not speak against it', (text, lane) => {
    expect(read(text, lane, -0.25).priority).toBe('urgent');
    const { priority, reasons } = read(text, lane, -0.35);
    expect(priority).toBe('high');
    expect(reasons).toEqual(['Names something urgent, but does not read like it']);
  });

  test('that somebody else has the account is believed in any case', () => {
    expect(read('my account was hacked', 'security', -2).priority).toBe('urgent');
  });
});
