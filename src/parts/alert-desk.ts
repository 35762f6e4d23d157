import { acknowledgement, deviceIn, dueAt, evidencePack, regulatedOpen } from '../alerts/index.ts';
import { Refused } from '../core/failures.ts';
import type { AlertDesk } from '../surfaces/web/server/index.ts';
import { alertParts, alertSettings } from './alerts.ts';
import type { Parts } from './parts.ts';

type Needed = Parameters<typeof alertParts>[0] & Pick<Parts, 'store' | 'clock'>;

/** What the inbox and the command line ask about alerts. */
export function openAlertDesk(parts: Needed): AlertDesk {
  const { store, clock } = parts;
  const own = alertParts(parts);
  return {
    async clocks() {
      const settings = alertSettings(parts);
      const open = await regulatedOpen(own, Object.keys(settings.lanes));
      const alerts = await store.alertsOf(open.map(({ mention }) => mention.id));
      return open.flatMap((one) => {
        const due = dueAt(one, settings);
        if (due === undefined) return [];
        const mine = alerts.filter(({ subject }) => subject === one.mention.id);
        const acknowledgedBy = mine.find((alert) => alert.acknowledgedBy !== undefined)?.acknowledgedBy;
        return [
          {
            mentionId: one.mention.id,
            lane: one.lane,
            dueAt: due,
            alerted: mine.filter(({ state }) => state === 'sent').length,
            failing: mine.some(
              (alert) => alert.state === 'waiting' && alert.error !== undefined && !deviceIn(alert.target),
            ),
            ...(acknowledgedBy !== undefined && { acknowledgedBy }),
          },
        ];
      });
    },
    async evidence(id, by) {
      const found = await store.find(id);
      if (!found || found.mention.state === 'erased')
        throw new Refused(
          'unknown-mention',
          'This mention is not there any more. It may have been deleted at its source.',
        );
      return evidencePack(store, found, by, clock.now());
    },
    async acknowledge(alert, by) {
      await store.acknowledge(alert.subject, alert.target, acknowledgement(alert, by, clock.now()));
    },
  };
}
