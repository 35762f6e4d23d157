import type { Store } from '../core/ports.ts';
import type { Log } from '../observe/log.ts';

/**
 * The records, with a line in the log for each step of a mention, from its arrival to its reply. All of them carry its one
 * id as `mention`; those of its reply the key that it is sent with, too. Nobody's words are in them.
 */
export function withJournal(store: Store, log: Pick<Log, 'info'>): Store {
  return {
    ...store,
    async savePage(page) {
      const saved = await store.savePage(page);
      const { source } = page;
      for (const mention of saved.added) log.info('mention heard', { mention, source });
      for (const mention of saved.changed) log.info('mention edited at its source', { mention, source });
      return saved;
    },
    async saveAssessments(rows) {
      await store.saveAssessments(rows);
      for (const { id, assessment } of rows) {
        const { problemType, priority, unsure, classifier } = assessment;
        log.info('mention sorted', { mention: id, problemType, priority, unsure, classifier });
      }
    },
    async saveDrafts(rows) {
      await store.saveDrafts(rows);
      for (const { id, draft, trouble } of rows) {
        if (draft) log.info('reply drafted', { mention: id, revision: draft.revision });
        else log.info('no reply drafted', { mention: id, why: trouble });
      }
    },
    async decide(decision) {
      const mention = await store.decide(decision);
      const { action, actor } = decision.audit;
      log.info('mention decided', { mention: mention.id, action, by: actor, state: mention.state });
      return mention;
    },
    async step(step) {
      const taken = await store.step(step);
      const { key: reply, from, to, audit } = step;
      // Why it failed is left to the inbox: a platform's answer may quote what was written.
      if (taken) log.info('reply on its way', { mention: audit.subject, reply, from, to });
      return taken;
    },
  };
}
