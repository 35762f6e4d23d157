import { coverCase } from '../../../core/cover.ts';
import { Refused } from '../../../core/failures.ts';
import type { Mention } from '../../../core/nouns.ts';
import type { Case } from '../../../core/ports.ts';
import { mayUndo } from '../../../stages/review/index.ts';
import type { Detail, ReplyTo } from '../api.ts';
import type { Session } from './access/sessions.ts';
import type { Served } from './app.ts';

/** A case as the inbox shows it: with what approving would do, and who else is looking. */
export function detailOf(found: Case, served: Served, me: Session): Detail {
  const { mention, assessment } = found;
  return {
    ...coverCase(found, served.findPersonal),
    replyTo: replyTo(mention, served),
    templates: assessment ? served.templates.choices(mention, assessment) : [],
    mayUndo: mayUndo(found),
    ...served.review.outlook(found),
    lookingAt: served.live.othersAt(mention.id, me),
  };
}

/** @throws Refused `unknown-mention`. */
export async function caseOf({ store }: Pick<Served, 'store'>, id: string): Promise<Case> {
  const found = await store.find(id);
  if (found && found.mention.state !== 'erased') return found;
  throw new Refused('unknown-mention', 'This mention is not there any more. It may have been deleted at its source.');
}

/** "Say what will happen": where the reply would go, as whom and how. */
function replyTo(mention: Mention, { accountOf }: Served): ReplyTo {
  const { permission, platform, place } = mention;
  const where = place ? `${platform} · ${place}` : platform;
  if (permission.how === 'api') return { how: 'api', as: accountOf(mention), where };
  return { how: permission.how, where, why: permission.why };
}
