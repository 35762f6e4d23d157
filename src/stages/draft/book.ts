import { articleUrl } from '../../core/article-address.ts';
import type { Assessment, Draft, Instant, Mention, ReplyLanguage } from '../../core/nouns.ts';
import type { Facts, ReplyLimit, TemplateBook } from '../../core/ports.ts';
import { greeting, sayableName } from './author-name.ts';
import { choose, suitable } from './choose.ts';
import { checkReply, type Reply } from './guard-rails.ts';
import { answerIn } from './script.ts';
import { fill, type Name, type Template } from './template.ts';
import { toTraditional } from './traditional.ts';

export interface TemplateBookParts {
  /** Asked for every draft, where people may change them while we run. */
  templates: readonly Template[] | (() => readonly Template[]);
  /** Asked for every draft, so that a changed workspace counts at once. */
  facts(): Facts;
  /** Problem types in a lane for fraud or legal matters. None where it is left out. */
  regulated?: ReadonlySet<string>;
  /** The limit of the place where the reply would stand. */
  limitFor(mention: Mention): ReplyLimit;
}

/** Everything about one reply that does not depend on the template. */
interface Occasion {
  mention: Mention;
  assessment: Assessment | undefined;
  facts: Facts;
  limit: ReplyLimit;
  /** What we said in the thread before. */
  said: readonly string[];
  /** In a lane for fraud or legal matters. */
  regulated: boolean;
}

/** What may be put around a template's text. */
interface Dressing {
  /** Whether the status notice is said. */
  told?: boolean;
  name: string | undefined;
  sign: boolean;
  /** Whether the article it rests on is offered. */
  link?: boolean;
}

/** The template book over a loaded set of templates. In step and quick: it reads nothing and waits for nothing. */
export function openTemplateBook(parts: TemplateBookParts): TemplateBook {
  const { templates } = parts;
  const all = typeof templates === 'function' ? templates : () => templates;
  const byId = idsOf(all);

  const occasion = (mention: Mention, assessment: Assessment | undefined, said: readonly string[] = []): Occasion => ({
    mention,
    assessment,
    facts: parts.facts(),
    limit: parts.limitFor(mention),
    said,
    regulated: assessment !== undefined && (parts.regulated?.has(assessment.problemType) ?? false),
  });

  return {
    draft(mention, assessment, now, { templateId, said } = {}) {
      if (mention.permission.how === 'never') return { none: mention.permission.why };
      const at = occasion(mention, assessment, said);
      const asked = templateId === undefined ? undefined : byId().get(templateId);
      if (templateId !== undefined) {
        const problem = asked
          ? suitable(asked, assessment, at.facts, mention)
          : `There is no template "${templateId}".`;
        if (problem) return { none: problem };
      }
      const lang = asked ? languageOf(asked, mention, assessment) : answerIn(assessment.lang, mention.text);
      if (!lang)
        return {
          none: 'The author writes in a language that no template is in. Write the reply by hand, or leave it.',
        };
      const ranked = asked ? [asked] : choose(all(), mention, assessment, lang, at.facts);
      return (
        firstThatPasses(ranked, byId(), at, lang, now) ?? {
          none: 'No template answers this problem type here in this language.',
        }
      );
    },

    version: (templateId) => byId().get(templateId)?.version,

    choices(mention, assessment) {
      const lang = answerIn(assessment.lang, mention.text) ?? 'en';
      const others = [...new Set([...assessment.others.map(({ type }) => type), 'other'])];
      const ranked = [
        ...choose(all(), mention, assessment, lang, parts.facts()),
        ...(assessment.unsure ? [assessment.problemType, ...others] : others).flatMap((problemType) =>
          choose(all(), mention, { ...assessment, unsure: false, scam: 0, problemType }, lang, parts.facts()),
        ),
      ];
      return [...new Set(ranked)]
        .filter((template) => suitable(template, assessment, parts.facts(), mention) === undefined)
        .map(({ id, title }) => ({ id, title: lang === 'zh-Hant' ? toTraditional(title) : title }));
    },

    check: (mention, assessment, text, lang, said) =>
      checkReply(asReply(text, lang, occasion(mention, assessment, said))),
  };
}

/** The templates by their id, made again when there are others. */
function idsOf(all: () => readonly Template[]): () => ReadonlyMap<string, Template> {
  let held: { of: readonly Template[]; byId: Map<string, Template> } | undefined;
  return () => {
    const now = all();
    if (held?.of !== now) held = { of: now, byId: new Map(now.map((template) => [template.id, template])) };
    return held.byId;
  };
}

/** A chosen template is filled in its own language; a Chinese one in the author's script. */
function languageOf(template: Template, mention: Mention, assessment: Assessment): ReplyLanguage {
  if (template.language === 'en') return 'en';
  return answerIn(assessment.lang, mention.text) === 'zh-Hant' && template.languages.includes('zh-Hant')
    ? 'zh-Hant'
    : 'zh-Hans';
}

function asReply(
  text: string,
  lang: ReplyLanguage,
  { mention, assessment, facts, limit, said, regulated }: Occasion,
): Reply {
  const theirs = (assessment?.personal ?? []).map(({ start, end }) => mention.text.slice(start, end));
  return { text, lang, facts, limit, recent: said, theirs, regulated };
}

/**
 * The first template whose text passes every guard rail, and where the platform charges for a reply, of those that pass
 * the first among the cheapest. Failing that the first of all with its failed checks, since a reviewer can mend a text more
 * easily than start from nothing.
 */
