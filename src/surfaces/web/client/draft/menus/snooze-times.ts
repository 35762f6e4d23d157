const HOUR = 3_600_000;

/** In the reader's own time zone: mornings begin at nine. On a Sunday, Monday morning is tomorrow and stands once. */
export function snoozeTimes(now: Date): { id: 'hour' | 'hours' | 'tomorrow' | 'monday' | 'week'; until: number }[] {
  const morning = (days: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    return day.setHours(9, 0, 0, 0);
  };
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { id: 'hour', until: now.getTime() + HOUR },
    { id: 'hours', until: now.getTime() + 4 * HOUR },
    { id: 'tomorrow', until: morning(1) },
    ...(toMonday > 1 && toMonday < 7 ? [{ id: 'monday' as const, until: morning(toMonday) }] : []),
    { id: 'week', until: morning(7) },
  ];
}
