import type { HeardSource } from '../observe/readings.ts';
import { longestGap } from '../schedule/index.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';
import type { OpenedSources } from './opened-sources.ts';

/** The sources that are switched on now, with how often their schedule reads them. */
export function heardSources({
  workspace,
  opened,
}: {
  workspace: Pick<WorkspaceHandle, 'current'>;
  opened: Pick<OpenedSources, 'tryGet'>;
}): HeardSource[] {
  const { sources, schedules } = workspace.current();
  return sources
    .filter(({ enabled }) => enabled)
    .map(({ id, schedule }) =>
      // One that is only called, or only listens, is quiet as long as nobody says anything.
      opened.tryGet(id)?.pull ? { id, everySeconds: longestGap(schedule ?? schedules.pull) } : { id },
    );
}
