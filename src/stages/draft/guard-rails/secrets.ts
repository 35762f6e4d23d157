import { fold, type GuardRail, quoted, sentences } from './reply.ts';

/**
 * Nobody at a payments company asks for a secret in public, or anywhere else. Warnings against it ("never share your
 * code") are what a reply should say, so the rule reads who asks whom, and what is negated.
 *
 * All secrets become the sign § first, lists of them one sign, so that the patterns stay readable.
 */
const SECRETS_EN =
  /\b(?:(?:your|the|a|an|any|my|our|their|that|this|these|those|his|her|full|complete|entire|whole|current|old|new|account|login|sign-in|wallet|card|bank|credit|debit|security|verification|confirmation|authentication|auth|activation|access|one-time|one time|single-use|2fa|mfa|sms|email|e-mail|text|secret|private|backup|recovery|reset|payment|transaction|atm|\d{1,2}[- ]digit|four-digit|six-digit|personal|national|passport|id|identity|social security)\s+)*(?:passwords?|passcodes?|passphrases?|passwd|pwd|pins?(?: codes?| numbers?)?|(?<!(?:error|qr|promo|promotion|discount|invite|referral|country|area|postal|zip|sort|source|status) )codes?|otps?|tokens?|cvvs?|cvcs?|private keys?|secret keys?|api keys?|(?<=(?:private|secret|recovery|security|wallet) )keys?|seed phrases?|seeds?|(?:recovery|seed|secret|backup|wallet|12[- ]word|24[- ]word|twelve[- ]word) (?:phrases?|words?)|(?:12|24|twelve|twenty-four) words|mnemonics?(?: phrases?)?|login (?:details|data|credentials)|credentials|(?:card|account|passport|id|identity|social security) numbers?|ssn|date of birth)(?![\p{L}\p{N}])/gu;
const SECRETS_ZH =
  /(?:(?:您|你|本人|客户|用户)的?)?(?:(?:账户|账号|登录|支付|交易|取款|银行卡|信用卡|钱包|短信|手机|邮箱|电话|动态|一次性|完整|当前|原|旧|新|收到|六位|四位|\d+ ?位|个人|这个|该|的)+)?(?:密码|口令|验证码|校验码|动态码|安全码|确认码|授权码|pin ?码?|otp|cvv2?|cvc|私钥|密钥|助记词|助记短语|种子短语|种子词|恢复短语|恢复词|银行卡号|信用卡号|卡号|身份证号码?|身份证号|身分证号码?|护照号码?|证件号码?|账号密码)/gu;
const LIST = /§(?:[\s,、，/&+]*(?:(?:and|or|nor|plus)\b|和|或者?|以及|及|与|还有)?[\s,、，/&+]*§)+/gu;

function mark(folded: string): string {
  return folded.replaceAll('§', ' ').replace(SECRETS_ZH, '§').replace(SECRETS_EN, '§').replace(LIST, '§');
}

// ---------------------------------------------------------------------------------------------------------------------
// English

const GIVE =
  'send|share|tell|give|provide|dm|pm|message|text|e-?mail|mail|reply|respond|answer|post|submit|forward|read|confirm|verify|supply|quote|include|drop|leave|show|hand|pass|upload|write|paste|type|enter|disclose|reveal|comment|add|put|let us (?:know|have)|fill in';
const GIVING =
  'sending|sharing|telling|giving|providing|posting|submitting|forwarding|confirming|verifying|entering|replying|typing|messaging|dming';
