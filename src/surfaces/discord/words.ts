import type { Priority, State } from '../../core/nouns.ts';
import type { Lang } from './types.ts';

/** What a card says of its own. One word for one thing: the same as in the inbox. */
export interface CardWords {
  priorities: Record<Priority, string>;
  unsorted: string;
  unsure: string;
  why: string;
  evidence: string;
  draft: (lang: string, revision: number) => string;
  twin: string;
  noDraft: string;
  failedChecks: string;
  /** Something, and what is to be said of it. */
  pair: (what: string, is: string) => string;
  tooLong: string;
  asWhom: (account: string, where: string) => string;
  byHand: (why: string) => string;
  never: (why: string) => string;
  sample: string;
  buttons: { approve: string; tryAgain: string; edit: string; dismiss: string; escalate: string; undo: string };
  /** What became of it. `who` and `when` are ready to show. */
  states: Partial<Record<State, (who: string, when: string) => string>>;
  /** The author said that the answer did not help, or that it did. */
  reopened: (when: string) => string;
  solved: string;
  settle: string;
  /** A person confirmed the author as a scammer. */
  scammer: string;
  /** The first of two approvals was given. */
  oneOfTwo: (who: string, when: string) => string;
  notStaff: string;
  notOurs: string;
  erased: string;
  /** The second of two people who clicked. */
  faster: (what: string) => string;
  outdated: string;
  failed: string;
  yourText: string;
  chooseReason: string;
  dismissed: (reason: string) => string;
  editTitle: string;
  editLabel: string;
  tooLongToEdit: string;
}

const en: CardWords = {
  priorities: { urgent: '🔴 Urgent', high: '🟠 High', normal: 'Normal', low: 'Low' },
  unsorted: 'Not sorted',
  unsure: 'The sorting is unsure: look at the problem type first.',
  why: 'Why',
  evidence: 'Evidence',
  draft: (lang, revision) => `Draft ${revision} (${lang})`,
  twin: 'Twin text',
  noDraft: 'There is no draft. Write one with Edit, or dismiss the mention.',
  failedChecks: 'Guard rails that failed',
  pair: (what, is) => `${what}: ${is}`,
  tooLong: 'The draft is too long to be shown whole here. Decide in the inbox.',
  asWhom: (account, where) => `Approving replies as ${account} on ${where}.`,
  byHand: (why) => `Approved replies are posted by hand here: ${why}`,
  never: (why) => `No reply may be posted here: ${why}`,
  sample: 'Invented sample',
  buttons: {
    approve: 'Approve',
    tryAgain: 'Try again',
    edit: 'Edit',
    dismiss: 'Dismiss',
    escalate: 'Escalate',
    undo: 'Undo',
  },
  states: {
    heard: () => 'Being sorted again: the author edited it.',
    assessed: () => 'Waits for a draft.',
    approved: (who, when) => `✅ Approved by ${who} ${when}. On its way.`,
    sending: (who, when) => `✅ Approved by ${who} ${when}. Being sent.`,
    posted: (who, when) => `✅ Approved by ${who} ${when}. Posted.`,
    'by-hand': (who, when) => `✅ Approved by ${who} ${when}. Waits to be posted by hand.`,
    failed: (who, when) => `⚠️ Approved by ${who} ${when}, but it could not be posted.`,
    unsure: (who, when) => `⚠️ Approved by ${who} ${when}. It is not sure whether it was posted.`,
    dismissed: (who, when) => `Dismissed by ${who} ${when}`,
    escalated: (who, when) => `❗ Escalated by ${who} ${when}. Waits for whoever decides.`,
    snoozed: (who, when) => `Snoozed by ${who} ${when}.`,
  },
  scammer: '🛑 The author is a confirmed scammer.',
  oneOfTwo: (who, when) => `☑️ One approval of two, by ${who} ${when}. Somebody else has to give the second.`,
  reopened: (when) => `↩️ The author says that it is not solved ${when}. Write another answer with Edit.`,
  solved: 'The author says that it is solved.',
  settle: 'Look at the source, then say in the inbox whether it is there.',
  notStaff: 'Only staff can decide here. Your roles on this server do not include it.',
  notOurs: 'This button is not known any more. Decide in the inbox.',
  erased: 'This mention was deleted at its source.',
  faster: (what) => `Somebody was faster. ${what}`,
  outdated: 'The card was out of date: the draft or the thread changed since. It is refreshed now; look at it again.',
  failed: 'That did not work. Look at the mention before you try again.',
  yourText: 'Your text, so that it is not lost:',
  chooseReason: 'Why does it need no reply?',
  dismissed: (reason) => `Dismissed: ${reason}.`,
  editTitle: 'Edit the reply',
  editLabel: 'Reply, in the language of the author',
  tooLongToEdit: 'This text is longer than a form on Discord takes. Edit it in the inbox.',
};

