/** The words of regulated lanes and alerts. */
export const zhHansAlerts = {
  minutesLeft: (n: string) => `剩 ${n} 分钟`,
  hoursLeft: (n: string) => `剩 ${n} 小时`,
  late: (ago: string) => `已超时 ${ago}`,
  dueAt: (when: string) => `应在 ${when} 前处理`,
  failing: '有提醒尚未发出',
  lanes: { security: '安全通道', legal: '法务通道' },
  sent: (_n: number, text: string) => `已发送 ${text} 条提醒`,
  have: '我来处理',
  had: '已确认，不会再提醒。',
  hadBy: (who: string) => `${who} 正在处理`,
  evidence: '导出证据文件',
};
