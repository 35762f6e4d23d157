import { mentionId } from '../../src/core/ids.ts';
import type { Earshot } from './earshot.ts';
import { settle } from './scenes.ts';

export const id = (nativeId: string) => mentionId('feed', nativeId);
const api = { permission: { how: 'api' } as const, place: 'wallets.example/help' };
const ana = { id: 'ana', handle: 'invented_ana', name: 'Invented Ana' };
const thread = { conversationId: 'long-thread', ...api };

/** One mention for each key that changes something, so that no key stands in another's way. */
export async function hearForKeys(earshot: Earshot): Promise<void> {
  await earshot.hear([
    ...[
      'approved',
      'edited',
      'saved',
      'left',
      'templates',
      'corrected',
      'dismissed',
      'snoozed',
      'later',
      'assigned',
    ].map((nativeId, n) => ({ nativeId, text: `Top-up of ${n + 20} is not there yet.`, ...api })),
    ...['escalated', 'incident', 'noted', 'undone', 'written', 'dropped', 'older', 'read'].map((nativeId, n) => ({
      nativeId,
      text: `Top-up of ${n + 40} is not there yet.`,
      ...api,
    })),
    { nativeId: 'zh', text: '充值三百一直没到账，银行卡已经扣了，怎么办？', ...api },
    ...['вчера', 'сегодня', 'завтра'].map((when) => ({
      nativeId: when,
      text: `ОКПэй ${when} совсем не открывался?`,
      ...api,
    })),
    { nativeId: 'failed', text: 'Top-up of 60 is not there yet.', ...api },
    { nativeId: 'unsure', text: 'Top-up of 61 is not there yet.', ...api },
    { nativeId: 'unsure-too', text: 'Top-up of 62 is not there yet.', ...api },
    { nativeId: 'by-hand', text: 'Top-up of 63 is not there yet.' },
    { nativeId: 'author-1', text: 'Top-up of 64 is not there yet.', author: ana, ...api },
    { nativeId: 'author-2', text: 'Top-up of 65 is not there yet.', author: ana, ...api },
    { nativeId: 'fraud', text: 'Somebody got into my account and is sending my money away right now!', ...api },
    ...Array.from({ length: 5 }, (_, n) => ({
      nativeId: `thread-${n}`,
      text: `Top-up number ${n}, where is it?`,
      ...thread,
    })),
  ]);
  await settle(earshot, id('failed'), 'failed', 'The topic was closed.');
  await settle(earshot, id('unsure'), 'unsure', 'No answer came.');
  await settle(earshot, id('unsure-too'), 'unsure', 'No answer came.');
  const { store, clock, review } = earshot.parts;
  const seen = await store.find(id('by-hand'));
  if (seen) await review.approve({ mentionId: id('by-hand'), version: seen.mention.version, revision: 1, by: 'Mei' });
  const alert = { kind: 'mention', subject: id('fraud'), target: 'team', step: 'first', token: 't' } as const;
  await store.addAlerts([{ id: 'a1', ...alert, createdAt: clock.now() }]);
  await store.takeAlerts(clock.now(), 1000, 1);
  await store.settleAlert('a1', { sentAt: clock.now() });
}