const zhHans: CardWords = {
  priorities: { urgent: '🔴 紧急', high: '🟠 高', normal: '普通', low: '低' },
  unsorted: '未分类',
  unsure: '分类不确定：请先看问题类型。',
  why: '原因',
  evidence: '依据',
  draft: (lang, revision) => `草稿 ${revision}（${lang}）`,
  twin: '对照译文',
  noDraft: '还没有草稿。请用“编辑”写一份，或忽略这条提及。',
  failedChecks: '未通过的安全检查',
  pair: (what, is) => `${what}：${is}`,
  tooLong: '草稿太长，这里无法完整显示。请在收件箱中决定。',
  asWhom: (account, where) => `批准后将以 ${account} 在 ${where} 回复。`,
  byHand: (why) => `批准后需要手动发布：${why}`,
  never: (why) => `这里不能回复：${why}`,
  sample: '虚构示例',
  buttons: { approve: '批准', tryAgain: '重试', edit: '编辑', dismiss: '忽略', escalate: '升级处理', undo: '撤销' },
  states: {
    heard: () => '作者修改了内容，正在重新分类。',
    assessed: () => '等待草稿。',
    approved: (who, when) => `✅ ${who} 已批准 ${when}，即将发布。`,
    sending: (who, when) => `✅ ${who} 已批准 ${when}，正在发布。`,
    posted: (who, when) => `✅ ${who} 已批准 ${when}，已发布。`,
    'by-hand': (who, when) => `✅ ${who} 已批准 ${when}，等待手动发布。`,
    failed: (who, when) => `⚠️ ${who} 已批准 ${when}，但未能发布。`,
    unsure: (who, when) => `⚠️ ${who} 已批准 ${when}，不确定是否已发布。`,
    dismissed: (who, when) => `${who} 已忽略 ${when}`,
    escalated: (who, when) => `❗ ${who} 已升级处理 ${when}，等待决定。`,
    snoozed: (who, when) => `${who} 设为稍后处理 ${when}。`,
  },
  scammer: '🛑 作者已被确认为骗子。',
  oneOfTwo: (who, when) => `☑️ 已有一人批准（共需两人）：${who}，${when}。请另一位同事再批准。`,
  reopened: (when) => `↩️ 作者表示没有解决 ${when}。请用“编辑”再写一份回复。`,
  solved: '作者表示已解决。',
  settle: '请到来源处查看，再到收件箱中说明是否已发布。',
  notStaff: '只有工作人员可以在这里做决定。您在本服务器的身份组中没有相应权限。',
  notOurs: '这个按钮已失效。请在收件箱中决定。',
  erased: '这条提及已在来源处删除。',
  faster: (what) => `有同事先处理了。${what}`,
  outdated: '卡片已过时：草稿或对话有变化。卡片已更新，请再看一遍。',
  failed: '没有成功。再试之前请先看一下这条提及。',
  yourText: '您写的内容，以免丢失：',
  chooseReason: '为什么不需要回复？',
  dismissed: (reason) => `已忽略：${reason}。`,
  editTitle: '编辑回复',
  editLabel: '回复（使用作者的语言）',
  tooLongToEdit: '内容超出 Discord 表单的长度。请在收件箱中编辑。',
};

const zhHant: CardWords = {
  priorities: { urgent: '🔴 緊急', high: '🟠 高', normal: '一般', low: '低' },
  unsorted: '未分類',
  unsure: '分類不確定：請先看問題類型。',
  why: '原因',
  evidence: '依據',
  draft: (lang, revision) => `草稿 ${revision}（${lang}）`,
  twin: '對照譯文',
  noDraft: '還沒有草稿。請用「編輯」寫一份，或略過這則提及。',
  failedChecks: '未通過的安全檢查',
  pair: (what, is) => `${what}：${is}`,
  tooLong: '草稿太長，這裡無法完整顯示。請在收件匣中決定。',
  asWhom: (account, where) => `核准後將以 ${account} 在 ${where} 回覆。`,
  byHand: (why) => `核准後需要手動發布：${why}`,
  never: (why) => `這裡不能回覆：${why}`,
  sample: '虛構範例',
  buttons: { approve: '核准', tryAgain: '重試', edit: '編輯', dismiss: '略過', escalate: '升級處理', undo: '復原' },
  states: {
    heard: () => '作者修改了內容，正在重新分類。',
    assessed: () => '等待草稿。',
    approved: (who, when) => `✅ ${who} 已核准 ${when}，即將發布。`,
    sending: (who, when) => `✅ ${who} 已核准 ${when}，正在發布。`,
    posted: (who, when) => `✅ ${who} 已核准 ${when}，已發布。`,
    'by-hand': (who, when) => `✅ ${who} 已核准 ${when}，等待手動發布。`,
    failed: (who, when) => `⚠️ ${who} 已核准 ${when}，但未能發布。`,
    unsure: (who, when) => `⚠️ ${who} 已核准 ${when}，不確定是否已發布。`,
    dismissed: (who, when) => `${who} 已略過 ${when}`,
    escalated: (who, when) => `❗ ${who} 已升級處理 ${when}，等待決定。`,
    snoozed: (who, when) => `${who} 設為稍後處理 ${when}。`,
  },
  scammer: '🛑 作者已被確認為騙子。',
  oneOfTwo: (who, when) => `☑️ 已有一人核准（共需兩人）：${who}，${when}。請另一位同事再核准。`,
  reopened: (when) => `↩️ 作者表示沒有解決 ${when}。請用「編輯」再寫一份回覆。`,
  solved: '作者表示已解決。',
  settle: '請到來源處查看，再到收件匣中說明是否已發布。',
  notStaff: '只有工作人員可以在這裡做決定。您在本伺服器的身分組中沒有相應權限。',
  notOurs: '這個按鈕已失效。請在收件匣中決定。',
  erased: '這則提及已在來源處刪除。',
  faster: (what) => `有同事先處理了。${what}`,
  outdated: '卡片已過時：草稿或對話有變化。卡片已更新，請再看一遍。',
  failed: '沒有成功。再試之前請先看一下這則提及。',
  yourText: '您寫的內容，以免遺失：',
  chooseReason: '為什麼不需要回覆？',
  dismissed: (reason) => `已略過：${reason}。`,
  editTitle: '編輯回覆',
  editLabel: '回覆（使用作者的語言）',
  tooLongToEdit: '內容超出 Discord 表單的長度。請在收件匣中編輯。',
};

export const CARD_WORDS: Record<Lang, CardWords> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };
