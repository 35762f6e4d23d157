import type { CountsAnswer, View } from '../../api.ts';
import { useCounts } from '../hooks/queries.ts';
import { VIEWS } from '../router.ts';

const COUNT_OF: Partial<Record<View, keyof CountsAnswer>> = {
  urgent: 'urgent',
  waiting: 'waiting',
  mine: 'mine',
  'by-hand': 'byHand',
  scam: 'scam',
  later: 'later',
  done: 'done',
};

/** The views in the order of their keys, with how many mentions are in each where that is known. */
export function useViews(): { view: View; key: string; count: number | undefined }[] {
  const { data: counts } = useCounts();
  return VIEWS.map((view, index) => {
    const name = COUNT_OF[view];
    return { view, key: String(index + 1), count: name && counts?.[name] };
  });
}
