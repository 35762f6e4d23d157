import { type Template, withOwn } from '../stages/draft/index.ts';
import type { TemplateChange } from '../surfaces/web/template-api.ts';
import type { Workspace } from '../workspace/index.ts';

/** What a team changed about templates, as it stands in the settings. */
export type OwnTemplates = Workspace['templates'];
export type Stamp = Pick<OwnTemplates[number], 'by' | 'at'>;

/** The id of the same words in the other language. */
export function twinOf(id: string): string {
  return id.includes('/en') ? id.replace('/en', '/zh-Hans') : id.replace('/zh-Hans', '/en');
}

/** All templates, those out of use among them, so that each can be read and changed. @throws TemplateError */
export function everyTemplate(shipped: readonly Template[], own: OwnTemplates): Template[] {
  return withOwn(
    shipped,
    own.map((one) => ({ ...one, off: false })),
  );
}

/** With one entry changed; the others, and what the change does not name, stay. */
export function withEntry(
  own: OwnTemplates,
  id: string,
  change: Partial<OwnTemplates[number]>,
  stamp: Stamp,
): OwnTemplates {
  const before = own.find((one) => one.id === id) ?? { id, off: false, declined: [] };
  const after = { ...before, ...change, ...stamp };
  return own.some((one) => one.id === id) ? own.map((one) => (one.id === id ? after : one)) : [...own, after];
}

/** What a person asked for, as the settings would hold it. @throws TemplateError */
export function changedOwn(
  shipped: readonly Template[],
  own: OwnTemplates,
  { id, title, text, off, read }: TemplateChange,
  stamp: Stamp,
): OwnTemplates {
  const change = {
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text: text.replaceAll('\r\n', '\n').trim() }),
    ...(off !== undefined && { off }),
  };
  const changed = withEntry(own, id, change, stamp);
  return read ? readBeside(shipped, changed, id, stamp) : changed;
}

/** Somebody has read both languages side by side: each remembers the version of the other. @throws TemplateError */
export function readBeside(shipped: readonly Template[], own: OwnTemplates, id: string, stamp: Stamp): OwnTemplates {
  const all = everyTemplate(shipped, own);
  const versionOf = (one: string) => all.find((template) => template.id === one)?.version ?? '';
  const twin = twinOf(id);
  return withEntry(withEntry(own, id, { twin: versionOf(twin) }, stamp), twin, { twin: versionOf(id) }, stamp);
}

/** The first English id of a problem type, and a platform, that nobody uses yet. */
export function freeId(taken: readonly { id: string }[], problemType: string, platform: string): string {
  const ids = new Set(taken.map(({ id }) => id));
  const ending = platform === '' ? '' : `.${platform}`;
  for (let n = 1; ; n++) {
    const id = `${problemType}/en${n === 1 ? '' : `.${n}`}${ending}`;
    if (!ids.has(id) && !ids.has(twinOf(id))) return id;
  }
}
