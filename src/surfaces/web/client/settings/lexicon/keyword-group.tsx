import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { OwnKeywordAsked } from '../../../lexicon-api.ts';
import { useWords } from '../../i18n/index.tsx';
import { type Shown, WEIGHTS } from './keywords.ts';

interface Props {
  weight: number;
  keywords: readonly Shown[];
  onChange(keyword: OwnKeywordAsked): void;
  onBack(keyword: Shown): void;
}

/** The keywords that say equally much for a problem type, English before Chinese, the team's own first. */
export function KeywordGroup({ weight, keywords, onChange, onBack }: Props) {
  const { t, f } = useWords();
  const [open, setOpen] = useState<string>();
  if (keywords.length === 0) return null;
  const title = t.lexicon.weights[weight] ?? String(weight);
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="soft">{f.number(keywords.length)}</span>
      </h3>
      {(['en', 'zh'] as const).map((language) => {
        const some = keywords.filter((one) => one.language === language);
        return (
          some.length > 0 && (
            <ul key={language} className="keywords" lang={language === 'zh' ? 'zh-Hans' : 'en'}>
              {some.map((one) => (
                <li key={one.phrase} className={open === one.phrase ? 'keyword-open' : undefined}>
                  <Chip
                    keyword={one}
                    open={open === one.phrase}
                    onOpen={() => setOpen(open === one.phrase ? undefined : one.phrase)}
                  />
                  {open === one.phrase && <Steps keyword={one} onChange={onChange} onBack={onBack} />}
                </li>
              ))}
            </ul>
          )
        );
      })}
    </section>
  );
}

function Chip({ keyword, open, onOpen }: { keyword: Shown; open: boolean; onOpen(): void }) {
  const { t } = useWords();
  const { phrase, off, came, weight } = keyword;
  const state = off ? t.lexicon.off : came === undefined ? t.lexicon.ours : came === weight ? '' : t.lexicon.changed;
  return (
    <button type="button" className="keyword" aria-expanded={open} onClick={onOpen} data-off={off || undefined}>
      <bdi>{phrase}</bdi>
      {state && <span className={off ? 'tag tag-amber' : 'tag tag-accent'}>{state}</span>}
    </button>
  );
}

function Steps({ keyword, onChange, onBack }: Pick<Props, 'onChange' | 'onBack'> & { keyword: Shown }) {
  const { t, f } = useWords();
  const { phrase, problemType, weight, off, came, by, at } = keyword;
  const own = came === undefined || off || came !== weight;
  const said = { phrase, problemType, weight, off };
  return (
    <div className="keyword-steps">
      <NativeSelect
        size="xs"
        aria-label={`${t.lexicon.weight}: ${phrase}`}
        value={String(weight)}
        data={WEIGHTS.map((one) => ({ value: String(one), label: t.lexicon.weights[one] ?? String(one) }))}
        onChange={(event) => onChange({ ...said, off: false, weight: Number(event.currentTarget.value) })}
      />
      {came !== undefined && (
        <Button size="compact-sm" variant="default" onClick={() => onChange({ ...said, off: !off })}>
          {off ? t.settings.templates.turnOn : t.lexicon.turnOff}
        </Button>
      )}
      {own && (
        <Button size="compact-sm" variant="default" onClick={() => onBack(keyword)}>
          {came === undefined ? t.settings.removeItem : t.settings.templates.back}
        </Button>
      )}
      {by !== undefined && at !== undefined && (
        <span className="soft small outside">{t.settings.templates.changedBy(by, f.dateTime(Date.parse(at)))}</span>
      )}
    </div>
  );
}
