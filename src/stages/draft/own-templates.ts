import type { ReplyLanguage } from '../../core/nouns.ts';
import type { Facts, ReplyLimit } from '../../core/ports.ts';
import { previewOf } from './book.ts';
import { checkReply } from './guard-rails.ts';
import { checkTemplates, markStale } from './load-templates.ts';
import { newTemplate, reworded, type Template, TemplateError } from './template.ts';

/** What a team changed about a template, or a template that is theirs alone. What is left out is as it came. */
export interface OwnTemplate {
  /** As of a template that came along, or a new one: "fees/en.5". */
  id: string;
  title?: string;
  text?: string;
  neverFor?: readonly string[];
  /** Version of the twin that somebody last read beside it. */
  twin?: string;
  /** Never used. */
  off?: boolean;
}

/**
 * The templates that came along with what a team changed about them, sorted by id.
 * @throws TemplateError for one that cannot be used, such as a new text without a twin in the other language.
 */
export function withOwn(shipped: readonly Template[], own: readonly OwnTemplate[]): Template[] {
  const all = new Map(shipped.map((template) => [template.id, template]));
  for (const one of own) all.set(one.id, changed(all.get(one.id), one, shipped));
  for (const { id, twin } of all.values()) {
    if (all.has(twin)) continue;
    throw new TemplateError(`${id}.md`, 1, `Its twin ${twin} is missing. Every text is there in both languages.`);
  }
  const off = new Set(own.filter((one) => one.off).map(({ id }) => id));
  const used = [...all.values()]
    .map((template) => markStale(template, all))
    .filter(({ id }) => !off.has(id))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  checkTemplates(used);
  return used;
}

function changed(base: Template | undefined, own: OwnTemplate, shipped: readonly Template[]): Template {
  const before = base ?? newTemplate(own.id, shipped);
  const after = reworded(before, own.text ?? before.text);
  if (after.text === '') throw new TemplateError(`${own.id}.md`, 1, 'There is no text.');
  const { title = before.title, neverFor = before.neverFor, twin = before.twinVersion } = own;
  return { ...after, title, neverFor: [...neverFor], twinVersion: twin };
}

/** A text as it would read with these facts, measured and put through the guard rails. Braces that are no name fail. */
export function tryOut(
  template: Template,
  at: { facts: Facts; limit: ReplyLimit; regulated: boolean },
  lang: ReplyLanguage,
) {
  const text = previewOf(template, at, lang);
  return { lang, text, ...checkReply({ ...at, text, lang, recent: [], theirs: [] }) };
}
