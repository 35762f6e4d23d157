import { ALSO_ABOUT, LIKELY_SCAM } from '../../../../core/nouns.ts';
import { reasonWords } from '../../../../core/reasons.ts';
import type { Detail } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { Icon } from '../ui/icon.tsx';
import { useTypeTitle } from './use-type-title.ts';

/** A runner-up below this is no rival. */
const WORTH_NAMING = 0.02;

/** Why it was sorted so: the type and its runner-up, the reasons of the priority, the signs of a scam. */
export function WhyNote({ detail }: { detail: Detail }) {
  const { t, f, lang } = useWords();
  const title = useTypeTitle();
  const { assessment, mention } = detail;
  if (!assessment) return null;
  const likely = assessment.others.filter(({ confidence }) => confidence >= WORTH_NAMING).slice(0, 2);
  const also = likely.filter(({ confidence }) => confidence >= ALSO_ABOUT);
  const instead = likely.filter(({ confidence }) => confidence < ALSO_ABOUT);
  const named = (some: typeof likely) =>
    some.map(({ type, confidence }) => `${title(type)} ${f.percent(Math.min(confidence, 0.99))}`).join(' · ');
  return (
    <section className="why" aria-label={t.mention.whyTitle}>
      {assessment.scam >= LIKELY_SCAM && (
        <div className="why-scam">
          <p>
            <Icon name="shield" /> <strong>{t.mention.scamTitle}</strong> (
            {t.mention.scamScore(f.percent(assessment.scam))})
          </p>
          <ul>
            {assessment.scamReasons.map((reason) => (
              <li key={reason}>{reasonWords(reason, lang)}</li>
            ))}
          </ul>
        </div>
      )}
      {assessment.priorityReasons.length > 0 && (
        <p>
          <strong>{t.priority[assessment.priority]}</strong>{' '}
          {assessment.priorityReasons.map((reason) => reasonWords(reason, lang)).join(' · ')}
        </p>
      )}
      {also.length > 0 && (
        <p>
          {t.mention.alsoAbout} {named(also)}
        </p>
      )}
      {instead.length > 0 && (
        <p className="soft">
          {t.mention.orElse} {named(instead)}
        </p>
      )}
      {/* Without a draft, the reason stands where the draft would be. */}
      {mention.trouble && detail.drafts.length > 0 && <Trouble text={mention.trouble} />}
    </section>
  );
}

function Trouble({ text }: { text: string }) {
  const { t, f, lang } = useWords();
  return (
    <p className="why-trouble">
      <Icon name="urgent" size={14} /> {f.pair(t.mention.trouble, reasonWords(text, lang))}
    </p>
  );
}
