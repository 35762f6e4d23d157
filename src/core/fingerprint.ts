import { createHash } from 'node:crypto';
import type { Draft, Mention } from './nouns.ts';
import type { Case } from './ports.ts';

/** All that a reviewer relied on when they approved. */
export interface Seen {
  text: string;
  mention: Pick<Mention, 'connector' | 'nativeId' | 'text' | 'editedAt' | 'replyRef' | 'permission'>;
  /** Template and version that the text was made from; none where a person wrote it. */
  template?: { id: string; version: string };
  /** Who we post as. */
  account: string;
  /** Native ids of the thread's messages that we hold. */
  thread: readonly string[];
}

/**
 * The hash of what was approved. Review makes it, post makes it again just before sending: if the text, the target, the
 * account, the template, the permission or the thread changed in between, they differ and the approval is void.
 */
export function fingerprint({ text, mention, template, account, thread }: Seen): string {
  const parts = [
    text,
    mention.connector,
    mention.nativeId,
    mention.text,
    String(mention.editedAt ?? ''),
    mention.replyRef ?? '',
    mention.permission.how,
    template ? `${template.id}@${template.version}` : '',
    account,
    ...[...thread].sort(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** The same over a case from the store: the draft as it is to be posted, `account` as who. */
export function fingerprintOf(
  { mention, conversation }: Pick<Case, 'mention' | 'conversation'>,
  { text, template }: Pick<Draft, 'text' | 'template'>,
  account: string,
): string {
  const thread = conversation.map(({ nativeId }) => nativeId);
  return fingerprint({ text, mention, account, thread, ...(template && { template }) });
}
