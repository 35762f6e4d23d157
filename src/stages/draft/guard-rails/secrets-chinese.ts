const GIVE_ZH =
  '发送|发来|发给|发到|发|告诉|告知|提供|提交|给出|给|私信|回复|评论|报|念|说|填写|填|输入|分享|透露|泄露|转发|上传|留下|留|出示|核对|确认|验证|交出|交|贴出|贴|写|补充|附上';
const ASK_ZH = new RegExp(`(?<verb>${GIVE_ZH})(?=(?<gap>[^§]{0,14})§)`, 'gu');
const HAND_OVER_ZH =
  /§(?<gap>[^§]{0,10}?)(?<verb>发给|发送给|发送到|发送至|发到|发来|发过来|发我|发一下|告诉|告知|提供|给我|给客服|给出|报给|报一下|私信|回复|转发|提交|留在|留下|说一下|念|贴|写在|打在|交给)(?<after>[^§]{0,8})/gu;
const WE_NEED_ZH =
  /(?:我们|(?<!假|冒充|自称|冒牌|仿冒)客服|我方|我这边|这边|小编|专员|工作人员)(?<before>[^§]{0,12}?)(?:需要|想要|得要|索要|索取|询问|会问|要求|要)(?<gap>[^§]{0,8})§/gu;
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

/** A negation further away than this many characters belongs to something else. */
const REACH = 60;

/** The part of the text before a verb that a negation can reach from: back to the last comma that opens a new thought. */
function reachZh(before: string): string {
  const parts = before.split(NOT_ZH_BREAK);
  return parts[parts.length - 1] ?? '';
}

/** The same for a Chinese sentence. */
export function askedInChinese(sentence: string): string | undefined {
  for (const pattern of BARE_ASK_ZH) {
    const match = pattern.exec(sentence);
    if (match) return match[0];
  }
  for (const match of sentence.matchAll(WE_NEED_ZH)) {
    const before = reachZh(
      sentence.slice(Math.max(0, match.index - REACH), match.index) + (match.groups?.before ?? ''),
    );
    if (!NOT_ZH.test(before) && !OTHER_VERB_ZH.test(match.groups?.gap ?? '')) return match[0];
  }
  for (const match of sentence.matchAll(ASK_ZH)) {
    const { verb = '', gap = '' } = match.groups ?? {};
    const before = reachZh(sentence.slice(Math.max(0, match.index - REACH), match.index));
    if (OTHER_VERB_ZH.test(gap) || NOT_ZH.test(before) || /^[了过]/u.test(gap)) continue;
    if (TO_AUTHOR_GAP_ZH.test(gap) || TO_AUTHOR_ZH.test(before)) continue;
    if (ASKED_BY_OTHERS_ZH.test(before) && !WE_ZH.test(before)) continue;
    if (/^(?:输入|填)/u.test(verb) && IN_THE_APP_ZH.test(before)) continue;
    if (/^(?:说|写|报|念|验证|确认|核对|给)$/u.test(verb) && !/(?:请|麻烦|需|您|你|把|先|再|^)\s*$/u.test(before))
      continue;
    return match[0];
  }
  for (const match of sentence.matchAll(HAND_OVER_ZH)) {
    const { gap = '', after = '' } = match.groups ?? {};
    const before = reachZh(sentence.slice(Math.max(0, match.index - REACH), match.index));
    if (NOT_ZH.test(before) || NOT_ZH.test(gap) || OTHER_VERB_ZH.test(gap)) continue;
    if (
      /^(?:[了过]|您|你|别人|他人|陌生人|任何人|对方|注册|登记|绑定)/u.test(after) ||
      TO_AUTHOR_ZH.test(`${gap}到${after}`)
    )
      continue;
    if (ASKED_BY_OTHERS_ZH.test(before) || ASKED_BY_OTHERS_ZH.test(gap)) continue;
    return match[0];
  }
  return undefined;
}
