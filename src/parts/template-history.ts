import type { Template } from '../stages/draft/index.ts';
import type { TemplateVersionInfo } from '../surfaces/web/template-api.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';
import type { TemplateParts } from './template-parts.ts';

const MOST = 30;

/** How a template read after each change that is kept, newest first, and at last as it came. */
export async function templateHistory(
  { workspace, shipped }: Pick<TemplateParts, 'shipped'> & { workspace: WorkspaceHandle },
  { id }: Template,
): Promise<TemplateVersionInfo[]> {
  const came = shipped.find((one) => one.id === id);
  const touched = (await workspace.versions())
    .filter(({ difference }) => difference.some(({ path }) => isAbout(path, id)))
    .slice(0, MOST);
  return Promise.all(
    touched.map(async ({ revision, by, at }) => {
      const then = (await workspace.version(revision))?.templates.find((one) => one.id === id);
      const { title = came?.title ?? '', text = came?.text ?? '', off = false } = then ?? {};
      return { revision, by, at, title, text, off };
    }),
  );
}

/** Of the words and of whether it is used; who read it beside its twin is no version of it. */
function isAbout(path: string, id: string): boolean {
  const start = `templates.${id}`;
  return path === start || ['.text', '.title', '.off'].some((what) => path === start + what);
}
