import { checkName } from '../../../../../core/checks.ts';
import type { Detail, TemplateOffer } from '../../../api.ts';
import { useTemplateOffers } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { Icon } from '../../ui/icon.tsx';
import { usedAt } from '../template-line.tsx';
import { TemplateRate } from '../template-rate.tsx';
import { numberKey, PickMenu } from './pick-menu.tsx';

/**
 * Other words for the same problem, those first that people change least, each as it would be posted here, with its checks,
 * length and price. The titles are
 * there at once, so that whoever knows them need not wait. A person's own edit makes way, since they asked for another text.
 */
export function TemplateMenu({ detail, current }: { detail: Detail; current: string | undefined }) {
  const { t } = useWords();
  const { decide, menu } = useInbox();
  const { id, version } = detail.mention;
  const offers = useTemplateOffers(id, version, menu === 'templates');
  return (
    <PickMenu
      name="templates"
      label={t.act.templates}
      title={t.act.templateTitle}
      none={t.act.noTemplates}
      wide
      choices={detail.templates.map(({ id: templateId, title }, index) => {
        const offer = offers?.find((one) => one.id === templateId);
        return {
          id: templateId,
          label: title,
          key: numberKey(index),
          current: templateId === current,
          ...(offer && { body: <Offer offer={offer} detail={detail} /> }),
        };
      })}
      onPick={(templateId) => void decide(detail, 'template', { templateId })}
    />
  );
}

/** One text as it would be posted, and what is to be known of it. */
function Offer({ offer, detail }: { offer: TemplateOffer; detail: Detail }) {
  const { id, text, lang, checks, length, priceUsd } = offer;
  const { t, f, lang: page } = useWords();
  const bad = checks.filter(({ ok }) => !ok);
  return (
    <>
      <span className="offer-text outside" dir="auto" lang={lang}>
        {text}
      </span>
      <span className="offer-facts soft">
        <span className={length.used > length.max ? 'length-over' : undefined}>
          {t.draft.length(f.number(length.used), f.number(length.max))}
        </span>
        {priceUsd !== undefined && <span>{t.triage.price(f.price(priceUsd))}</span>}
        <TemplateRate ordered id={id} at={{ ...usedAt(detail), lang }} />
        {bad.length > 0 && (
          <span className="checks-bad">
            <Icon name="urgent" size={12} /> {t.triage.stopped}:{' '}
            {bad.map(({ name }) => checkName(name, page)).join(', ')}
          </span>
        )}
      </span>
    </>
  );
}
