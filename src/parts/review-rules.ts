import type { RulesControl } from '../surfaces/web/server/index.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';

/** The rules of review as the workspace holds them, for whoever may change them. */
export function rulesOf(workspace: WorkspaceHandle): RulesControl {
  const get = () => {
    const { review, sending } = workspace.current();
    return { ...review, sending };
  };
  return {
    get,
    async set({ sending, ...review }, by) {
      await workspace.update(by, 'changed the rules of approving and sending', (draft) => {
        draft.review = review;
        draft.sending = sending;
      });
      return get();
    },
  };
}
