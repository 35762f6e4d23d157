import { describeConnector, replyLimitFor } from '#kit';
import { connectors } from '../../connectors/index.ts';
import type { ReplyLanguage } from '../core/nouns.ts';
import type { Facts } from '../core/ports.ts';
import { previewOf, type Template } from '../stages/draft/index.ts';
import type { TemplateInfo, TemplatesAnswer } from '../surfaces/web/template-api.ts';

/** Known to every template, whatever the workspace says. */
const ALWAYS_THERE = new Set(['greeting', 'authorName']);

/**
 * The templates that are used on a platform, each as it reads there with the facts of the workspace.
 * @param platform empty: where nobody wrote anything special
 */
export function previewTemplates(all: readonly Template[], facts: Facts, platform: string): TemplatesAnswer {
  return {
    platforms: connectors
      .map(describeConnector)
      .filter(({ can, status }) => can.reply !== 'by-hand' && status !== 'retired')
      .map(({ id, name }) => ({ id, name })),
    templates: usedOn(all, platform).map((template) => infoOf(template, facts, platform)),
  };
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

function infoOf(template: Template, facts: Facts, platform: string): TemplateInfo {
  const connector = connectors.find((one) => describeConnector(one).id === platform);
  const limit = connector?.replyLimit?.(platform) ?? replyLimitFor(platform);
  const { id, title, version, problemTypes, platforms, neverFor, owner, stale } = template;
  return {
    ...{ id, title, version, problemTypes, platforms, neverFor, owner },
    ...(stale !== undefined && { stale }),
    missing: template.needs.filter((name) => !ALWAYS_THERE.has(name) && !facts[name as keyof Facts]),
    previews: template.languages.map((lang) => {
      const text = previewOf(template, { facts, limit }, lang as ReplyLanguage);
      return { lang: lang as ReplyLanguage, text, length: { used: limit.lengthOf(text), max: limit.max } };
    }),
  };
}
