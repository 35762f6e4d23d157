/** Personal data is covered wherever a mention is shown or handed out; seeing it is an act of its own that is recorded. */
import type { Assessment, Mention, PersonalSpan } from './nouns.ts';
import type { Case } from './records.ts';

/** Finds personal data in a text. Brought from outside: only `classify` knows what it looks like. */
export type FindPersonal = (text: string) => PersonalSpan[];

/** In UTF-16 units. What is longer is looked at and shown to here: nothing is shown that was not looked at. */
export const LOOKED_AT = 200_000;

const DOT = '•';
/** From this length on the last two signs stay, so that two numbers can be told apart. */
const LONG = 8;

/** The text with every span covered by dots, unit for unit: offsets into it stay true. */
export function cover(text: string, spans: readonly PersonalSpan[]): string {
  let covered = '';
  let at = 0;
  for (const { start, end: asked } of spans) {
    // A span of an older text covers what it can.
    const end = Math.min(asked, text.length);
    if (start < at || start >= end) continue;
    const left = end - start >= LONG ? 2 : 0;
    covered += text.slice(at, start) + DOT.repeat(end - start - left) + text.slice(end - left, end);
    at = end;
  }
  return covered + text.slice(at);
}

/** Where the personal data of a mention stands: as it was assessed, or looked up where it was not yet. */
export function personalOf({ mention, assessment }: Seen, find: FindPersonal): readonly PersonalSpan[] {
  return assessment?.personal ?? find(mention.text.slice(0, LOOKED_AT));
}

interface Seen {
  mention: Mention;
  assessment?: Assessment;
}

/** A mention for whoever looks at it: personal data is covered in its text and in the evidence quoted from it. */
export function coverSeen<T extends Seen>(given: T, find: FindPersonal): T {
  const spans = personalOf(given, find);
  // How to answer is between the connector and the platform, and may hold somebody's address.
  const { replyRef: _, ...mention } = given.mention;
  const seen = { ...given, mention };
  const { assessment } = given;
  const long = mention.text.length > LOOKED_AT;
  if (spans.length === 0 && !long) return seen;
  const shown = long ? `${mention.text.slice(0, LOOKED_AT).toWellFormed()}…` : mention.text;
  const text = cover(shown, spans);
  return {
    ...seen,
    mention: { ...mention, text },
    ...(assessment && {
      assessment: {
        ...assessment,
        evidence: assessment.evidence.map((one) =>
          spans.some(({ start, end }) => start < one.end && one.start < end)
            ? { ...one, text: text.slice(one.start, one.end) }
            : one,
        ),
      },
    }),
  };
}

/** The same for everything about a mention, with the other messages of its thread. */
export function coverCase(found: Case, find: FindPersonal): Case {
  return {
    ...coverSeen(found, find),
    conversation: found.conversation.map((mention) => coverSeen({ mention }, find).mention),
  };
}
