import { Conflict, Refused } from '../core/failures.ts';
import type { MentionId } from '../core/nouns.ts';
import type { QueueRow } from '../core/ports.ts';
import type { Review } from '../stages/review/index.ts';
import type { Answers } from './label-answers.ts';
import { amber, bold, dim, green, plain, say } from './output.ts';

/** What a person said a mention is about. */
export interface Label {
  mention: MentionId;
  from: string;
  to: string;
}

export interface Labelling {
  review: Pick<Review, 'correct' | 'undo'>;
  by: string;
  types: readonly string[];
  answers: Answers;
  /** Asks nothing: for machines. */
  quiet?: boolean | undefined;
}

interface Made extends Label {
  /** Which of the mentions it was, to go back to, and its version since. */
  at: number;
  version: number;
}

/**
 * Shows mention after mention and takes one answer for each. A label is a correction like any other: under the person's
 * name, drafted again, and learned from. Undo goes back to the mention it takes back.
 */
export async function labelAll(
  session: Labelling,
  rows: readonly QueueRow[],
): Promise<{ made: Label[]; refused: number }> {
  const made: Made[] = [];
  let refused = 0;
  if (!session.quiet) sayKeys(session);
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] as QueueRow;
    if (!session.quiet) sayRow(row, at + 1, rows.length);
    const answer = await session.answers.next();
    if (answer.is === 'quit') break;
    if (answer.is === 'skip') at++;
    else if (answer.is === 'undo') at = (await takeBack(session, rows, made)) ?? at;
    else if (answer.is === 'unknown') sayUnknown(session, answer.said);
    else {
      const to = answer.is === 'type' ? answer.type : (row.assessment?.problemType as string);
      const label = await give(session, row, to);
      if (label) made.push({ ...label, at });
      else refused++;
      at++;
    }
  }
  return { made: made.map(({ mention, from, to }) => ({ mention, from, to })), refused };
}

async function give({ review, by, quiet }: Labelling, { mention, assessment }: QueueRow, to: string) {
  try {
    const after = await review.correct({ mentionId: mention.id, version: mention.version, by, problemType: to });
    if (!quiet) say(green(`  → ${to}`));
    return { mention: mention.id, from: assessment?.problemType ?? '', to, version: after.mention.version };
  } catch (thrown) {
    return skipped(thrown);
  }
}

/** Where the mention stands whose label was taken back; nothing where there was none. */
async function takeBack({ review, by, quiet }: Labelling, rows: readonly QueueRow[], made: Made[]) {
  const last = made.pop();
  if (!last) {
    if (!quiet) say(amber('  There is no label to undo.'));
    return undefined;
  }
  try {
    const { mention } = await review.undo({ mentionId: last.mention, version: last.version, by });
    const row = rows[last.at] as QueueRow;
    row.mention = { ...row.mention, version: mention.version, state: mention.state };
    return last.at;
  } catch (thrown) {
    return skipped(thrown);
  }
}

/** Somebody else decided in the meantime: said, and no reason to stop. */
function skipped(thrown: unknown): undefined {
  if (!(thrown instanceof Conflict || thrown instanceof Refused)) throw thrown;
  process.stderr.write(`${amber('!')} ${plain(thrown.message)}\n`);
}

function sayKeys({ types, answers }: Labelling): void {
  const keys = types.map((type) => `${bold(answers.keys.get(type) ?? '')} ${type}`.trim());
  say(`${keys.join(dim(' · '))}\n${dim('enter: sorted right · space: skip · z: undo · q: quit')}`);
}

function sayRow({ mention, assessment }: QueueRow, number: number, of: number): void {
  say(dim(`\n${number} of ${of} · ${plain(mention.platform)} ${plain(mention.place ?? '')}`.trimEnd()));
  say(plain(mention.text));
  if (!assessment) return;
  const share = (confidence: number) => `${Math.round(confidence * 100)} %`;
  const others = assessment.others.slice(0, 2).map(({ type, confidence }) => `${type} ${share(confidence)}`);
  say(dim(`sorted as ${assessment.problemType} ${share(assessment.confidence)}; else ${others.join(', ')}`));
}

function sayUnknown({ types, quiet }: Labelling, said: string): void {
  if (!quiet) say(amber(`  "${plain(said)}" is no answer. Take a letter or one of: ${types.join(', ')}.`));
}
