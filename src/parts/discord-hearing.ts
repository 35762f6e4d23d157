import { Options } from '../../connectors/discord/index.ts';
import { readMessage } from '../../connectors/discord/messages.ts';
import { mentionId } from '../core/ids.ts';
import type { FoundMention, MentionId } from '../core/nouns.ts';
import type { Store } from '../core/ports.ts';
import { isOurs } from '../stages/collect/own-posts.ts';
import type { Parts } from './parts.ts';

export const DISCORD = 'discord';
/** How long the live source is given to bring a message, which knows more of where it stands. */
const SOURCE_FIRST_MS = 1_200;

export type HearingParts = Pick<Parts, 'store' | 'workspace' | 'clock' | 'ourHandles'>;

/** The source that hears our Discord, or the name it would have. */
export function discordSource({ workspace }: Pick<Parts, 'workspace'>): { id: string; live: boolean; sample: boolean } {
  const source = workspace.current().sources.find(({ connector }) => connector === DISCORD);
  return { id: source?.id ?? DISCORD, live: source?.enabled ?? false, sample: source?.sample ?? false };
}

export async function keepFound(parts: Pick<Parts, 'store' | 'workspace' | 'clock'>, found: FoundMention) {
  const { id: source, sample } = discordSource(parts);
  const page = { source, connector: DISCORD, sample, found: [found] };
  await parts.store.savePage({ ...page, at: parts.clock.now() });
  return mentionId(DISCORD, found.nativeId);
}

/**
 * Resolves when a message to the bot is in the records: brought by the source that hears the server or, where that one is
 * paused, broken or set to hear other places, kept here. The same id either way, so it is one mention.
 *
 * @returns undefined for what is no mention: one of ours, or nothing to read in it
 */
export function hearingFor(parts: HearingParts, me: string, signal: AbortSignal) {
  const { store, ourHandles } = parts;
  const arrivals = new Arrivals(store, signal);
  const options = Options.parse({});
  return async (raw: unknown): Promise<MentionId | undefined> => {
    const read = readMessage(raw, { options, me, place: undefined, nameOf: () => undefined });
    if (typeof read === 'string' || !('found' in read)) return undefined;
    const { found } = read;
    if (isOurs(found, { id: me }, ourHandles(DISCORD))) return undefined;
    const waitMs = discordSource(parts).live ? SOURCE_FIRST_MS : 0;
    if (await arrivals.within(waitMs, found.nativeId)) return mentionId(DISCORD, found.nativeId);
    return keepFound(parts, found);
  };
}

/** Tells when mentions are stored, whoever stores them. */
class Arrivals {
  readonly #store: Pick<Store, 'known'>;
  readonly #waiting = new Map<MentionId, () => void>();

  constructor(store: Pick<Store, 'known' | 'watch'>, signal: AbortSignal) {
    this.#store = store;
    const unwatch = store.watch(({ mentions }) => {
      // Nothing named means that anything may have changed: everybody looks again.
      for (const id of mentions.length > 0 ? mentions : this.#waiting.keys()) this.#waiting.get(id)?.();
    });
    signal.addEventListener('abort', unwatch, { once: true });
  }

  async within(ms: number, nativeId: string): Promise<boolean> {
    const id = mentionId(DISCORD, nativeId);
    const isThere = async () => (await this.#store.known(DISCORD, [nativeId])).has(nativeId);
    const arrived = new Promise<void>((resolve) => {
      this.#waiting.set(id, resolve);
      setTimeout(resolve, ms).unref();
    });
    try {
      if (await isThere()) return true;
      await arrived;
      return await isThere();
    } finally {
      this.#waiting.delete(id);
    }
  }
}
