import { useClock } from '../hooks/queries.ts';
import { useNow } from '../hooks/use-now.ts';
import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';

/** How long there is to answer a mention in a regulated lane, or how late it is. */
export function ClockTag({ mentionId }: { mentionId: string }) {
  const { t, f } = useWords();
  const now = useNow();
  const clock = useClock(mentionId);
  if (!clock) return null;
  const late = clock.dueAt <= now;
  const title = `${t.alerts.dueAt(f.dateTime(clock.dueAt))}${clock.failing ? ` · ${t.alerts.failing}` : ''}`;
  const left = (ms: number) => {
    const minutes = Math.ceil(ms / 60_000);
    return minutes < 90
      ? t.alerts.minutesLeft(f.number(minutes))
      : t.alerts.hoursLeft(f.number(Math.round(minutes / 60)));
  };
  return (
    <span className={`tag ${late || clock.failing ? 'tag-amber' : ''}`} title={title}>
      <Icon name="clock" size={12} />
      {late ? t.alerts.late(f.ago(clock.dueAt, now)) : left(clock.dueAt - now)}
      <span className="unseen">{title}</span>
    </span>
  );
}
