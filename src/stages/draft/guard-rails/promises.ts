import { fold, type GuardRail, quoted, sentences } from './reply.ts';

/**
 * A reply in public binds the company. It promises no money, no outcome and no time, and admits no fault: that is for
 * the people who know the case, in the official channel.
 */
const ADVICE_EN =
  /^\s*(?:please\s+)?(?:(?:you (?:can|could|may|might)\s+)?(?:try|wait|check|look|come back|restart|retry|give it))\b/u;
const NOT_PROMISING_EN =
  /\b(?:cannot|can't|can not|not able to|unable to|no one can|nobody can|don't want to|do not want to|won't|will not|shouldn't|should not|never)\b[^,]{0,30}\b(?:promise|guarantee|say|tell|predict|commit)\b|\bno (?:promises?|guarantees?)\b|\b(?:whether|anyone who|someone who|whoever|if someone|offers? to|claims? (?:to|that)|scammers?|fraudsters?)\b/u;

const US =
  '(?:we|i|our \\w+|they|support|someone|it|this|that|everything|the (?:issue|problem|team|matter|money|payment|transfer|bug|app|service|fix|balance|amount)|your (?:money|funds?|payment|account|transfer|top-up|refund|balance|card|case|issue|problem))';
const WILL = "(?:'ll|\\s+will|\\s+shall|\\s+is going to|\\s+are going to|\\s+should)";
const MONEY_EN = [
  /\b(?:we|i|they|our team|support)(?:'ll|'re going to|\s+will|\s+shall|\s+are going to|\s+can|\s+would)\s+(?:\w+\s+){0,3}?(?:refund|compensate|reimburse|repay|pay (?:you|back|for)|return (?:your|the)|credit (?:you|your|the|\d)|cover (?:your|the|any)|make (?:it|this) (?:right|up)|make good|waive|give you (?:\w+ ){0,3}(?:back|refund|credit|voucher))/u,
  /\b(?:will|shall|gets?|be|being|is going to be|are going to be)\s+(?:\w+\s+){0,2}?(?:be\s+)?(?:fully\s+)?(?:refunded|compensated|reimbursed|credited|repaid|returned to you|paid back)\b/u,
  /\byou(?:'ll|\s+will|\s+are going to)\s+(?:\w+\s+){0,2}?(?:get|receive|see|have)\s+(?:\w+\s+){0,3}?(?:money|funds?|refund|cash|compensation|balance|back)\b/u,
  /\b(?:money|funds?|amount|payment|balance|transfer|fees?|charges?)\s+(?:will|shall|is going to|are going to)\s+be\s+(?:\w+\s+)?(?:returned|waived|reversed|back|refunded|credited|sent back|restored)\b/u,
  /\b(?:refund|compensation|reimbursement|credit)\s+(?:is|has been|was|are|will be|shall be)\s+(?:\w+\s+)?(?:paid|made|on (?:its|the) way|approved|issued|guaranteed|coming|processed)\b/u,
  /\bwe\s+(?:always|usually|normally|do)\s+(?:refund|compensate|reimburse|pay back)\b|\b(?:full refund|free of charge as|goodwill (?:credit|payment)|entitled to (?:a |your )?(?:refund|compensation)|your money back)\b/u,
  /\b(?:we|i)(?:\s+can)?\s+(?:personally\s+|hereby\s+)?(?:promise|guarantee|assure|pledge|give you (?:my|our) word)\b|\b(?:is|are)\s+guaranteed\b|\brest assured\b|\bguaranteed?\s+(?:refund|to|that)\b/u,
  /\byour\s+(?:money|funds?|savings|balance|assets)\s+(?:is|are|will be|stays?|remains?)\s+(?:\w+\s+)?(?:safe|secure|insured|protected|not lost)\b/u,
  /\byou\s+(?:will not|won't|cannot|can't)\s+lose\b/u,
];
const TIME_WORD =
  '(?:soon|shortly|today|tomorrow|tonight|asap|immediately|right away|straight away|at once|in no time|momentarily|any minute|any moment|this (?:week|morning|afternoon|evening)|next week|before (?:the )?(?:weekend|end of|evening|noon|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)|by (?:the end of|monday|tuesday|wednesday|thursday|friday|saturday|sunday|noon|tonight|tomorrow|next)|(?:with)?in\\s+(?:the next\\s+|about\\s+|around\\s+|less than\\s+)?(?:a|an|one|two|three|four|five|six|seven|ten|\\d+|\\d+\\s*[-–]\\s*\\d+|few|a few|a couple of|several)\\s*(?:business |working )?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?))';
const TIME_EN = [
  new RegExp(`\\b${US}${WILL}\\b[^,]{0,80}?\\b${TIME_WORD}\\b`, 'u'),
  new RegExp(
    `\\b(?:be|is|are|get|gets)\\s+(?:\\w+\\s+)?(?:resolved|fixed|solved|unlocked|unfrozen|restored|released|back|working|available|done|completed|answered|settled)\\b[^,]{0,30}\\b${TIME_WORD}\\b`,
    'u',
  ),
  new RegExp(
    `\\b(?:expect|get|receive|have)\\s+(?:\\w+\\s+){0,3}(?:reply|answer|response|update|call|email|refund|money|solution|fix)\\b[^,]{0,30}\\b${TIME_WORD}\\b`,
    'u',
  ),
  /\b(?:within|in less than)\s+(?:the next\s+)?(?:a|an|one|two|three|\d+|\d+\s*[-–]\s*\d+|a few|a couple of)\s*(?:business |working )?(?:minutes?|mins?|hours?|hrs?|days?|weeks?)\b/u,
  /\bwe(?:'ll|\s+will)\s+(?:fix|solve|resolve|unlock|unfreeze|restore|release|recover)\b/u,
];

const ADVICE_ZH = /^\s*(?:请|建议|可以|您可以|不妨|若|如)[^,，]{0,12}(?:再试|重试|稍等|等待|留意|查看|联系|修改|开启)/u;
const NOT_PROMISING_ZH =
  /(?:无法|不能|不便|没法|不会|不敢|难以|不|没有人能|任何)[^,，]{0,10}(?:承诺|保证|担保|答应|确定|预计)|凡是|声称|自称|谎称|骗子|诈骗|是否|能否/u;
const MONEY_ZH = [
  /(?:会|将|可以?|能|一定|肯定|马上|立即|尽快|帮您|给您|为您|向您|予以|全额|已经?)[^,，。]{0,8}(?:退款|退还|退回|返还|返现|赔偿|赔付|补偿|补发|补给|退给|赔给|还给|垫付|减免|免除)/u,
  /(?:赔偿|补偿|退款|退还|赔付)(?:给您|给你|您的|会|将|金额|方案|一定|马上|已经|审核通过|在路上)/u,
  /(?:我们|我方|平台|我)[^,，。]{0,4}(?:保证|承诺|担保|确保|包赔)|(?:保证|承诺|担保|确保)(?:您|你|会|能|解决|到账|退|资金|一定|处理)|包赔|全额(?:退|赔)/u,
  /(?:钱|资金|款项|余额|资产|损失)[^,，。]{0,4}(?:一定|肯定|绝对|必定|百分之百|100%|完全|不会丢|不会少|不会有(?:任何)?损失|会(?:到账|回来|退|追回|还))/u,
  /(?:资金|钱|余额|账户)(?:都|是|很|非常)?(?:安全的|绝对安全|没有风险|零风险|有保险)|请(?:您)?(?:绝对)?放心[,，]?(?:钱|资金|您的)/u,
  /由(?:我们|我方|平台|我)[^,，。]{0,4}(?:赔|承担|负责|补|垫)/u,
  /(?:您|你)(?:绝对|肯定)?不会有[^,，。]{0,4}损失/u,
  /不会(?:让|使)(?:您|你)(?:有|受|遭受|蒙受)?[^,，。]{0,6}损失/u,
];
const SPAN_ZH =
  '(?:半|一|两|几|三|四|五|六|七|十|\\d+|\\d+\\s*[-–~至到]\\s*\\d+)\\s*个?\\s*(?:分钟|小时|钟头|天|日|工作日|星期|周|礼拜|月)';
const TIME_ZH = [
  new RegExp(
    `${SPAN_ZH}(?:之内|以内|内|左右|后)[^,，。]{0,10}(?:到账|处理|解决|回复|答复|恢复|解封|解冻|解锁|联系|完成|退|修复|给)`,
    'u',
  ),
  new RegExp(`(?:会|将|能|可|预计|保证|承诺|最快|最晚|最迟)[^,，。]{0,12}${SPAN_ZH}(?:之内|以内|内|左右|后)?`, 'u'),
  /(?:预计|最迟|最晚|最快)[^,，。]{0,6}(?:今天|今晚|明天|明早|后天|本周|这周|下周|周[一二三四五六日末])/u,
  /(?:会|将|能|马上就?|立刻|立即)[^,，。]{0,8}(?:马上|立刻|立即|很快|尽快|今天|今晚|明天|明早|本周|这周|下周|稍后|第一时间)[^,，。]{0,8}(?:到账|处理|解决|回复|答复|恢复|解封|解冻|解锁|联系|完成|修复|好|跟进)/u,
  /(?:马上|立刻|立即|很快|稍后|不久|今天|今晚|明天|明早|本周|这周|下周)(?:就|之内|内|就能|就会|会|能|可以|给您|为您|帮您)[^,，。]{0,8}(?:到账|处理|解决|回复|答复|恢复|解封|解冻|解锁|联系|完成|修复|好)/u,
  /(?:我们|我|客服|专员|同事|技术)(?:会|将)?(?:尽快|第一时间|马上|立即|立刻)[^,，。]{0,10}(?:处理|解决|回复|答复|恢复|解封|解冻|解锁|联系|修复|跟进)/u,
  /(?:一定|肯定|保证)(?:会|能|帮|给|为)?[^,，。]{0,8}(?:满意|解决|处理|恢复|解封|解冻|解锁|修复|找回|追回|到账)/u,
];

const FAULT_EN = [
  /\b(?:our|my)\s+(?:\w+\s+)?(?:fault|mistake|error|bad|negligence|failure|oversight|blunder|wrongdoing|bug)\b/u,
  /\bwe(?:'ve|\s+have)?\s+(?:\w+\s+)?(?:messed|screwed|fouled|slipped) up\b|\bwe\s+(?:got (?:it|this) wrong|dropped the ball|failed(?: you)?|lost your|broke|let you down|should(?:n't| not)? have)\b/u,
  /\bwe(?:'ve|\s+have)?\s+(?:\w+\s+)?made\s+(?:a|an|some|the)?\s*(?:\w+\s+)?(?:mistakes?|errors?)\b/u,
  /\b(?:we|i)(?:'re|'m|\s+are|\s+were|\s+am)\s+(?:\w+\s+)?(?:at fault|to blame|responsible|liable|in the wrong|wrong|guilty)\b/u,
  /\b(?:we|i)\s+(?:\w+\s+)?(?:take|accept|assume|admit|acknowledge)\s+(?:\w+\s+){0,2}(?:responsibility|liability|blame|fault|that we)\b/u,
  /\b(?:we|our (?:system|systems|server|servers|app|team|software|platform|service|update|bug|checks?))\s+(?:\w+\s+)?(?:caused|failed|crashed|broke|lost|wrongly|wrongfully|mistakenly|incorrectly|malfunctioned|leaked)\b/u,
  /\b(?:caused by|due to|because of)\s+(?:an?|our|the)\s+(?:\w+\s+)?(?:bug|error|mistake|fault|failure|problem|issue|glitch)\s+(?:in|on|at|of|with|within)\s+our\b/u,
  /\b(?:error|mistake|failure|fault|problem|issue|bug|glitch|outage)\s+(?:is|was|are|were|lies|lay)?\s*(?:on|at|with)\s+our\s+(?:side|end|part|system)\b/u,
  /\b(?:error|mistake|failure|fault|blunder|oversight)\s+(?:by|of|from)\s+our\b/u,
  /\b(?:apologi[sz]e|sorry)\s+(?:for|that)\s+(?:our|we)\b(?!\s+(?:cannot|can't|can not|could not|couldn't|are unable|missed you|hear))/u,
  /\b(?:inconvenience|trouble|damage|loss|harm)\s+(?:that\s+)?(?:we|our \w+)(?:'ve|\s+have)?\s+caused\b/u,
];
const NOT_ADMITTING_EN = /\b(?:not|never|isn't|wasn't|no)\b[^,]{0,20}$/u;
const FAULT_ZH = [
  /(?:是|都是|确实是|属于|由于|因为|因)?(?:我们|我方|本公司|平台|官方)(?:自己)?(?:的|这边的?|方面的?|内部的?|存在|工作|操作|系统|客服|员工|确实|有)*(?:错(?!误提示|误代码)|失误|过错|过失|疏忽|疏漏|责任|原因(?:造成|导致|引起)|锅|不对|做错|搞错|弄错|没(?:有|能)?[^,，。]{0,2}(?:做|处理|管理|保护|照顾)好|(?:处理|操作|判断|计算)错|的?漏洞|处理不当)/u,
  /(?:我们|我方|平台|本公司)[^,，。]{0,6}(?:承担|负)[^,，。]{0,6}(?:责任|后果|损失)/u,
  /(?:我们|我方|平台|本公司)(?:的)?[^,，。]{0,6}(?:造成|导致|引起|弄丢|误封|误判|误冻)/u,
  /(?:我们|我方|平台|本公司)(?:的|这边的?)?(?:系统|服务器|技术|程序|应用|后台|风控|更新|版本|服务)?(?:出错|出了?错|出了问题|出现(?:了)?(?:故障|错误|问题|异常)|有问题|有漏洞|有bug|故障|崩溃|崩了|挂了|的问题|误判)/u,
  /(?:系统|服务器|程序|技术)(?:故障|错误|漏洞|问题|bug)(?:造成|导致|引起)/u,
  /怪我们(?!吗)/u,
  /责任(?:完全|全)?在(?:我们|我方|平台|本公司)/u,
  /(?:抱歉|对不起|道歉)[^,，。]{0,4}(?:我们|是我们)(?:的|没|做|弄|搞|让您失望)/u,
];
const NOT_ADMITTING_ZH = /(?:不是|并非|非|不属于|不代表|并不)$/u;

function found(patterns: readonly RegExp[], clause: string): string | undefined {
  for (const pattern of patterns) {
    const match = pattern.exec(clause);
    if (match) return match[0];
  }
  return undefined;
}

const clausesOf = (sentence: string) => sentence.split(/,|，|\bbut\b|\bhowever\b|但是?|不过|然而|:|：/u);

/** The words that promise money, an outcome or a time, or nothing. */
export function promises(text: string): string | undefined {
  for (const sentence of sentences(fold(text))) {
    for (const clause of clausesOf(sentence)) {
      if (!NOT_PROMISING_EN.test(clause) && !NOT_PROMISING_ZH.test(clause)) {
        const promised =
          found(MONEY_EN, clause) ??
          found(MONEY_ZH, clause) ??
          (ADVICE_EN.test(clause) ? undefined : found(TIME_EN, clause)) ??
          (ADVICE_ZH.test(clause) ? undefined : found(TIME_ZH, clause));
        if (promised) return promised;
      }
    }
  }
  return undefined;
}

/** The words that admit a fault, or nothing. */
function admitsFault(text: string): string | undefined {
  for (const sentence of sentences(fold(text))) {
    for (const pattern of [...FAULT_EN, ...FAULT_ZH]) {
      const match = pattern.exec(sentence);
      if (!match) continue;
      const before = sentence.slice(Math.max(0, match.index - 60), match.index);
      if (!NOT_ADMITTING_EN.test(before) && !NOT_ADMITTING_ZH.test(before)) return match[0];
    }
  }
  return undefined;
}

export const noPromise: GuardRail = {
  name: 'no-promise',
  check: ({ text }) => {
    const promised = promises(text);
    return (
      promised &&
      `It seems to promise money, an outcome or a time (${quoted(promised)}). Say what the next step is, not how it ends or when.`
    );
  },
};

export const noFaultAdmitted: GuardRail = {
  name: 'no-fault-admitted',
  check: ({ text }) => {
    const admitted = admitsFault(text);
    return (
      admitted &&
      `It seems to admit a fault (${quoted(admitted)}). Say that you are sorry for the trouble, and leave the cause to those who examine it.`
    );
  },
};
