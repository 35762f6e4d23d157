import { Refused } from '../../core/failures.ts';
import type { Hold, MentionId } from '../../core/nouns.ts';
import type { Store } from '../../core/ports.ts';
import { clean, instant } from '../clean.ts';
import type { Engine } from '../engine.ts';

/** A lease of one person on a mention. It changes nothing that a decision is about, so the version stays. */
export function hold(engine: Engine, asked: Parameters<Store['hold']>[0]): Promise<Hold> {
  const by = clean(asked.by);
  return engine.write(async (tx, touched) => {
    const row = await tx
      .selectFrom('mention')
      .select(['no', 'held_by', 'held_until'])
      .where('id', '=', asked.mentionId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new Refused('unknown-mention', `There is no mention ${asked.mentionId} here.`);
    const theirs = row.held_by !== null && row.held_by !== by && row.held_until > asked.now;
    if (theirs && !asked.takeOver) return { by: row.held_by as string, until: row.held_until };
    const until = instant(asked.until, asked.now);
    await tx.updateTable('mention').set({ held_by: by, held_until: until }).where('no', '=', row.no).execute();
    // Going on is no news; that somebody began is.
    if (row.held_by !== by || row.held_until <= asked.now) touched.mentions.add(asked.mentionId);
    return { by, until };
  });
}

export function release(engine: Engine, mentionId: MentionId, by: string): Promise<void> {
  return engine.write(async (tx, touched) => {
    const freed = await tx
      .updateTable('mention')
      .set({ held_by: null, held_until: 0 })
      .where('id', '=', mentionId)
      .where('held_by', '=', clean(by))
      .executeTakeFirst();
    if (freed.numUpdatedRows > 0n) touched.mentions.add(mentionId);
  });
}
