import { type Template, withOwn } from '../stages/draft/index.ts';
import type { Workspace, WorkspaceHandle } from '../workspace/index.ts';

/** The templates in force, and why the team's own are not among them, where they cannot be used. */
export interface InForce {
  all: readonly Template[];
  problem?: string;
}

/** The templates that came along with what this workspace changed about them. */
export function templatesWith(shipped: readonly Template[], { templates }: Pick<Workspace, 'templates'>): InForce {
  try {
    return { all: withOwn(shipped, templates) };
  } catch (thrown) {
    // Somebody wrote it into the file by hand: what came along still answers.
    return { all: shipped, problem: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

/** The same, as the settings stand at each moment. Made again only when the templates among them have changed. */
export function followTemplates(
  shipped: readonly Template[],
  workspace: Pick<WorkspaceHandle, 'current'>,
  report: (problem: string) => void,
): () => readonly Template[] {
  let held: { of: string; now: InForce } | undefined;
  return () => {
    const of = marks.get(workspace.current().templates) ?? markOf(workspace.current().templates);
    if (held?.of !== of) {
      held = { of, now: templatesWith(shipped, workspace.current()) };
      if (held.now.problem) report(held.now.problem);
    }
    return held.now.all;
  };
}

/** Asked for every draft: a frozen list is looked through once. */
const marks = new WeakMap<Workspace['templates'], string>();

function markOf(templates: Workspace['templates']): string {
  const mark = JSON.stringify(templates);
  marks.set(templates, mark);
  return mark;
}
