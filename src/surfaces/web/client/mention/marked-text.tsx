import { Tooltip } from '@mantine/core';
import { memo, useMemo } from 'react';
import type { Detail } from '../../api.ts';
import { api } from '../api-client.ts';
import { useWords } from '../i18n/index.tsx';
import { langTag } from './author.ts';
import { Covered } from './covered.tsx';
import { isFaint, type Piece, piecesOf, strongestOf } from './spans.ts';
import { useTypeTitle } from './use-type-title.ts';

interface Props {
  mentionId: string;
  text: string;
  assessment: Detail['assessment'];
}

/** What the author wrote, with the evidence marked in it and personal data covered. */
export const MarkedText = memo(function MarkedText({ mentionId, text, assessment }: Props) {
  const pieces = useMemo(
    () => piecesOf(text, assessment?.evidence ?? [], assessment?.personal ?? []),
    [text, assessment],
  );
  const strongest = strongestOf(assessment?.evidence ?? []);
  return (
    <p className={`said outside ${text.length > 420 ? 'said-long' : ''}`} dir="auto" lang={langTag(assessment?.lang)}>
      {pieces.map((piece) =>
        piece.personal ? (
          <Covered
            key={piece.start}
            text={piece.text}
            kind={piece.personal.kind}
            reveal={async () => (await api.reveal(mentionId, piece.start)).text}
          />
        ) : piece.evidence.length > 0 ? (
          <Spoken key={piece.start} piece={piece} faint={isFaint(piece, strongest)} />
        ) : (
          piece.text
        ),
      )}
    </p>
  );
});

/** A span that carried a verdict, with its reason for whoever points at it or comes to it by keyboard. */
function Spoken({ piece, faint }: { piece: Piece; faint: boolean }) {
  const { t } = useWords();
  const title = useTypeTitle();
  const reasons = new Set(
    piece.evidence.map(({ speaksFor, voice }) => {
      const what = speaksFor === 'urgent' ? t.priority.urgent : speaksFor === 'scam' ? t.queue.scam : title(speaksFor);
      return t.mention.evidenceFor(what, t.mention.voices[voice]);
    }),
  );
  const scam = piece.evidence.some(({ speaksFor }) => speaksFor === 'scam');
  const label = [...reasons].join('\n');
  return (
    <Tooltip
      label={label}
      events={{ hover: true, focus: true, touch: true }}
      multiline
      maw={340}
      openDelay={80}
      classNames={{ tooltip: 'reasons' }}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the reason must be reachable by keyboard */}
      <mark className={scam ? 'spoken spoken-scam' : faint ? 'spoken spoken-faint' : 'spoken'} tabIndex={0}>
        {piece.text}
      </mark>
    </Tooltip>
  );
}
