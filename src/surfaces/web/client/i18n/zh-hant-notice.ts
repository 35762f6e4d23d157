import type { Messages } from './en.ts';

/** 狀態公告 */
export const zhHantNotice: Messages['notice'] = {
  intro: '已知的問題，例如 14:00 起維護。結束之前，草稿、/status 和 /faq 都會提到它。',
  none: '目前沒有公告。',
  holds: '已發布',
  over: '已自動結束',
  since: (when, name) => `自 ${when} 起，由 ${name} 發布`,
  until: (when) => `至 ${when}`,
  announce: '發布公告',
  announced: '已發布。沒人動過的草稿會在幾秒內重寫。',
  end: '立即結束',
  ended: '已結束。沒人動過的草稿會在幾秒內重寫。',
  en: '英文',
  zh: '簡體中文',
  example: '例如：Top-ups are under maintenance since 14:00.',
  exampleZh: '例如：充值自 14:00 起维护中。',
  endsAt: '結束時間',
  endsHint: '依您自己的時間。不填則由人手動結束。',
  about: '在關於這些的草稿中提到',
  aboutAll: '所有既不受監管也不安靜的類型',
  reads: '讀起來的樣子',
};
