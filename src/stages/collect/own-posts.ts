import type { FoundMention } from '../../core/nouns.ts';
import type { Identity } from '../../core/ports.ts';

/**
 * Is this one of our own posts? By the account we post as, and by our colleagues' handles. Exact but for case: a handle
 * that only looks like ours is an impostor and must be heard.
 */
export function isOurs(found: FoundMention, identity: Identity, ourHandles: readonly string[]): boolean {
  if (found.author.id === identity.id) return true;
  const handle = found.author.handle && plain(found.author.handle);
  if (!handle) return false;
  return handle === plain(identity.handle ?? '') || ourHandles.some((ours) => plain(ours) === handle);
}

function plain(handle: string): string {
  return handle.replace(/^@/, '').toLowerCase();
}
