import type { ReplyLanguage } from './nouns.ts';

type Words = Readonly<Record<string, string>>;

/** What each guard rail is called, by its name in the records. */
export const CHECK_NAMES: Readonly<Record<ReplyLanguage, Words>> = {
  en: {
    'no-secret-asked': 'Asks for no password, code or key',
    'nothing-about-account': 'Says nothing about an account',
    'no-personal-data': 'Holds no personal data',
    'no-promise': 'Promises nothing',
    'no-fault-admitted': 'Admits no fault',
    'nothing-ruled-out': 'Says nothing your team rules out',
    'known-links': 'Links only to our own pages',
    'no-mass-mention': 'Calls nobody but the author',
    language: 'In the author’s language',
    length: 'Fits the platform',
    'not-repeated': 'Not said in this thread before',
    filled: 'No gaps left',
    'clean-characters': 'No hidden characters',
    'not-empty': 'Says something',
    'no-note': 'Holds no note of a colleague',
    'fits-type': 'Fits the problem type',
  },
  'zh-Hans': {
    'no-secret-asked': '不索要密码、验证码或密钥',
    'nothing-about-account': '不谈论账户情况',
    'no-personal-data': '不含个人信息',
    'no-promise': '不作承诺',
    'no-fault-admitted': '不承认过错',
    'nothing-ruled-out': '不含团队禁用的词句',
    'known-links': '只链接到我们自己的页面',
    'no-mass-mention': '不群发提醒',
    language: '使用作者的语言',
    length: '符合平台长度',
    'not-repeated': '此对话中没有说过',
    filled: '没有未填的空',
    'clean-characters': '不含隐藏字符',
    'not-empty': '内容不为空',
    'no-note': '不含同事的备注',
    'fits-type': '符合问题类型',
  },
  'zh-Hant': {
    'no-secret-asked': '不索取密碼、驗證碼或金鑰',
    'nothing-about-account': '不談論帳戶情況',
    'no-personal-data': '不含個人資訊',
    'no-promise': '不作承諾',
    'no-fault-admitted': '不承認過錯',
    'nothing-ruled-out': '不含團隊禁用的詞句',
    'known-links': '只連結到我們自己的頁面',
    'no-mass-mention': '不群發提醒',
    language: '使用作者的語言',
    length: '符合平台長度',
    'not-repeated': '此對話中沒有說過',
    filled: '沒有未填的空',
    'clean-characters': '不含隱藏字元',
    'not-empty': '內容不為空',
    'no-note': '不含同事的備註',
    'fits-type': '符合問題類型',
  },
};

/** What to do where one fails. English has none: what the guard rail itself says knows more. */
export const CHECK_ADVICE: Readonly<Record<'zh-Hans' | 'zh-Hant', Words>> = {
  'zh-Hans': {
    'no-secret-asked': '似乎在索要密码、验证码、密钥或卡号。请改为指向官方渠道。',
    'nothing-about-account': '只说明该怎么做；账户情况请在官方渠道处理。',
    'no-personal-data': '似乎含有个人信息。请删去，细节应在官方渠道提供。',
    'no-promise': '似乎承诺了赔款、结果或时间。请只说下一步怎么做。',
    'no-fault-admitted': '似乎承认了过错。请为带来的不便致歉，原因留给调查人员说明。',
    'nothing-ruled-out': '含有团队禁用的词句（见“设置”里的“安全检查”）。请换一种说法。',
    'known-links': '这个链接不在工作区的名单上。请使用名单内的地址，或申请加入。',
    'no-mass-mention': '会同时提醒很多人，请删去。',
    language: '与作者使用的语言或字体不同。请换用对应语言的模板，或翻译。',
    length: '超出平台的长度，请缩短。',
    'not-repeated': '我们在这个对话中已经这样说过。请换一个模板，或补充新内容。',
    filled: '双大括号中的位置没有填写，请换成文字。',
    'clean-characters': '含有隐藏、损坏或易混淆的字符。请重新输入那一处。',
    'not-empty': '没有文字，请写回复。',
    'no-note': '含有同事的备注。备注只给同事看，请换种说法。',
    'fits-type': '这份草稿是为另一种问题类型写的。请改写，或忽略这条提及。',
  },
  'zh-Hant': {
    'no-secret-asked': '似乎在索取密碼、驗證碼、金鑰或卡號。請改為指向官方管道。',
    'nothing-about-account': '只說明該怎麼做；帳戶情況請在官方管道處理。',
    'no-personal-data': '似乎含有個人資訊。請刪去，細節應在官方管道提供。',
    'no-promise': '似乎承諾了賠款、結果或時間。請只說下一步怎麼做。',
    'no-fault-admitted': '似乎承認了過錯。請為帶來的不便致歉，原因留給調查人員說明。',
    'nothing-ruled-out': '含有團隊禁用的詞句（見「設定」裡的「安全檢查」）。請換一種說法。',
    'known-links': '這個連結不在工作區的名單上。請使用名單內的網址，或申請加入。',
    'no-mass-mention': '會同時提醒很多人，請刪去。',
    language: '與作者使用的語言或字體不同。請換用對應語言的範本，或翻譯。',
    length: '超出平台的長度，請縮短。',
    'not-repeated': '我們在這個對話中已經這樣說過。請換一個範本，或補充新內容。',
    filled: '雙大括號中的位置沒有填寫，請換成文字。',
    'clean-characters': '含有隱藏、損壞或易混淆的字元。請重新輸入那一處。',
    'not-empty': '沒有文字，請寫回覆。',
    'no-note': '含有同事的備註。備註只給同事看，請換種說法。',
    'fits-type': '這份草稿是為另一種問題類型寫的。請改寫，或略過這則提及。',
  },
};

export function checkName(name: string, lang: ReplyLanguage): string {
  return CHECK_NAMES[lang][name] ?? name;
}

/**
 * What a failed guard rail found, in the language of the reader: the advice of that language, with the piece of the draft
 * that was quoted.
 */
export function checkWords(name: string, why: string, lang: ReplyLanguage): string {
  const advice = lang === 'en' ? undefined : CHECK_ADVICE[lang][name];
  if (!advice) return why;
  const piece = /“[^”]*”/.exec(why)?.[0];
  return piece ? `${advice} ${piece}` : advice;
}
