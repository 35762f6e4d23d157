import { Button, UnstyledButton } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import { letterKeys } from '../../../../stages/review/letter-keys.ts';
import { useKnownMe } from '../hooks/queries.ts';
import { useKeys, usePressed } from '../hooks/use-keys.ts';
import type { Row } from '../hooks/use-queue.ts';
import { useWords } from '../i18n/index.tsx';
import { shortcutOf } from '../keys/key-table.ts';
import { MarkedText } from '../mention/marked-text.tsx';
import { usePlace } from '../mention/use-place.ts';
import { useTypeTitle } from '../mention/use-type-title.ts';
import { Key, KeyOf } from '../ui/key.tsx';
import { useLabelling } from './use-labelling.ts';

/** What the author wrote, and a button with a key for each problem type. */
export function Labelling({ rows, more }: { rows: readonly Row[]; more(): void }) {
  const { t, f } = useWords();
  const { problemTypes } = useKnownMe();
  const { at, count, label, skip, undo } = useLabelling(rows);
  const keys = useMemo(() => letterKeys(problemTypes.map(({ id }) => id)), [problemTypes]);
  const row = rows[at];
  const guess = row?.assessment?.problemType;
  const right = () => guess !== undefined && label(guess);
  usePressed(Object.fromEntries([...keys].map(([type, key]) => [key, () => label(type)])));
  useKeys({ labelRight: row ? right : more, labelSkip: skip, undo: () => void undo() });
  if (!row) return <Done labelled={count} some={rows.length > 0} more={more} undo={undo} />;
  return (
    <>
      <p className="soft small" role="status">
        {t.label.progress(f.number(at + 1), f.number(rows.length))}
      </p>
      <Shown key={row.mention.id} row={row} />
      <div className="label-ways">
        <Button
          size="sm"
          onClick={right}
          aria-keyshortcuts={shortcutOf('labelRight')}
          rightSection={<KeyOf action="labelRight" />}
        >
          {t.label.right}
        </Button>
        <Button
          size="sm"
          variant="default"
          onClick={skip}
          aria-keyshortcuts={shortcutOf('labelSkip')}
          rightSection={<KeyOf action="labelSkip" />}
        >
          {t.label.skip}
        </Button>
        <Button
          size="sm"
          variant="default"
          disabled={count === 0}
          onClick={() => void undo()}
          aria-keyshortcuts={shortcutOf('undo')}
          rightSection={<KeyOf action="undo" />}
        >
          {t.act.undo}
        </Button>
      </div>
      <Types keys={keys} guess={guess} label={label} />
    </>
  );
}

/** A button for each problem type, with its letter. */
function Types({
  keys,
  guess,
  label,
}: {
  keys: ReadonlyMap<string, string>;
  guess: string | undefined;
  label(type: string): void;
}) {
  const { t, lang } = useWords();
  const { problemTypes } = useKnownMe();
  return (
    <fieldset className="label-types">
      <legend>{t.label.question}</legend>
      {problemTypes.map(({ id, title, meaning }) => (
        <UnstyledButton
          key={id}
          className="label-type"
          aria-keyshortcuts={keys.get(id)}
          aria-current={id === guess || undefined}
          title={meaning}
          onClick={() => label(id)}
        >
          <Key>{keys.get(id) ?? ''}</Key>
          <span>{title[lang]}</span>
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

/** The mention: where it was said, its words, and what it was taken for. Each new one has the focus, so that enter and space are about it. */
function Shown({ row: { mention, assessment } }: { row: Row }) {
  const { t, f } = useWords();
  const title = useTypeTitle();
  const place = usePlace(mention);
  const share = (confidence: number) => f.percent(Math.min(confidence, 0.99));
  const [second] = assessment?.others ?? [];
  const shown = useRef<HTMLElement>(null);
  useEffect(() => shown.current?.focus({ preventScroll: true }), []);
  return (
    <article className="label-mention" ref={shown} tabIndex={-1}>
      <p className="soft small">
        <bdi>{place}</bdi>
        {mention.sample && ` · ${t.sample.tag}`}
      </p>
      <MarkedText mentionId={mention.id} text={mention.text} assessment={assessment} />
      {assessment && (
        <p className="soft small">
          {t.label.taken(title(assessment.problemType), share(assessment.confidence))}
          {second && ` · ${t.label.orElse(title(second.type), share(second.confidence))}`}
        </p>
      )}
    </article>
  );
}

function Done({
  labelled,
  some,
  more,
  undo,
}: {
  labelled: number;
  some: boolean;
  more(): void;
  undo(): Promise<void>;
}) {
  const { t, f } = useWords();
  return (
    <section className="label-mention" role="status">
      <p>{some ? t.label.done(f.number(labelled)) : t.label.nothing}</p>
      {labelled > 0 && <p className="soft small">{t.label.next}</p>}
      <div className="label-ways">
        {some && (
          <Button
            size="sm"
            onClick={more}
            aria-keyshortcuts={shortcutOf('labelRight')}
            rightSection={<KeyOf action="labelRight" />}
          >
            {t.label.more}
          </Button>
        )}
        {labelled > 0 && (
          <Button size="sm" variant="default" onClick={() => void undo()} rightSection={<KeyOf action="undo" />}>
            {t.act.undo}
          </Button>
        )}
      </div>
    </section>
  );
}
