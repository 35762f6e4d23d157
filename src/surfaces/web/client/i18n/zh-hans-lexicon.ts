import type { Messages } from './en.ts';

/** 关键词表 */
export const zhHansLexicon: Messages['lexicon'] = {
  intro:
    '除了训练好的模型，这些词也说明一条提及属于哪个问题类型。“refund*”也能找到“refunded”；“充值 .. 没到”允许中间隔几个字。',
  search: '在表中搜索',
  add: '新关键词',
  addHint: '用逗号分隔，归入上面选择的问题类型。',
  weight: '分量',
  weights: { 3: '直接点明问题', 2: '强烈指向问题', 1: '略微偏向问题' },
  none: '没有这样的关键词。',
  ours: '自有',
  changed: '已改',
  off: '停用',
  turnOff: '停用',
  tryHint: '保存之前：用这些关键词，最近听到的提及会怎样分类。',
  wouldChange: (n, of) => `最近 ${of} 条提及中，${n} 条的问题类型会改变`,
  stays: (type) => `仍为：${type}`,
  saved: '已保存。从现在起听到的提及都按它分类。',
  asCame: '原样',
};
