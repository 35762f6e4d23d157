import type { Detail } from '../../../api.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { numberKey, PickMenu } from './pick-menu.tsx';

/** Approve now, send at a time that people think in. */
export function SendMenu({ detail, revision }: { detail: Detail; revision: number }) {
  const { t, f } = useWords();
  const { decide, menu } = useInbox();
  const times = menu === 'sendLater' ? sendTimes(new Date()) : [];
  const words: Record<string, string> = {
    hour: t.act.inHours(1, f.number(1)),
    hours: t.act.inHours(4, f.number(4)),
    evening: t.time.evening,
    morning: t.time.morning,
  };
  return (
    <PickMenu
      name="sendLater"
      label={t.time.later}
      title={t.time.pick}
      choices={times.map(({ id, at }, index) => ({
        id,
        label: `${words[id]} (${f.dateTime(at)})`,
        key: numberKey(index),
      }))}
      onPick={(id) => {
        const time = times.find((one) => one.id === id);
        if (time) void decide(detail, 'approve', { revision, sendAt: time.at });
      }}
    />
  );
}

const HOUR = 3_600_000;

function sendTimes(now: Date): { id: 'hour' | 'hours' | 'evening' | 'morning'; at: number }[] {
  const evening = new Date(now).setHours(18, 0, 0, 0);
  const tomorrow = new Date(now);
  tomorrow.setDate(tomorrow.getDate() + 1);
  return [
    { id: 'hour', at: now.getTime() + HOUR },
    { id: 'hours', at: now.getTime() + 4 * HOUR },
    ...(evening > now.getTime() + HOUR ? [{ id: 'evening' as const, at: evening }] : []),
    { id: 'morning', at: tomorrow.setHours(9, 0, 0, 0) },
  ];
}
