import { mentionId } from '../../core/ids.ts';
import type { OwnPost, PageToSave } from '../../core/ports.ts';
import { clean, instant, webAddress } from '../clean.ts';
import type { Touched, Tx } from '../engine.ts';
import type { MentionRow } from '../rows.ts';
import { saveReceipt } from './approvals.ts';
import { change, moved } from './mentions.ts';
import { voidInThreads } from './voids.ts';

/**
 * Posts of ours that a source showed. One that says what was approved for posting by hand reads it back: it is out, and we
 * know it from the platform. Any other is a colleague's answer, and voids what was approved in its thread.
 */
export async function meetOwnPosts(tx: Tx, touched: Touched, page: PageToSave): Promise<void> {
  const { own = [], connector, at } = page;
  if (own.length === 0) return;
  const known = await knownPosts(tx, own);
  const answered = new Set<string>();
  for (const post of own) {
    if (known.has(clean(post.nativeId))) continue;
    if (await readBack(tx, touched, page, post)) continue;
    if ((await isNews(tx, page, post)) && post.conversationId !== undefined) answered.add(clean(post.conversationId));
  }
  await voidInThreads(tx, touched, connector, [...answered], { code: 'colleague-answered', at });
}

/** Those that we sent or read back ourselves. */
async function knownPosts(tx: Tx, own: readonly OwnPost[]): Promise<Set<string | null>> {
  const ids = own.map(({ nativeId }) => clean(nativeId));
  const rows = await tx.selectFrom('receipt').select('native_id').where('native_id', 'in', ids).execute();
  return new Set(rows.map(({ native_id }) => native_id));
}

/** Sources show the same post again and again; it voids what was approved before it was first seen, and nothing later. */
async function isNews(tx: Tx, { connector, at }: PageToSave, { nativeId }: OwnPost): Promise<boolean> {
  const inserted = await tx
    .insertInto('own_post')
    .values({ connector, native_id: clean(nativeId), seen_at: instant(at, 0) })
    .onConflict((c) => c.columns(['connector', 'native_id']).doNothing())
    .executeTakeFirst();
  return (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function readBack(tx: Tx, touched: Touched, { connector, at }: PageToSave, post: OwnPost): Promise<boolean> {
  const row = await answeredBy(tx, connector, post);
  if (!row) return false;
  const approval = await tx
    .selectFrom('approval')
    .select(['key', 'text', 'state', 'approver'])
    .where('mention_id', '=', row.id)
    .where('state', 'in', ['by-hand', 'posted'])
    .where('how', '=', 'by-hand')
    .orderBy('approved_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!approval || plain(approval.text) !== plain(post.text)) return false;
  const receipt = await tx.selectFrom('receipt').selectAll().where('key', '=', approval.key).executeTakeFirst();
  if (receipt && receipt.proof !== 'person') return false;
  const postedAt = receipt?.posted_at ?? instant(post.saidAt, at);
  if (approval.state === 'by-hand') {
    await tx.updateTable('approval').set({ state: 'posted' }).where('key', '=', approval.key).execute();
    await change(tx, touched, row, { ...moved(row, 'posted', at), posted_at: postedAt });
  } else await change(tx, touched, row, {});
  const url = webAddress(post.url) ?? receipt?.url ?? undefined;
  await saveReceipt(tx, {
    key: approval.key,
    mentionId: row.id,
    nativeId: clean(post.nativeId),
    ...(url !== undefined && { url }),
    postedAt,
    proof: 'look-up',
    ...(receipt?.confirmed_by && { confirmedBy: receipt.confirmed_by }),
  });
  const detail = { key: approval.key, proof: 'look-up' };
  touched.events.push({ at, actor: 'earshot', action: 'read-back', subject: row.id, detail });
  return true;
}

/** The mention that a post of ours answers, where it was answered by hand. */
function answeredBy(tx: Tx, connector: string, { parentId, conversationId }: OwnPost): Promise<MentionRow | undefined> {
  const rows = tx
    .selectFrom('mention')
    .selectAll()
    .where('connector', '=', connector)
    .where('state', 'in', ['by-hand', 'posted'])
    .orderBy('id')
    .forUpdate();
  if (parentId !== undefined) return rows.where('id', '=', mentionId(connector, clean(parentId))).executeTakeFirst();
  if (conversationId === undefined) return Promise.resolve(undefined);
  return rows.where('conversation_id', '=', clean(conversationId)).executeTakeFirst();
}

/** As two people would call the same text: platforms trim, shorten links and change white space. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
