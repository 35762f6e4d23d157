import type { Clock, Facts, Store } from '../core/ports.ts';
import type { Template } from '../stages/draft/index.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';

/** What reading and changing templates needs. */
export interface TemplateParts {
  shipped: readonly Template[];
  inForce(): readonly Template[];
  facts(): Facts;
  /** Problem types in a lane for fraud or legal matters. */
  regulated: ReadonlySet<string>;
  workspace: WorkspaceHandle;
  store: Store;
  clock: Clock;
}
