import { type Assessment, LIKELY_SCAM, type Mention, type ReplyLanguage } from '../../core/nouns.ts';
import type { Facts } from '../../core/ports.ts';
import { sayableName } from './author-name.ts';
import type { FactName, Template } from './template.ts';

/** A runner-up that is this likely counts for `never-for` too. */
const LIKELY = 0.3;

/**
 * The problem type whose templates fit best. What nobody is sure of gets the careful, general ones; a likely scam a warning
 * to whoever reads along, never thanks.
 */
function answeredAs({ problemType, unsure, scam }: Assessment): string {
  if (scam >= LIKELY_SCAM) return 'scam-spam';
  return unsure ? 'other' : problemType;
}

/** Why a template must not be used here, or nothing. */
export function suitable(
  template: Template,
  assessment: Assessment,
  facts: Facts,
  mention: Mention,
): string | undefined {
  const missing = template.needs.find((name) => !hasValue(name, facts, mention));
  if (missing) return `This template needs {{${missing}}}, which is not known here.`;
  const conditions = new Set([
    assessment.problemType,
    ...assessment.others.filter(({ confidence }) => confidence >= LIKELY).map(({ type }) => type),
    ...(assessment.unsure ? ['unsure'] : []),
    ...(assessment.scam >= LIKELY_SCAM ? ['scam'] : []),
    ...(assessment.priority === 'urgent' ? ['urgent'] : []),
  ]);
  const never = template.neverFor.find((condition) => conditions.has(condition));
  return never && `This template must never be used for "${never}".`;
}

function hasValue(name: FactName, facts: Facts, mention: Mention): boolean {
  if (name === 'greeting') return true;
  if (name === 'authorName') return sayableName(mention.author, facts.product) !== undefined;
  return Boolean(facts[name]);
}

/**
 * The templates that may answer, best first: written for the platform before written for any, richer in facts before
 * barer. Among equals the mention decides, so that ten people with one problem do not all read the same words.
 */
export function choose(
  templates: readonly Template[],
  mention: Mention,
  assessment: Assessment,
  lang: ReplyLanguage,
  facts: Facts,
): Template[] {
  const fitting = (type: string) =>
    templates.filter(
      (template) =>
        template.problemTypes.includes(type) &&
        template.languages.includes(lang) &&
        (template.platforms.includes(mention.platform) || template.platforms.includes('any')) &&
        suitable(template, assessment, facts, mention) === undefined,
    );
  const type = answeredAs(assessment);
  const found = fitting(type);
  const ours = found.length > 0 || type === 'other' ? found : fitting('other');
  // Where somebody wrote for this platform, the long texts with links stay away from it.
  const special = ours.filter(({ platforms }) => platforms.includes(mention.platform));
  const turn = turnOf(mention.id);
  return (special.length > 0 ? special : ours)
    .map((template, index, { length }) => ({
      template,
      facts: template.needs.filter(isOptional).length,
      turn: (index + turn) % length,
    }))
    .sort((one, other) => other.facts - one.facts || one.turn - other.turn)
    .map(({ template }) => template);
}

const isOptional = (name: FactName) => name !== 'product' && name !== 'greeting';

/** A number that is the same for a mention every time. */
function turnOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) as number)) >>> 0;
  return sum;
}
