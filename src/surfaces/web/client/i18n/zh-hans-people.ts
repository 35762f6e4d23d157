/** 关于双人批准、占用、发送时间和成员的用语。 */
export const zhHansPeopleActions = {
  'approved-first': '给出了两次批准中的第一次',
  'read-back': '在来源处找到了回复',
};
