import type { Messages } from './en.ts';

/** 關鍵詞表 */
export const zhHantLexicon: Messages['lexicon'] = {
  intro:
    '除了訓練好的模型，這些詞也說明一則提及屬於哪個問題類型。「refund*」也能找到「refunded」；「儲值 .. 沒到」允許中間隔幾個字。',
  search: '在表中搜尋',
  add: '新關鍵詞',
  addHint: '用逗號分隔，歸入上面選擇的問題類型。',
  weight: '份量',
  weights: { 3: '直接點明問題', 2: '強烈指向問題', 1: '略微偏向問題' },
  none: '沒有這樣的關鍵詞。',
  ours: '自有',
  changed: '已改',
  off: '停用',
  turnOff: '停用',
  tryHint: '儲存之前：用這些關鍵詞，最近聽到的提及會怎樣分類。',
  wouldChange: (n, of) => `最近 ${of} 則提及中，${n} 則的問題類型會改變`,
  stays: (type) => `仍為：${type}`,
  saved: '已儲存。從現在起聽到的提及都按它分類。',
  asCame: '原樣',
};
