import type { Messages } from './en.ts';

/** 状态公告 */
export const zhHansNotice: Messages['notice'] = {
  intro: '已知的问题，例如 14:00 起维护。结束之前，草稿、/status 和 /faq 都会提到它。',
  none: '目前没有公告。',
  holds: '已发布',
  over: '已自动结束',
  since: (when, name) => `自 ${when} 起，由 ${name} 发布`,
  until: (when) => `至 ${when}`,
  announce: '发布公告',
  announced: '已发布。没人动过的草稿会在几秒内重写。',
  end: '立即结束',
  ended: '已结束。没人动过的草稿会在几秒内重写。',
  en: '英文',
  zh: '简体中文',
  example: '例如：Top-ups are under maintenance since 14:00.',
  exampleZh: '例如：充值自 14:00 起维护中。',
  endsAt: '结束时间',
  endsHint: '按您自己的时间。不填则由人手动结束。',
  about: '在关于这些的草稿中提到',
  aboutAll: '所有既不受监管也不安静的类型',
  reads: '读起来的样子',
};
