/** The words of regulated lanes and alerts. */
export const enAlerts = {
  minutesLeft: (n: string) => `${n} min left`,
  hoursLeft: (n: string) => `${n} h left`,
  late: (ago: string) => `${ago}, overdue`,
  dueAt: (when: string) => `Should be answered by ${when}`,
  failing: 'An alert could not be sent yet',
  lanes: { security: 'Security lane', legal: 'Legal lane' },
  sent: (n: number, text: string) => (n === 1 ? '1 alert sent' : `${text} alerts sent`),
  have: 'I have it',
  had: 'Acknowledged. Nobody is reminded of it again.',
  hadBy: (who: string) => `${who} has it`,
  evidence: 'Evidence as a file',
};
