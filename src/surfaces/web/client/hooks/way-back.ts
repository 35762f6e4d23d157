import type { DecisionName, Detail } from '../../api.ts';
import { api } from '../api-client.ts';

/** Takes a decision back, from the mention as it is now. */
export type WayBack = (now: Detail) => Promise<Detail>;

/**
 * How a decision on `before` is undone. What moved the mention is taken back by the server; what only changed it is
 * changed back. Nothing for what is out in the world.
 */
export function wayBack(before: Detail, name: DecisionName): WayBack | undefined {
  const { id, assignee } = before.mention;
  const draft = before.drafts.at(-1);
  const type = before.assessment?.problemType;
  switch (name) {
    case 'approve':
    case 'dismiss':
    case 'snooze':
    case 'escalate':
      return (now) => api.decide(id, 'undo', { version: now.mention.version });
    case 'assign':
      return (now) => api.decide(id, 'assign', { version: now.mention.version, to: assignee ?? null });
    case 'edit':
    case 'template':
      return draft && ((now) => api.decide(id, 'edit', { version: now.mention.version, text: draft.text }));
    case 'correct':
      return type === undefined
        ? undefined
        : (now) => api.decide(id, 'correct', { version: now.mention.version, problemType: type });
    default:
      return undefined;
  }
}
