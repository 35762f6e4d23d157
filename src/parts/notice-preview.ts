import { replyLimitFor } from '#kit';
import type { Facts } from '../core/ports.ts';
import { checkReply, previewOf, type Template, toTraditional } from '../stages/draft/index.ts';
import type { NoticePreview } from '../surfaces/web/settings-api.ts';

/** A template for everywhere, to show a notice below. */
const SAMPLE = 'top-up-failed';

/** A notice as drafts and standing answers would say it, in each script, with what the guard rails say. Changes nothing. */
export function previewNotice(
  templates: readonly Template[],
  facts: Facts,
  { en, zh }: { en: string; zh: string },
): NoticePreview {
  const limit = replyLimitFor('');
  const { notice: _, ...bare } = facts;
  return (['en', 'zh-Hans', 'zh-Hant'] as const).map((lang) => {
    const said = lang === 'en' ? en : lang === 'zh-Hant' ? toTraditional(zh) : zh;
    const template = templates.find(
      ({ problemTypes, platforms, languages }) =>
        problemTypes.includes(SAMPLE) && platforms.includes('any') && languages.includes(lang),
    );
    const draft = template ? previewOf(template, { facts: bare, limit }, lang) : '';
    const reply = { text: said, lang, facts, limit, recent: [], theirs: [], regulated: false };
    const checks = said.trim() === '' ? [] : checkReply(reply).checks.filter(({ ok }) => !ok);
    return { lang, said, draft, failed: checks };
  });
}