/** Where an order or an infinitive begins; "the e-mail" and "a text" begin none. */
const ORDER = new RegExp(
  `(?:^|[,:)(–—"'-]\\s*|\\b(?:please|pls|plz|just|kindly|simply|and|or|to|you|can|could|must|should|will|would|may|might|then|now|first|also|do|'ll|us|me|either|only|ever|never|not|don't|dont|quickly|again|so)\\s+)(?<verb>${GIVE})\\b(?<gap>[^§]{0,60})§`,
  'gu',
);
const BY_GIVING = new RegExp(
  `\\b(?:by|mind|try|consider|start|upon|after|with|keep)\\s+(?:you\\s+)?(?<verb>${GIVING})\\b(?<gap>[^§]{0,40})§`,
  'gu',
);
/** "Send an e-mail, then change your password" gives nothing away. */
const OTHER_VERB =
  /\b(?:change|changing|reset|resetting|choose|set|setting|update|create|turn|protect|forgot|forgotten|forget|lost|about|regarding|if|because|without|keep|expired?|never|not|no|none|nobody|no one|hide|cover)\b|n't\b|^\s*out\b/u;
/** The code goes to the author, or into the app itself. */
const TO_AUTHOR = /^\s*(?:you|them|him|her|customers|users)\b/u;
const IN_THE_APP =
  /^[^§]{0,20}\b(?:in|into|on|inside)\s+(?:the|our|your)\s+(?:official\s+)?(?:[\p{L}\p{N}]+\s+)?(?:app|sign-in page|login page|website)\b/u;
const OURS_ASK =
  /\b(?:we|i|our (?:team|staff|agents?|colleagues?)|support|agents?)\b(?<before>[^§]{0,30}?)\b(?:need|needs|require|requires|want|wants|ask|asks|request|requests|must have|are missing|is missing)\b(?<gap>[^§]{0,30})§/gu;
