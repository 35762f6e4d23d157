import type { Facts } from '../../core/ports.ts';
import { fill, type Template } from './template.ts';

/** All wordings of a kind of reply, filled for this workspace: twins stand at the same place of their lists. */
export function wordingsOf(
  templates: readonly Template[],
  { product }: Pick<Facts, 'product'>,
  kind: string,
): { zh: string[]; en: string[] } {
  const english = templates
    .filter((one) => one.language === 'en' && one.problemTypes.includes(kind))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
  const twins = english.flatMap((one) => {
    const twin = templates.find(({ id }) => id === one.twin);
    return twin ? [{ en: fill(one.text, { product }), zh: fill(twin.text, { product }) }] : [];
  });
  return { zh: twins.map(({ zh }) => zh), en: twins.map(({ en }) => en) };
}
