import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';

/** A person confirmed the author as a scammer: said wherever they are seen. */
export function ScammerTag({ mention: { confirmedScammer } }: { mention: { confirmedScammer?: true } }) {
  const { t } = useWords();
  if (!confirmedScammer) return null;
  return (
    <span className="tag tag-red">
      <Icon name="shield" size={12} />
      {t.scams.flag}
    </span>
  );
}
