import type { ReplyLanguage } from './nouns.ts';

type Chinese = { 'zh-Hans': string; 'zh-Hant': string };
const both = (hans: string, hant: string): Chinese => ({ 'zh-Hans': hans, 'zh-Hant': hant });

/**
 * Why something is urgent, looks like a scam or has no draft: fixed sentences of the classifier and of drafting, which are
 * stored in English, in the other two languages. What is not here is shown as it comes. A test holds the list to the
 * lexicon. What connectors say is in `said.ts`.
 */
export const SENTENCES: Record<string, Chinese> = {
  'Says that money is being taken now': both('称正在被人转走资金', '稱正在被人轉走資金'),
  'Says that money or the account was stolen': both('称资金或账户被盗', '稱資金或帳戶被盜'),
  'Says that somebody else has the account': both('称账户被他人控制', '稱帳戶被他人控制'),
  'Threatens legal action or names a lawyer or a court': both('提到起诉、律师或法院', '提到起訴、律師或法院'),
  'Threatens or names a regulator, the police or the press': both(
    '提到监管机构、警方或媒体',
    '提到監管機關、警方或媒體',
  ),
  'Says that it is down for many people': both('称很多人都无法使用', '稱很多人都無法使用'),
  'Speaks of harming themselves': both('提到伤害自己', '提到傷害自己'),
  'Says that rent, food, medicine or wages depend on it': both(
    '称房租、生活费、药费或工资受影响',
    '稱房租、生活費、藥費或薪資受影響',
  ),
  'Says that they have waited for days or asked several times': both(
    '称已等待多日或多次询问',
    '稱已等待多日或多次詢問',
  ),
  'Asks for help at once': both('要求立即帮助', '要求立即協助'),
  'Looks like a scam itself: nobody waits for an answer': both(
    '本身疑似诈骗，没有人在等回复',
    '本身疑似詐騙，沒有人在等回覆',
  ),
  'Names something urgent, but says that it is not so': both(
    '提到紧急情况，但表示并非如此',
    '提到緊急情況，但表示並非如此',
  ),
  'Names something urgent, but speaks of the past': both('提到紧急情况，但说的是过去', '提到緊急情況，但說的是過去'),
  'Names something urgent, but says that it is settled': both(
    '提到紧急情况，但表示已经解决',
    '提到緊急情況，但表示已經解決',
  ),
  "Names something urgent, but tells somebody else's story": both(
    '提到紧急情况，但说的是别人的事',
    '提到緊急情況，但說的是別人的事',
  ),
  'Names something urgent, but only supposes it': both('提到紧急情况，但只是假设', '提到緊急情況，但只是假設'),
  'The author says that the answer did not solve it. Read the thread, then write another answer.': both(
    '作者表示回复没有解决问题。请先看对话，再写一份新的回复。',
    '作者表示回覆沒有解決問題。請先看對話，再寫一份新的回覆。',
  ),
  'So it starts, by the problem type that a person set': both(
    '由人判定的问题类型从这一级开始',
    '由人判定的問題類型從這一級開始',
  ),
  'A person says that it is a scam': both('有人判定为诈骗', '有人判定為詐騙'),
  'Could not be sorted by machine. Please read it.': both('机器无法分类，请您阅读。', '機器無法分類，請您閱讀。'),

  'Offers to get lost money back for others': both('声称能帮人追回损失', '聲稱能幫人追回損失'),
  'Asks to go on in a private chat elsewhere': both('要求转到别处私聊', '要求轉到別處私聊'),
  'Pretends to be support and asks for secrets or a private contact': both(
    '冒充客服，索要密码、验证码或私人联系方式',
    '冒充客服，索取密碼、驗證碼或私人聯絡方式',
  ),
  'Promises gifts, prizes or an airdrop': both('承诺礼品、奖金或空投', '承諾禮品、獎金或空投'),
  'Presses to follow a link or to verify at once': both('催促点击链接或立即验证', '催促點擊連結或立即驗證'),
  'Promises easy earnings': both('承诺轻松赚钱', '承諾輕鬆賺錢'),
  'Links to a private chat elsewhere': both('链接到别处的私聊', '連結到別處的私聊'),
  'Hides where a link leads': both('隐藏链接的去向', '隱藏連結的去向'),
  'Reads like scams and spam seen before': both('与以往的诈骗和垃圾信息相似', '與以往的詐騙和垃圾訊息相似'),
  'Gives a private contact': both('留下私人联系方式', '留下私人聯絡方式'),
  'The name is made to look like an official account': both('名称刻意模仿官方账号', '名稱刻意模仿官方帳號'),
  'The name differs by one sign from an official account': both(
    '名称与官方账号只差一个字符',
    '名稱與官方帳號只差一個字元',
  ),
  'The name poses as support of the brand, and the account is not an official one': both(
    '名称冒充品牌客服，但不是官方账号',
    '名稱冒充品牌客服，但不是官方帳號',
  ),
  'The name is nearly that of the brand, and the account is not an official one': both(
    '名称与品牌近似，但不是官方账号',
    '名稱與品牌近似，但不是官方帳號',
  ),

  'The author writes in a language that no template is in. Write the reply by hand, or leave it.': both(
    '作者使用的语言没有对应的模板。请自己写回复，或不作处理。',
    '作者使用的語言沒有對應的範本。請自己寫回覆，或不作處理。',
  ),
  'No template answers this problem type here in this language.': both(
    '这里没有适合这种问题类型和语言的模板。',
    '這裡沒有適合這種問題類型和語言的範本。',
  ),
  'It was not sorted, so no template could be chosen.': both('尚未分类，无法选择模板。', '尚未分類，無法選擇範本。'),
  'Drafting failed. Please write the reply yourself.': both(
    '草稿生成失败，请您自己写回复。',
    '草稿產生失敗，請您自己寫回覆。',
  ),
};

/** The sentence in the reader's language, else as it was stored. */
export function reasonWords(sentence: string, lang: ReplyLanguage): string {
  return lang === 'en' || !Object.hasOwn(SENTENCES, sentence) ? sentence : (SENTENCES[sentence]?.[lang] ?? sentence);
}
