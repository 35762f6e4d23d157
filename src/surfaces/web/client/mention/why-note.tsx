import type { Detail } from '../../api.ts';
import { useWords } from '../i18n/index.tsx';
import { reasonWords } from '../i18n/reasons.ts';
import { useInbox } from '../inbox/context.ts';
import { Icon } from '../ui/icon.tsx';
import { Key } from '../ui/key.tsx';
import { useTypeTitle } from './use-type-title.ts';

/** Why it was sorted so: the type and its runner-up, the reasons of the priority, the signs of a scam. */
export function WhyNote({ detail }: { detail: Detail }) {
  const { t, f, lang } = useWords();
  const title = useTypeTitle();
  const { setMenu } = useInbox();
  const { assessment, mention } = detail;
  if (!assessment) return mention.trouble ? <Trouble text={mention.trouble} /> : null;
  const [runnerUp] = assessment.others;
  return (
    <section className="why" aria-label={t.mention.whyTitle}>
      {assessment.scam >= 0.5 && (
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
      <p className="why-line">
        <span>
          {title(assessment.problemType)}{' '}
          <span className="soft">
            {assessment.unsure
              ? t.mention.unsure(f.percent(assessment.confidence))
              : t.mention.confidence(f.percent(assessment.confidence))}
          </span>
          {runnerUp && (
            <span className="soft">
              {' · '}
              {t.mention.orElse} {title(runnerUp.type)} {f.percent(runnerUp.confidence)}
            </span>
          )}
        </span>
        <button type="button" className="link-button" onClick={() => setMenu('correct')}>
          {t.act.correct}
        </button>
        <Key>c</Key>
      </p>
      {assessment.priorityReasons.length > 0 && (
        <p className="why-line soft">
          {t.mention.priorityWhy}: {t.priority[assessment.priority]}
          {' — '}
          {assessment.priorityReasons.map((reason) => reasonWords(reason, lang)).join(' · ')}
        </p>
      )}
      {mention.trouble && <Trouble text={mention.trouble} />}
    </section>
  );
}

function Trouble({ text }: { text: string }) {
  const { t } = useWords();
  return (
    <p className="why-trouble">
      <Icon name="urgent" size={14} /> {t.mention.trouble}: {text}
    </p>
  );
}
