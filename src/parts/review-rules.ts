import type { ReviewRules } from '../stages/review/index.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';

/** The rules of review as the workspace holds them at each moment. */
export function rulesOf(workspace: Pick<WorkspaceHandle, 'current'>): () => ReviewRules {
  return () => {
    const { review, sending } = workspace.current();
    return { ...review, sending };
  };
}
