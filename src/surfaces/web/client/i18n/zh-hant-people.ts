/** 關於雙人核准、占用、傳送時間和成員的用語。 */
export const zhHantPeopleActions = {
  'approved-first': '給出了兩次核准中的第一次',
  'read-back': '在來源處找到了回覆',
};
