import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { CONDITIONS, parseTemplate, type Template, TemplateError } from './template.ts';

/**
 * Reads and checks all templates below a folder, sorted by id.
 *
 * Each template names the version of its twin that somebody last read beside it. When the twin has changed since, the
 * template is `stale`: still usable, but no longer shown as the twin's translation.
 *
 * @throws TemplateError for the first file that cannot be used, naming file and line; an `Error` for an empty folder.
 */
export async function loadTemplates(dir: string): Promise<Template[]> {
  const files = (await readdir(dir, { recursive: true }))
    .map((file) => file.split(sep).join('/'))
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .sort();
  if (files.length === 0)
    throw new Error(`There are no templates in ${dir}. Put some there as its README.md describes.`);
  const templates = await Promise.all(
    files.map(async (file) => parseTemplate(file, await readFile(join(dir, file), 'utf8'))),
  );
  const byId = new Map(templates.map((template) => [template.id, template]));
  checkTemplates(templates);
  return templates.map((template) => compareWithTwin(template, byId));
}

/** @throws TemplateError for a set in which something is misspelt or missing */
export function checkTemplates(templates: readonly Template[]): void {
  checkNeverFor(templates);
  checkFallbacks(templates);
}

function compareWithTwin(template: Template, byId: Map<string, Template>): Template {
  const twin = byId.get(template.twin);
  if (!twin) {
    throw new TemplateError(
      `${template.id}.md`,
      1,
      `Its twin ${template.twin}.md is missing. Every text is there in both languages.`,
    );
  }
  return markStale(template, byId);
}

/** Says of a template whether somebody has read it beside its twin since that changed. */
export function markStale({ stale: _, ...template }: Template, byId: ReadonlyMap<string, Template>): Template {
  const twin = byId.get(template.twin);
  if (!twin || twin.version === template.twinVersion) return template;
  const stale =
    `${template.id}.md was last compared with another text of ${twin.id}.md. ` +
    `Read the two side by side, then write "twin: '${twin.version}'" in its head.`;
  return { ...template, stale };
}

/** A `never-for` that is misspelt would protect nobody. */
function checkNeverFor(templates: readonly Template[]): void {
  const known = new Set<string>([...CONDITIONS, ...templates.flatMap(({ problemTypes }) => problemTypes)]);
  for (const { id, neverFor } of templates) {
    const unknown = neverFor.find((word) => !known.has(word));
    if (unknown) {
      throw new TemplateError(
        `${id}.md`,
        2,
        `"never-for" holds "${unknown}", which is neither a problem type here nor one of ${CONDITIONS.join(', ')}.`,
      );
    }
  }
}

/** A workspace that has set nothing but its product's name must still get drafts. */
function checkFallbacks(templates: readonly Template[]): void {
  const bare = (template: Template) =>
    template.platforms.includes('any') && template.needs.every((name) => name === 'product' || name === 'greeting');
  for (const { id, problemTypes, language } of templates) {
    for (const type of problemTypes) {
      const found = templates.some(
        (other) => other.language === language && other.problemTypes.includes(type) && bare(other),
      );
      if (!found) {
        throw new TemplateError(
          `${id}.md`,
          1,
          `${type} has no ${language} template for any platform that uses only {{product}} and {{greeting}}. A workspace without other facts could not answer.`,
        );
      }
    }
  }
}
