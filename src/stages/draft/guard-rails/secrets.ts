import { fold, type GuardRail, quoted, sentences } from './reply.ts';
import { askedInChinese } from './secrets-chinese.ts';
import { askedInEnglish } from './secrets-english.ts';

/**
 * Nobody at a payments company asks for a secret in public, or anywhere else. Warnings against it ("never share your
 * code") are what a reply should say, so the rule reads who asks whom, and what is negated.
 *
 * All secrets become the sign § first, lists of them one sign, so that the patterns stay readable.
 */
const SECRETS_EN =
  /\b(?:(?:your|the|a|an|any|my|our|their|that|this|these|those|his|her|full|complete|entire|whole|current|old|new|account|login|sign-in|wallet|card|bank|credit|debit|security|verification|confirmation|authentication|auth|activation|access|one-time|one time|single-use|2fa|mfa|(?:sms|e-?mail|text)(?=\s+(?:verification\s+|one-time\s+)?codes?)|(?<=\b(?:your|my|the|an?|our|their)\s)(?:sms|e-?mail|text)|secret|private|backup|recovery|reset|payment|transaction|atm|\d{1,2}[- ]digit|four-digit|six-digit|personal|national|passport|id|identity|social security)\s+)*(?:passwords?|passcodes?|passphrases?|passwd|pwd|pins?(?: codes?| numbers?)?|(?<!(?:error|qr|promo|promotion|discount|invite|referral|country|area|postal|zip|sort|source|status) )codes?|otps?|tokens?|cvvs?|cvcs?|private keys?|secret keys?|api keys?|(?<=(?:private|secret|recovery|security|wallet) )keys?|seed phrases?|seeds?|(?:recovery|seed|secret|backup|wallet|12[- ]word|24[- ]word|twelve[- ]word) (?:phrases?|words?)|(?:12|24|twelve|twenty-four) words|mnemonics?(?: phrases?)?|login (?:details|data|credentials)|credentials|(?:card|account|passport|id|identity|social security) numbers?|ssn|date of birth)(?![\p{Script=Latin}\p{N}])/gu;
const SECRETS_ZH =
  /(?:(?:您|你|本人|客户|用户)的?)?(?:(?:账户|账号|登录|支付|交易|取款|银行卡|信用卡|钱包|短信|手机|邮箱|电话|动态|一次性|完整|当前|原|旧|新|收到|六位|四位|\d+ ?位|个人|这个|该|的)+)?(?:密码|口令|验证码|校验码|动态码|安全码|确认码|授权码|pin ?码|私钥|密钥|助记词|助记短语|种子短语|种子词|恢复短语|恢复词|银行卡号|信用卡号|卡号|身份证号码?|身份证号|身分证号码?|护照号码?|证件号码?|账号密码)/gu;
const LIST = /§(?:[\s,、，/&+]{0,3}(?:(?:and|or|nor|plus)\b|和|或者?|以及|及|与|还有)?[\s,、，/&+]{0,3}§)+/gu;

function mark(folded: string): string {
  return folded.replaceAll('§', ' ').replace(SECRETS_ZH, '§').replace(SECRETS_EN, '§').replace(LIST, '§');
}

/** The words that ask for a secret, or nothing. */
function asksForSecret(text: string): string | undefined {
  for (const sentence of sentences(mark(fold(text)))) {
    for (const part of sentence.split(/\b(?:but|however|instead)\b|但是?|不过|然而|而是/u)) {
      const asked = part.includes('§') ? (askedInEnglish(part) ?? askedInChinese(part)) : undefined;
      if (asked) return asked;
    }
  }
  return undefined;
}

export const noSecretAsked: GuardRail = {
  name: 'no-secret-asked',
  check: ({ text }) => {
    const asked = asksForSecret(text);
    if (!asked) return undefined;
    return `It seems to ask for a password, code, key or card number (${quoted(asked.replaceAll('§', '[secret]'))}). Never ask for one; name the official channel instead.`;
  },
};