const BARE_ASK = [
  /(?:^|[,:]\s*)(?:and\s+|or\s+)?§\s*,?\s*(?:please|pls|plz)\s*$/u,
  /\bwhat(?:'s|\s+is|\s+was|\s+are)\s+§/u,
  /\b(?:can|could|may|might)\s+(?:we|i)\s+(?:please\s+)?(?:have|get|see|know|take)\b[^§]{0,20}§/u,
  /\b(?:can't|cannot|can not|unable|not able|won't be able|impossible)\b[^§]{0,60}\b(?:without|until|unless|before)\b[^§]{0,30}§/u,
  /\b(?:if|unless|until)\s+you\s+(?:do\s+not|don't|dont|fail to|refuse to)?\s*(?:send|share|give|provide|tell)\b[^§]{0,30}§[^§]*\b(?:cannot|can't|unable|not be able|will be|lose|closed|blocked)\b/u,
  /\bwithout\s+§[^§]{0,10}\b(?:we|i)\s+(?:cannot|can't|are unable|am unable)/u,
];
const ASKED_BY_OTHERS =
  /\b(?:ask|asks|asked|asking|tells?|told|telling|wants?|urges?|pressures?|requests?|demands?|invites?|pushes)\s+(?:you|people|users|customers|for you)?\s*to\s*$/u;
const WE = /\b(?:we|i|our (?:team|staff|agents?))\b/u;

/** What stands between a negation and its verb in "do not ever, in public or elsewhere, share". */
const NOT_VERB = new RegExp(
  `(?:\\b(?:not|cannot|avoid|stop|refuse to|refuse|no need to|no reason to|without|neither|nor)|n't|\\bdont)(?:[\\s,]+(?:ever|please|under any circumstances|you|to|ask|asks|asking|need|have|us|we|will|would|should|be|asked|in public|publicly|openly|here|there|try|want|going|again|simply|or|and|also|even|${GIVE}|${GIVING}))*[\\s,]*$`,
  'u',
);
const NEVER =
  /\b(?:never|nobody|no one|no-one|none of us|no employee|no agent|nor do we|under no circumstances)\b(?!\s+mind)(?:(?!\b(?:so|but|just|please|instead|then|if|when|because|however|unless)\b|,\s*(?!or\b|nor\b|and\b|ever\b|not\b|under\b))[\s\S])*$/u;
const NO_NEGATION =
  /\b(?:don't|do not|dont|not)\s+(?:hesitate|forget|worry|wait|be afraid|be shy|only|delay)\b|\bnever mind\b|\bwhy (?:not|don't you)\b/gu;

function negated(before: string): boolean {
  const honest = before.replace(NO_NEGATION, ' ');
  return NEVER.test(honest) || NOT_VERB.test(honest);
}

function askedInEnglish(sentence: string): string | undefined {
  for (const pattern of BARE_ASK) {
    const match = pattern.exec(sentence);
    if (match && !NEVER.test(sentence.slice(0, match.index))) return match[0];
  }
  for (const match of sentence.matchAll(OURS_ASK)) {
    const before = sentence.slice(0, match.index) + match[0].slice(0, match[0].lastIndexOf(match.groups?.gap ?? ''));
    const words = before.replace(/\s*\b\w+\s*$/u, ' ');
    if (!negated(words) && !OTHER_VERB.test(match.groups?.gap ?? '')) return match[0];
  }
  for (const pattern of [ORDER, BY_GIVING]) {
    for (const match of sentence.matchAll(pattern)) {
      const { verb = '', gap = '' } = match.groups ?? {};
      const at = match.index + match[0].length - 1 - gap.length - verb.length;
      const before = sentence.slice(0, at);
      if (OTHER_VERB.test(gap) || TO_AUTHOR.test(gap) || negated(before)) continue;
      if (ASKED_BY_OTHERS.test(before) && !WE.test(before)) continue;
      if (
        /^(?:enter|type|confirm|fill in)/u.test(verb) &&
        IN_THE_APP.test(sentence.slice(match.index + match[0].length))
      )
        continue;
      if (/\bwe(?:'ll| will| would| can| could| also)?\s+$/u.test(before)) continue;
      return match[0];
    }
  }
  return undefined;
}

// ---------------------------------------------------------------------------------------------------------------------
// Chinese

const GIVE_ZH =
  '发送|发来|发给|发到|发|告诉|告知|提供|提交|给出|给|私信|回复|评论|报|念|说|填写|填|输入|分享|透露|泄露|转发|上传|留下|留|出示|核对|确认|验证|交出|交|贴出|贴|写|补充|附上';
const ASK_ZH = new RegExp(`(?<verb>${GIVE_ZH})(?<gap>[^§]{0,14})§`, 'gu');
const HAND_OVER_ZH =
  /§(?<gap>[^§]{0,10}?)(?<verb>发给|发送给|发送到|发送至|发到|发来|发过来|发我|发一下|告诉|告知|提供|给我|给客服|给出|报给|报一下|私信|回复|转发|提交|留在|留下|说一下|念|贴|写在|打在|交给)(?<after>[^§]{0,8})/gu;
const WE_NEED_ZH =
  /(?:我们|客服|我方|我这边|这边|小编|专员|工作人员)(?<before>[^§]{0,12}?)(?:需要|想要|得要|索要|索取|询问|会问|要求|要)(?<gap>[^§]{0,8})§/gu;
const BARE_ASK_ZH = [
  /§(?:是多少|是什么|多少|呢|麻烦|谢谢)/u,
  /(?:如果|如|若|要是|假如)?(?:您|你)?(?:不|没有?)(?:提供|发|给|告诉|告知|回复)[^§]{0,6}§[^§]*(?:无法|不能|没法|将被|就会)/u,
  /(?:没有|无)§[^§]{0,8}(?:我们|客服)[^§]{0,4}(?:无法|不能|没法)/u,
  /除非[^§]{0,6}(?:提供|发|给|告诉)[^§]{0,6}§/u,
];
const NOT_ZH =
  /(?:不要|请勿|切勿|勿|别|不会|不需要|无需|不必|不用|从不|绝不|决不|永远不|不得|不能|不可|不应|不该|禁止|避免|拒绝|没有必要|没必要|不)(?!忘|担心|犹豫|妨|客气|着急|介意|仅|但|只|好意思|用担心|要担心|要忘|要着急|用着急|要犹豫|知道|清楚|放心)[^。§]{0,24}$/u;
const NOT_ZH_BREAK = /[,，:：](?!也|更|或|以及|和|无论|不论|不管)/u;
const ASKED_BY_OTHERS_ZH = /(?:要求|让|叫|诱导|骗|逼|催|索要|索取)(?:您|你|大家|用户|客户)?(?:去)?$/u;
const WE_ZH = /我们|我方|本客服/u;
const OTHER_VERB_ZH =
  /修改|更改|重置|找回|设置|设定|更换|换|忘记|忘|关于|改|勿|不|后再|遮|隐藏|打码|保管|保护|开启|把|将/u;
const TO_AUTHOR_ZH = /(?:给|向|为|到|至)(?:您|你)(?:的)?[^§]{0,6}$/u;
const TO_AUTHOR_GAP_ZH = /^(?:给|到|至|送到|送给)?(?:您|你)的?(?:手机|邮箱|注册|一个|一条|[^§]{0,2}$)/u;
const IN_THE_APP_ZH = /(?:在|到|进入|打开)[^§]{0,8}(?:app|应用|登录页面?|官网|官方|页面)[^§]{0,8}$/u;

/** The part of the text before a verb that a negation can reach from: back to the last comma that opens a new thought. */
function reachZh(before: string): string {
  const parts = before.split(NOT_ZH_BREAK);
  return parts[parts.length - 1] ?? '';
}

function askedInChinese(sentence: string): string | undefined {
  for (const pattern of BARE_ASK_ZH) {
    const match = pattern.exec(sentence);
    if (match) return match[0];
  }
  for (const match of sentence.matchAll(WE_NEED_ZH)) {
    const before = reachZh(sentence.slice(0, match.index) + (match.groups?.before ?? ''));
    if (!NOT_ZH.test(before) && !OTHER_VERB_ZH.test(match.groups?.gap ?? '')) return match[0];
  }
  for (const match of sentence.matchAll(ASK_ZH)) {
    const { verb = '', gap = '' } = match.groups ?? {};
    const before = reachZh(sentence.slice(0, match.index));
    if (OTHER_VERB_ZH.test(gap) || NOT_ZH.test(before)) continue;
    if (TO_AUTHOR_GAP_ZH.test(gap) || TO_AUTHOR_ZH.test(before)) continue;
    if (ASKED_BY_OTHERS_ZH.test(before) && !WE_ZH.test(before)) continue;
    if (/^(?:输入|填)/u.test(verb) && IN_THE_APP_ZH.test(before)) continue;
    if (/^(?:说|写|报|念|验证|确认|核对|给)$/u.test(verb) && !/(?:请|麻烦|需|您|你|把|先|再|^)\s*$/u.test(before))
      continue;
    return match[0];
  }
  for (const match of sentence.matchAll(HAND_OVER_ZH)) {
    const { gap = '', after = '' } = match.groups ?? {};
    const before = reachZh(sentence.slice(0, match.index));
    if (NOT_ZH.test(before) || NOT_ZH.test(gap) || OTHER_VERB_ZH.test(gap)) continue;
    if (/^(?:您|你|注册|登记|绑定)/u.test(after) || TO_AUTHOR_ZH.test(`${gap}到${after}`)) continue;
    if (ASKED_BY_OTHERS_ZH.test(before) || ASKED_BY_OTHERS_ZH.test(gap)) continue;
    return match[0];
  }
  return undefined;
}

/** The words that ask for a secret, or nothing. */
export function asksForSecret(text: string): string | undefined {
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
  title: { en: 'Asks for no secret', 'zh-Hans': '不索要密码或验证码', 'zh-Hant': '不索要密碼或驗證碼' },
  check: ({ text }) => {
    const asked = asksForSecret(text);
    if (!asked) return undefined;
    return `It seems to ask for a password, code, key or card number (${quoted(asked.replaceAll('§', '[secret]'))}). Never ask for one; name the official channel instead.`;
  },
};
