import type { SourceInfo } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';
import './source-state.css';

export type State = SourceInfo['status']['state'];

/** Good, waiting, or in need of somebody: a shape and a colour, and the word on request or beside it. */
export function SourceState({ state, deaf = false, word = false }: { state: State; deaf?: boolean; word?: boolean }) {
  const { t } = useWords();
  const heard = state === 'ok' && deaf ? t.sources.deaf : t.sources.states[state];
  const kind =
    state === 'ok' ? (deaf ? 'bad' : 'good') : ['new', 'paused', 'rate-limited'].includes(state) ? 'quiet' : 'bad';
  return (
    <span className={`source-state source-${kind}`} title={heard}>
      <Icon name={kind === 'good' ? 'check' : kind === 'quiet' ? 'clock' : 'urgent'} size={14} />
      <span className={word ? undefined : 'unseen'}>{heard}</span>
    </span>
  );
}
