import { useWords } from '../i18n/index.tsx';
import { hrefOf } from '../router.ts';
import { Icon } from '../ui/icon.tsx';

/** The way from the queue to the accounts behind it. */
export function ScamSide() {
  const { t } = useWords();
  return (
    <div className="side-incidents">
      <a className="side-view" href={hrefOf({ page: 'scams' })}>
        <Icon name="shield" size={14} />
        <span className="side-name">{t.scams.open}</span>
      </a>
    </div>
  );
}
