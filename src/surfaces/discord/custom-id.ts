import { createHash } from 'node:crypto';
import { fingerprintOf } from '../../core/fingerprint.ts';
import type { MentionId } from '../../core/nouns.ts';
import type { Case } from '../../core/ports.ts';

const ACTIONS = ['approve', 'edit', 'text', 'dismiss', 'reason', 'escalate', 'undo'] as const;
/** `text` is the form that `edit` opens, `reason` the list that `dismiss` opens. */
export type Action = (typeof ACTIONS)[number];

/** All that a button knows: what to do, about which mention, and which view of it the person saw. The rest is in the store. */
export interface Press {
  action: Action;
  mention: MentionId;
  version: number;
  /** 0 where there is no draft. */
  revision: number;
  /** The beginning of the fingerprint of what the card showed, or `-`. */
  seal: string;
}

const FORM = /^es1:([a-z]+):([0-9a-z]{16}):(\d{1,9}):(\d{1,6}):(-|[0-9a-f]{12})$/;

/** At most 100 characters, as Discord wants. */
export function customIdOf({ action, mention, version, revision, seal }: Press): string {
  return `es1:${action}:${mention}:${version}:${revision}:${seal}`;
}

/** Undefined for what is no button of ours, whoever sent it. */
export function readCustomId(text: string): Press | undefined {
  const [, action, mention, version, revision, seal] = FORM.exec(text) ?? [];
  if (!mention || !seal || !ACTIONS.includes(action as Action)) return undefined;
  return { action: action as Action, mention, version: Number(version), revision: Number(revision), seal };
}

/** What binds a button to exactly what the card showed: draft, target, account and thread. */
export function pressesOf(seen: Case, account: string): Omit<Press, 'action'> {
  const { id, version } = seen.mention;
  const draft = seen.drafts.at(-1);
  const seal = draft ? fingerprintOf(seen, draft, account).slice(0, 12) : '-';
  return { mention: id, version, revision: draft?.revision ?? 0, seal };
}

export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
