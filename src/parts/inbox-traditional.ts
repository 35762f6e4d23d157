import { toTraditional } from '../stages/draft/index.ts';

/** Words for whoever runs things, which replies to customers do not need, where the converter keeps the mainland ones. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/釋出/g, '發布'],
  [/批准/g, '核准'],
  [/忽略/g, '略過'],
  [/模板/g, '範本'],
  [/示例/g, '範例'],
  [/評論/g, '留言'],
  [/版塊/g, '看板'],
  [/發帖/g, '發文'],
  [/歸檔/g, '封存'],
  [/遮蔽/g, '封鎖'],
  [/發件人/g, '寄件人'],
  [/訂閱源/g, '訂閱來源'],
  [/重新整理令牌/g, '更新權杖'],
  [/訪問令牌/g, '存取權杖'],
  [/令牌/g, '權杖'],
  [/訪問/g, '存取'],
  [/(?<=檢查|https |更改|API )地址/g, '位址'],
  [/檢視/g, '查看'],
  [/查找/g, '尋找'],
  [/搜索/g, '搜尋'],
  [/稽核/g, '審核'],
  [/(?<=請|Earshot |對方)按/g, '依'],
  [/自簽名證書/g, '自簽憑證'],
  [/證書/g, '憑證'],
  [/主機名(?!稱)/g, '主機名稱'],
  [/主機和埠/g, '主機和連接埠'],
  [/套餐/g, '方案'],
  [/重定向/g, '重新導向'],
  [/超時/g, '逾時'],
  [/響應/g, '回應'],
  [/返回/g, '回傳'],
  [/獲取/g, '取得'],
  [/生成/g, '產生'],
  [/型別/g, '類型'],
  [/列表/g, '清單'],
  [/(?<=字的|」的|其中一| )列(?=卻|：|$)|列(?=名：)/g, '欄'],
  [/壓縮包/g, '壓縮檔'],
  [/聯結器/g, '連接器'],
  [/開發者門戶/g, '開發者入口網站'],
  [/只調用/g, '只呼叫'],
  [/當前/g, '目前'],
  [/臺(?=機器)/g, '台'],
];

/** A Simplified sentence of the inbox in Traditional characters and words. Names in braces pass unchanged. */
export function inboxTraditional(simplified: string): string {
  return WORDS.reduce((text, [word, better]) => text.replace(word, better), toTraditional(simplified));
}
