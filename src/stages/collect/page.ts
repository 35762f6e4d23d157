import { isDeepStrictEqual } from 'node:util';
import { canaryIn } from '../../core/canary.ts';
import { ConnectorError } from '../../core/failures.ts';
import type { FoundMention, Instant, SkippedItem } from '../../core/nouns.ts';
import type { From, Identity, OwnPost, Page, PageToSave, Source } from '../../core/ports.ts';
import { isOurs } from './own-posts.ts';
import { tidy } from './tidy.ts';

/** A page as it is stored: without our own posts, and with a reason for each item that could not be kept. */
export interface ReadyPage {
  toSave: PageToSave;
  ours: number;
  /** Tokens of our canaries that were met. */
  canaries: string[];
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
  const { kept, skipped, own, canaries } = sift(source, page.found, who, now);
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
  return { toSave, ours: own.length, canaries };
}

/**
 * Parts items into those to keep, those that are our own, canaries, and those that cannot be used. Of doubles the last one
 * counts. A canary is no mention, whoever posted it.
 */
export function sift(
  source: Pick<Source, 'connector'>,
  found: readonly FoundMention[],
  who: { identity: Identity; ourHandles(platform: string): readonly string[] },
  now: Instant,
): { kept: FoundMention[]; skipped: SkippedItem[]; own: OwnPost[]; canaries: string[] } {
  const kept = new Map<string, FoundMention>();
  const skipped: SkippedItem[] = [];
  const own: OwnPost[] = [];
  const canaries: string[] = [];
  for (const item of found) {
    try {
      const mention = tidy(item, now);
      const token = canaryIn(mention.text);
      if (token !== undefined) {
        canaries.push(token);
        continue;
      }
      const handles = who.ourHandles(mention.platform ?? source.connector);
      if (isOurs(mention, who.identity, handles)) own.push(asOwn(mention));
      else kept.set(mention.nativeId, mention);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const nativeId = typeof item?.nativeId === 'string' ? item.nativeId.slice(0, 200).toWellFormed() : undefined;
      skipped.push({ reason, ...(nativeId && { nativeId }) });
    }
  }
  return { kept: [...kept.values()], skipped, own, canaries };
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
