import { describeConnector, replyLimitFor } from '#kit';
import { connectors } from '../../connectors/index.ts';
import type { ReplyLanguage } from '../core/nouns.ts';
import type { Facts, ReplyLimit } from '../core/ports.ts';
import { previewOf, type Template } from '../stages/draft/index.ts';
import type { TemplateInfo, TemplatesAnswer } from '../surfaces/web/template-api.ts';
import type { WorkspaceHandle } from '../workspace/index.ts';
import { everyTemplate, type OwnTemplates } from './template-changes.ts';
import type { TemplateParts } from './template-parts.ts';

/** Known to every template, whatever the workspace says. */
const ALWAYS_THERE = new Set(['greeting', 'authorName']);

/**
 * The templates that are used on a platform, each as it reads there with the facts of the workspace; those out of use, too.
 * @param platform empty: where nobody wrote anything special
 */
export function previewTemplates(
  {
    shipped,
    inForce,
    facts,
    workspace,
  }: Pick<TemplateParts, 'shipped' | 'inForce' | 'facts'> & {
    workspace: Pick<WorkspaceHandle, 'current'>;
  },
  platform: string,
): TemplatesAnswer {
  const own = workspace.current().templates;
  const used = inForce();
  const inUse = new Set(used.map(({ id }) => id));
  const all = [...used, ...outOfUse(shipped, own).filter(({ id }) => !inUse.has(id))];
  return {
    platforms: connectors
      .map(describeConnector)
      .filter(({ can, status }) => can.reply !== 'by-hand' && status !== 'retired')
      .map(({ id, name }) => ({ id, name })),
    templates: usedOn(all, platform).map((template) => {
      const entry = own.find((one) => one.id === template.id);
      const came = shipped.find((one) => one.id === template.id);
      return {
        ...infoOf(template, facts(), platform),
        off: !inUse.has(template.id),
        ...(entry &&
          (entry.text ?? entry.title ?? (entry.off || undefined)) !== undefined && {
            own: { by: entry.by, at: entry.at },
          }),
        ...(came && came.version !== template.version && { came: came.text }),
      };
    }),
  };
}

/** Those that nobody wants used, as they would read. */
function outOfUse(shipped: readonly Template[], own: OwnTemplates): Template[] {
  const off = new Set(own.filter((one) => one.off).map(({ id }) => id));
  try {
    return off.size === 0 ? [] : everyTemplate(shipped, own).filter(({ id }) => off.has(id));
  } catch {
    return []; // Edited by hand into something that cannot be used: told elsewhere.
  }
}

/** Where somebody wrote for this platform, the general ones stay away from it. */
function usedOn(all: readonly Template[], platform: string): Template[] {
  const groupOf = ({ id, language }: Template) => `${id.split('/')[0]} ${language}`;
  const special = all.filter(({ platforms }) => platforms.includes(platform));
  const replaced = new Set(special.map(groupOf));
  const general = all.filter(
    (template) => template.platforms.includes('any') && !special.includes(template) && !replaced.has(groupOf(template)),
  );
  return [...special, ...general].sort((one, other) => one.id.localeCompare(other.id, 'en'));
}

/** The limit of a platform, or of anywhere. */
export function limitOn(platform: string): ReplyLimit {
  const connector = connectors.find((one) => describeConnector(one).id === platform);
  return connector?.replyLimit?.(platform) ?? replyLimitFor(platform);
}

function infoOf(template: Template, facts: Facts, platform: string): Omit<TemplateInfo, 'off'> {
  const limit = limitOn(platform);
  const { id, title, version, problemTypes, platforms, neverFor, owner, stale, text, twin } = template;
  return {
    ...{ id, title, version, problemTypes, platforms, neverFor, owner, text, twin },
    ...(stale !== undefined && { stale }),
    missing: template.needs.filter((name) => !ALWAYS_THERE.has(name) && !facts[name as keyof Facts]),
    previews: template.languages.map((lang) => {
      const said = previewOf(template, { facts, limit }, lang as ReplyLanguage);
      return { lang: lang as ReplyLanguage, text: said, length: { used: limit.lengthOf(said), max: limit.max } };
    }),
  };
}
