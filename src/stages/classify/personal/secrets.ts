import { AFTER, BEFORE, type Finder, NO_UNIT } from './finder.ts';

const CODE_WORD = `(?:verification code|security code|login code|one.time (?:code|password)|passcode|otp(?: code)?|2fa code|sms code|code|pin|验证码|校验码|动态码|动态密码|短信码|驗證碼|校驗碼|動態密碼|支付密码|支付密碼)`;
const CODE_LINK = String.raw`\s{0,3}(?:is|was|are|:|=|#|是|为|為|：|，|,)?\s{0,3}(?:["'“「])?`;
const NO_SECRET = String.raw`(?<!\b(?:error|status|area|zip|country|promo|referral|invite|invitation|coupon|discount|qr|source|postal|sort|swift|bar|dress)[ -]?)`;

/** Codes and passwords by the word that names them, and addresses of e-mail, also those written around a filter. */
export const SECRETS: readonly Finder[] = [
  {
    kind: 'email',
    needs: /@/,
    pattern:
      /(?<![\p{Script=Latin}\p{N}._%+-])[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N}._%+-]{0,63} ?@ ?(?:[\p{Script=Latin}\p{N}-]{1,63}\.){1,5}[\p{Script=Latin}]{2,24}/dgu,
  },
  {
    kind: 'email',
    needs: /[([]at[)\]]| at /i,
    pattern:
      /(?<![A-Za-z0-9._%+-])[A-Za-z0-9][A-Za-z0-9._%+-]{0,63} ?(?:[([]at[)\]]| at ) ?[A-Za-z0-9-]{1,63}(?: ?(?:\.|[([]dot[)\]]) ?[A-Za-z0-9-]{1,63}| dot [A-Za-z0-9-]{1,63}){1,5}/dgi,
    accept: (found) => /[([]at[)\]]/i.test(found) || / dot /i.test(found),
  },
  {
    kind: 'one-time-code',
    pattern: new RegExp(
      String.raw`${NO_SECRET}${CODE_WORD}${CODE_LINK}((?:[gG]-)?\d{4,8}|\d{3}[ -]\d{3})${AFTER}${NO_UNIT}`,
      'dgiu',
    ),
    group: 1,
  },
  {
    kind: 'one-time-code',
    pattern: new RegExp(
      String.raw`${BEFORE}(\d{4,8}|\d{3}[ -]\d{3})["'”」]?\s{0,2}(?:is (?:my|the|your)(?: [a-z]+){0,3} (?:code|otp|pin)|is (?:my|the|your) (?:code|otp|pin)|是(?:我的?|您的|你的)?(?:短信|手机|登录)?(?:验证码|校验码|驗證碼|动态码))`,
      'dgiu',
    ),
    group: 1,
  },
  {
    kind: 'one-time-code',
    pattern:
      /(?:(?<![A-Za-z])(?:password|passwd|pwd)|密码|密碼)\s?(?:is|was|:|=|是|为|為)\s?["'“「]?([!-~]{4,40}?)(?=["'”」]?(?:[^!-~]|[.,;!?](?:[^!-~]|$)|$))/dgi,
    group: 1,
    accept: (found) => /\d/.test(found),
  },
];
