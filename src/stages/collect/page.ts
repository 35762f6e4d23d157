import { isDeepStrictEqual } from 'node:util';
import { ConnectorError } from '../../core/failures.ts';
import type { FoundMention, Instant } from '../../core/nouns.ts';
import type { From, Identity, OwnPost, Page, PageToSave, SkippedItem, Source } from '../../core/ports.ts';
import { isOurs } from './own-posts.ts';
import { tidy } from './tidy.ts';

/** A page as it is stored: without our own posts, and with a reason for each item that could not be kept. */
export interface ReadyPage {
  toSave: PageToSave;
  ours: number;
}

/** @throws ConnectorError `bad-shape` when it is no page, or asks for the same page again without end */
export function preparePage(
  source: Source,
  page: Page,
  from: From,
  who: { identity: Identity; ourHandles(platform: string): readonly string[] },
  now: Instant,
): ReadyPage {
  if (!Array.isArray(page?.found)) {
    throw new ConnectorError('bad-shape', `Connector "${source.connector}" answered with something that is no page.`);
  }
  if (page.more && 'cursor' in from && isDeepStrictEqual(from.cursor, page.cursor)) {
    throw new ConnectorError(
      'bad-shape',
      `Connector "${source.connector}" says there is more, but does not move on. It was stopped, or it would never end.`,
    );
  }
  const { kept, skipped, own } = sift(source, page.found, who, now);
  const toSave: PageToSave = {
    source: source.id,
    connector: source.connector,
    sample: source.sample,
    found: kept,
    cursor: page.cursor,
    skipped: [...(page.skipped ?? []), ...skipped],
    at: now,
    ...(page.coverage && { coverage: page.coverage }),
    ...(own.length > 0 && { own }),
  };
  return { toSave, ours: own.length };
}

/** Parts items into those to keep, those that are our own and those that cannot be used. Of doubles the last one counts. */
export function sift(
  source: Pick<Source, 'connector'>,
  found: readonly FoundMention[],
  who: { identity: Identity; ourHandles(platform: string): readonly string[] },
  now: Instant,
): { kept: FoundMention[]; skipped: SkippedItem[]; own: OwnPost[] } {
  const kept = new Map<string, FoundMention>();
  const skipped: SkippedItem[] = [];
  const own: OwnPost[] = [];
  for (const item of found) {
    try {
      const mention = tidy(item, now);
      const handles = who.ourHandles(mention.platform ?? source.connector);
      if (isOurs(mention, who.identity, handles)) own.push(asOwn(mention));
      else kept.set(mention.nativeId, mention);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const nativeId = typeof item?.nativeId === 'string' ? item.nativeId.slice(0, 200).toWellFormed() : undefined;
      skipped.push({ reason, ...(nativeId && { nativeId }) });
    }
  }
  return { kept: [...kept.values()], skipped, own };
}

function asOwn({ nativeId, conversationId, parentId, text, url, saidAt }: FoundMention): OwnPost {
  return {
    nativeId,
    text,
    ...(conversationId !== undefined && { conversationId }),
    ...(parentId !== undefined && { parentId }),
    ...(url !== undefined && { url }),
    ...(saidAt !== undefined && { saidAt }),
  };
}
