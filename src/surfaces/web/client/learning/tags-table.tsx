import type { ReplayAnswer } from '../../learning-api.ts';
import { useWords } from '../i18n/index.tsx';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { WideTable } from '../report/wide-table.tsx';
import '../report/report.css';

/** How many mentions each problem type would gain and lose; nothing where none would. */
export function TagsTable({ types }: { types: ReplayAnswer['types'] }) {
  const { t, f } = useWords();
  const titleOf = useTypeTitle();
  if (types.length === 0) return null;
  return (
    <WideTable
      caption={t.learning.tags}
      head={[t.learning.type, t.learning.gained, t.learning.lost]}
      rows={types.map(({ type, gained, lost }) => ({
        key: type,
        cells: [titleOf(type), `+${f.number(gained)}`, `−${f.number(lost)}`],
      }))}
    />
  );
}