function firstThatPasses(
  ranked: readonly Template[],
  byId: ReadonlyMap<string, Template>,
  at: Occasion,
  lang: ReplyLanguage,
  now: Instant,
): Draft | undefined {
  let spare: Draft | undefined;
  let cheapest: Draft | undefined;
  for (const template of ranked) {
    const draft = write(template, byId.get(template.twin), at, lang, now);
    spare ??= draft;
    if (!passes(draft)) continue;
    if (!at.limit.priceOf) return draft;
    if (!cheapest || at.limit.priceOf(draft.text) < at.limit.priceOf(cheapest.text)) cheapest = draft;
  }
  return cheapest ?? spare;
}

const passes = ({ checks }: Pick<Draft, 'checks'>) => checks.every(({ ok }) => ok);

/** One template as a draft. Name and signature are left out where they would not fit, spoil a check, or cost extra. */
function write(template: Template, twin: Template | undefined, at: Occasion, lang: ReplyLanguage, now: Instant): Draft {
  const name = sayableName(at.mention.author, at.facts.product);
  const unlinked = cheapestFirst(at, [
    { name, sign: true },
    { name: undefined, sign: true },
    { name, sign: false },
    { name: undefined, sign: false },
  ]);
  const bare = offersLink(template, at) ? [...unlinked.map((one) => ({ ...one, link: true })), ...unlinked] : unlinked;
  // What was announced is said wherever it fits; the reply is more than the news.
  const told = noticeFor(at, lang) !== undefined;
  const dressings = told ? [...bare.map((one) => ({ ...one, told })), ...bare] : bare;
  let text = '';
  let result: ReturnType<typeof checkReply> | undefined;
  let dressing = dressings[0] as Dressing;
  for (dressing of dressings) {
    const before = text;
    text = render(template, at, lang, dressing);
    if (text === before) continue;
    result = checkReply(asReply(text, lang, at));
    if (passes(result)) break;
  }
  const other = lang === 'en' ? 'zh-Hans' : 'en';
  const readable = twin && !template.stale && !twin.stale ? render(twin, at, other, dressing) : undefined;
  return {
    mentionId: at.mention.id,
    revision: 1,
    text,
    lang,
    ...(readable === undefined ? {} : { twin: readable }),
    template: { id: template.id, version: template.version, articles: template.knowledge },
    ...(result ?? checkReply(asReply(text, lang, at))),
    by: 'earshot',
    at: now,
  };
}

/** A signature with a link, where the platform charges for links, is tried last. */
function cheapestFirst({ limit, facts }: Occasion, dressings: Dressing[]): Dressing[] {
  const { priceOf } = limit;
  const { signature = '' } = facts;
  if (!priceOf || priceOf(signature) <= priceOf('')) return dressings;
  return dressings.toSorted((one, other) => Number(one.sign) - Number(other.sign));
}

/** A link is offered where there is a site to link to, and the platform does not charge for it. */
function offersLink(
  { offersArticle }: Template,
  { facts: { faqUrl }, limit: { priceOf } }: Pick<Occasion, 'facts' | 'limit'>,
): boolean {
  return offersArticle && faqUrl !== undefined && (!priceOf || priceOf(faqUrl) <= priceOf(''));
}

function articleUrlOf({ knowledge: [article] }: Template, { faqUrl }: Facts, lang: ReplyLanguage): string | undefined {
  return faqUrl && article && articleUrl(faqUrl, article, lang);
}

/** A template as it reads with the facts of the workspace, to somebody without a name, where this limit holds. */
export function previewOf(template: Template, at: Pick<Occasion, 'facts' | 'limit'>, lang: ReplyLanguage): string {
  const dressing = { name: undefined, sign: true, link: offersLink(template, at) };
  return render(template, { ...at, assessment: undefined }, lang, dressing);
}

function render(
  template: Template,
  at: Pick<Occasion, 'facts' | 'assessment'>,
  lang: ReplyLanguage,
  dressing: Dressing,
): string {
  const { facts } = at;
  const words = lang === 'zh-Hant' ? toTraditional(template.text) : template.text;
  const offered = dressing.link ? articleUrlOf(template, facts, lang) : undefined;
  const said = fill(words, {
    ...valuesOf(facts, lang, dressing.name),
    ...(offered !== undefined && { articleUrl: offered }),
  });
  const notice = dressing.told ? noticeFor(at, lang) : undefined;
  const text = notice ? `${said}\n\n${notice}` : said;
  const signed = dressing.sign && facts.signature && !template.needs.includes('signature');
  return signed ? `${text}\n\n${facts.signature}` : text;
}

/** What was announced, in the language of the reply, where the mention is about it. */
function noticeFor(
  { facts: { notice }, assessment }: Pick<Occasion, 'facts' | 'assessment'>,
  lang: ReplyLanguage,
): string | undefined {
  if (!notice || !assessment || !notice.problemTypes.includes(assessment.problemType)) return undefined;
  if (lang === 'en') return notice.en;
  return lang === 'zh-Hant' ? toTraditional(notice.zh) : notice.zh;
}

function valuesOf(facts: Facts, lang: ReplyLanguage, name: string | undefined): Partial<Record<Name, string>> {
  const { product, helpUrl, supportEmail, appFeedbackPath, signature } = facts;
  const values = {
    product,
    greeting: greeting(lang, name),
    helpUrl,
    supportEmail,
    appFeedbackPath,
    signature,
    authorName: name,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
