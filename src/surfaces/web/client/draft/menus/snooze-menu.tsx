import type { Detail } from '../../../api.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { numberKey, PickMenu } from './pick-menu.tsx';
import { snoozeTimes } from './snooze-times.ts';

/** Out of sight until a time that people think in. */
export function SnoozeMenu({ detail }: { detail: Detail }) {
  const { t, f } = useWords();
  const { decide, menu } = useInbox();
  // Only when the list is open does the time matter.
  const times = menu === 'snooze' ? snoozeTimes(new Date()) : [];
  const words: Record<string, string> = {
    hour: t.act.inHours(1, f.number(1)),
    hours: t.act.inHours(4, f.number(4)),
    tomorrow: t.act.tomorrow,
    monday: t.act.monday,
    week: t.act.nextWeek,
  };
  return (
    <PickMenu
      name="snooze"
      label={t.act.snooze}
      title={t.act.snoozeTitle}
      choices={times.map(({ id, until }, index) => ({
        id,
        label: `${words[id]} (${f.dateTime(until)})`,
        key: numberKey(index),
      }))}
      onPick={(id) => {
        const time = times.find((one) => one.id === id);
        if (time) void decide(detail, 'snooze', { until: time.until });
      }}
    />
  );
}
