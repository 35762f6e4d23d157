import type { Messages } from './en.ts';

/** 常备答案 */
export const zhHansAnswers: Messages['answers'] = {
  intro:
    '成员在 Discord 用 /faq 直接看到的内容，中间没有人把关：只有由具名人员批准、且与批准时一致的文本。帮助网站也由这些文章生成。',
  count: (approved, all) => `${all} 条中已批准 ${approved} 条`,
  write: '写一条答案',
  read: '成员看到的样子',
  approvedBy: (name, when) => `由 ${name} 批准，${when}`,
  waiting: '等待批准',
  changed: '批准之后有改动',
  proposedTag: '提议',
  proposedBy: (name, when) => `由 ${name} 提议，${when}`,
  approve: '批准',
  approveThis: '批准此文本',
  edit: '编辑',
  withdraw: '撤回',
  discard: '放弃',
  propose: '提议',
  howTo:
    '标题以 ## 开头，步骤以 1. 开头，要点以 - 开头，每段一行。{{product}}、{{helpUrl}} 和 {{supportEmail}} 会自动填入。批准之前，成员看到的仍是原来的文本。',
  proposed: '已提议。有批准权限的人批准后，成员就能看到。',
  approved: '已批准，成员可以看到。',
  withdrawn: '已撤回，成员不再看到。',
  discarded: '已放弃。',
  whose: '负责团队',
  everybody: '全部',
  owner: (owner) => `负责：${owner}`,
  checked: (day) => `${day} 对照过产品`,
  checkedBy: (name, day) => `${name} 于 ${day} 对照过产品`,
  due: (day) => `下次不晚于 ${day}`,
  overdue: (day) => `应在 ${day} 检查`,
  overdueCount: (_, text) => `${text} 篇文章已过检查日期：请对照产品阅读，改掉不再正确的地方，然后确认。`,
  overdueTag: (n) => `${n} 篇待检查`,
  checkedToday: '今天已检查',
  checkedDone: '已记下，并署上您的名字。草稿和帮助网站以它为准。',
};
