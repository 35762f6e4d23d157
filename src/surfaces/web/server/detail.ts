import { cover, coverCase } from '../../../core/cover.ts';
import { Refused } from '../../../core/failures.ts';
import type { Note } from '../../../core/notes.ts';
import type { Mention } from '../../../core/nouns.ts';
import type { Case } from '../../../core/ports.ts';
import { isSamePerson } from '../../../core/rights.ts';
import { bestFirst } from '../../../core/template-rates.ts';
import { undoes } from '../../../stages/review/index.ts';
import type { Detail, NoteInfo, OtherWords, ReplyTo } from '../api.ts';
import type { Session } from './access/sessions.ts';
import type { Served } from './app.ts';

/** A case as the inbox shows it: with what approving would do, what colleagues noted, and who else is looking. */
export async function detailOf(found: Case, served: Served, me: Session): Promise<Detail> {
  const { mention } = found;
  const undoable = undoes(found, served.clock.now());
  const notes = await served.store.notes(mention.id);
  return {
    ...coverCase(found, served.findPersonal),
    replyTo: replyTo(mention, served),
    ...reasonOf(found, served),
    templates: await choicesFor(found, served),
    notes: notes.map((note) => noteOf(note, served, me)),
    ...priceOf(found, served),
    mayUndo: undoable !== undefined,
    ...(undoable && { undoes: undoable }),
    ...served.review.outlook(found),
    lookingAt: served.live.othersAt(mention.id, me),
  };
}

/** The templates that fit, of each problem type the one first that people change least in replies like this one. */
export async function choicesFor({ mention, assessment, drafts }: Case, served: Served): Promise<Detail['templates']> {
  if (!assessment) return [];
  const lang = drafts.at(-1)?.lang ?? assessment.lang;
  const at = { problemType: assessment.problemType, platform: mention.platform, lang };
  return bestFirst(served.templates.choices(mention, assessment), await served.templateUses.get(), at);
}

/** What posting the draft would cost. Nothing where nothing is posted through the platform. */
function priceOf({ mention, drafts }: Case, served: Served): { priceUsd?: number } {
  const draft = drafts.at(-1);
  return draft ? priceOfText(mention, draft.text, served) : {};
}

export function priceOfText(mention: Mention, text: string, served: Served): { priceUsd?: number } {
  const priceUsd = mention.permission.how === 'api' ? served.priceOf(mention, text) : undefined;
  return priceUsd === undefined ? {} : { priceUsd };
}

function noteOf({ id, by, person, text, at, editedAt }: Note, { findPersonal }: Served, { actor }: Session): NoteInfo {
  const personal = findPersonal(text);
  return {
    id,
    by,
    text: cover(text, personal),
    personal,
    at,
    ...(editedAt !== undefined && { editedAt }),
    mine: isSamePerson({ name: by, ...(person !== undefined && { id: person }) }, actor),
  };
}

/** @throws Refused `unknown-mention`. */
export async function caseOf({ store }: Pick<Served, 'store'>, id: string): Promise<Case> {
  const found = await store.find(id);
  if (found && found.mention.state !== 'erased') return found;
  throw new Refused('unknown-mention', 'This mention is not there any more. It may have been deleted at its source.');
}

/** Why an approved reply did not go out, in the other languages of the page. */
function reasonOf({ mention, approval }: Case, { otherWords }: Served): { reasonIn?: OtherWords } {
  return approval?.reason ? { reasonIn: otherWords(approval.reason, mention.connector) } : {};
}

/** "Say what will happen": where the reply would go, as whom and how. */
function replyTo(mention: Mention, { accountOf, otherWords }: Served): ReplyTo {
  const { permission, platform, place, connector } = mention;
  const where = place ? `${platform} · ${place}` : platform;
  if (permission.how === 'api') return { how: 'api', as: accountOf(mention), where };
  const { how, why } = permission;
  return { how, where, why, whyIn: otherWords(why, connector) };
}
