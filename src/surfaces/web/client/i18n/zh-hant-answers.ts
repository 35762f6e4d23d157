import type { Messages } from './en.ts';

/** 常備答案 */
export const zhHantAnswers: Messages['answers'] = {
  intro:
    '成員在 Discord 用 /faq 直接看到的內容，中間沒有人把關：只有由具名人員核准、且與核准時一致的文字。說明網站也由這些文章產生。',
  count: (approved, all) => `${all} 則中已核准 ${approved} 則`,
  write: '寫一則答案',
  read: '成員看到的樣子',
  approvedBy: (name, when) => `由 ${name} 核准，${when}`,
  waiting: '等待核准',
  changed: '核准之後有改動',
  proposedTag: '提議',
  proposedBy: (name, when) => `由 ${name} 提議，${when}`,
  approve: '核准',
  approveThis: '核准此文字',
  edit: '編輯',
  withdraw: '撤回',
  discard: '放棄',
  propose: '提議',
  howTo:
    '標題以 ## 開頭，步驟以 1. 開頭，要點以 - 開頭，每段一行。{{product}}、{{helpUrl}} 和 {{supportEmail}} 會自動填入。核准之前，成員看到的仍是原來的文字。',
  proposed: '已提議。有核准權限的人核准後，成員就能看到。',
  approved: '已核准，成員可以看到。',
  withdrawn: '已撤回，成員不再看到。',
  discarded: '已放棄。',
  whose: '負責團隊',
  everybody: '全部',
  owner: (owner) => `負責：${owner}`,
  checked: (day) => `${day} 對照過產品`,
  checkedBy: (name, day) => `${name} 於 ${day} 對照過產品`,
  due: (day) => `下次不晚於 ${day}`,
  overdue: (day) => `應在 ${day} 檢查`,
  overdueCount: (_, text) => `${text} 篇文章已過檢查日期：請對照產品閱讀，改掉不再正確的地方，然後確認。`,
  overdueTag: (n) => `${n} 篇待檢查`,
  checkedToday: '今天已檢查',
  checkedDone: '已記下，並署上您的名字。草稿和說明網站以它為準。',
};
