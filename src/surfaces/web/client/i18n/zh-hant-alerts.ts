/** The words of regulated lanes and alerts. */
export const zhHantAlerts = {
  minutesLeft: (n: string) => `剩 ${n} 分鐘`,
  hoursLeft: (n: string) => `剩 ${n} 小時`,
  late: (ago: string) => `已逾時 ${ago}`,
  dueAt: (when: string) => `應在 ${when} 前處理`,
  failing: '有提醒尚未送出',
  lanes: { security: '安全通道', legal: '法務通道' },
  sent: (_n: number, text: string) => `已送出 ${text} 則提醒`,
  have: '我來處理',
  had: '已確認，不會再提醒。',
  hadBy: (who: string) => `${who} 正在處理`,
  evidence: '匯出證據檔案',
};
