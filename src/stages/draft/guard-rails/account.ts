import { fold, type GuardRail, quoted, sentences } from './reply.ts';

/**
 * Where fraud or a legal matter is spoken of, a reply in public says nothing about anybody's account: not what state it is
 * in, not what was found there. Whoever reads along may be the thief. Advice on what to do is no statement.
 */
const STATEMENTS = [
  /\b(?:we|i|our team)(?:'ve| have| can| could)? (?:see|saw|seen|found|checked|reviewed|looked (?:at|into)|looked up|located|verified|identified|confirmed|notice|noticed)(?: that)? (?:\w+ ){0,3}your (?:account|wallet|card|transactions?|transfers?|payments?|balance|case|records?|details)\b/u,
  /\byour (?:account|wallet|card|transactions?|transfers?|payments?|balance|case|refund|claim|dispute) (?:is|was|were|has|have|had)(?: been| now| still| already| not)* (?:\w+ )?(?:locked|frozen|blocked|suspended|closed|hacked|stolen|compromised|flagged|limited|restricted|verified|safe|empty|reversed|cancelled|refunded|approved|rejected|denied|restored|unlocked|under review|being reviewed|opened|changed|active)\b/u,
  /(?:我们|我方|我|客服|后台|系统)[^,，。]{0,6}(?:查到|看到|发现|核实|确认|查询到|检测到)[^,，。]{0,8}(?:您|你)的?(?:账户|帐户|账号|帐号|钱包|卡|交易|转账|付款|余额|订单|记录)/u,
  /(?:您|你)的(?:账户|帐户|账号|帐号|钱包|银行卡|卡|交易|转账|付款|退款|申诉|案件)(?:目前|现在|当前)?(?:已经?|已被|被|正在|正被|处于|没有|未)[^,，。]{0,6}(?:冻结|锁定|限制|封禁|盗|关闭|注销|解冻|解锁|恢复|审核|处理|退回|撤销|通过|驳回|异常|安全|修改)/u,
];

export const nothingAboutAccount: GuardRail = {
  name: 'nothing-about-account',
  check: ({ text, regulated }) => {
    if (!regulated) return undefined;
    for (const sentence of sentences(fold(text))) {
      // "If your account was locked" says nothing about theirs.
      if (/\b(?:if|whether|in case|when)\b|如果|如|若|是否|一旦|万一/u.test(sentence)) continue;
      for (const pattern of STATEMENTS) {
        const said = pattern.exec(sentence);
        if (said)
          return `It says something about the author's account (${quoted(said[0])}), where everybody can read it. Say what to do, and leave what is known about it to the official channel.`;
      }
    }
    return undefined;
  },
};
