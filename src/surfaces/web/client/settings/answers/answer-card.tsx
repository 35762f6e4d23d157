import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReplyLanguage } from '../../../../../core/nouns.ts';
import type { AnswerInfo, WrittenAnswer } from '../../../answer-api.ts';
import { api } from '../../api-client.ts';
import { useMay } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { useKept } from '../../ui/kept.ts';
import { WordDifference } from '../../ui/word-difference.tsx';
import { AnswerForm } from './answer-form.tsx';
import { AnswerHistory } from './answer-history.tsx';
import { FailedChecks } from './failed-checks.tsx';
import { useAnswerSteps } from './use-answer-steps.ts';

/** One answer as members read it, who let them, and what somebody proposes instead. */
export function AnswerCard({ answer, lang }: { answer: AnswerInfo; lang: ReplyLanguage }) {
  const { t } = useWords();
  const [kept] = useKept(`answer.${answer.id}`);
  const [open, setOpen] = useState<'form' | 'history' | undefined>(kept === undefined ? undefined : 'form');
  const [start, setStart] = useState<WrittenAnswer>();
  const { id, said, proposal, written, failed } = answer;
  const shown = said.find((one) => one.lang === lang) ?? proposal?.said.find((one) => one.lang === lang);
  const close = () => {
    setOpen(undefined);
    setStart(undefined);
  };
  return (
    <li className="template">
      <div className="template-top">
        <strong className="outside" lang={lang}>
          {shown?.title ?? id}
        </strong>
        <State answer={answer} />
      </div>
      <p className="soft small template-facts">
        <code>{id}</code>
        {answer.own && <span>{t.settings.templates.ours}</span>}
      </p>
      <Check answer={answer} />
      {open !== 'form' && said.length > 0 && (
        <details
          className="answer-said"
          open={proposal === undefined && answer.state !== 'approved' ? undefined : false}
        >
          <summary>{t.answers.read}</summary>
          <p className="template-text" lang={lang}>
            {shown?.text}
          </p>
        </details>
      )}
      <FailedChecks failed={failed} />
      {proposal && open !== 'form' && <Proposed answer={answer} />}
      {open === undefined && <Steps answer={answer} onOpen={setOpen} />}
      {open === 'form' && <AnswerForm id={id} start={start ?? proposal?.written ?? written} onDone={close} />}
      {open === 'history' && (
        <AnswerHistory
          id={id}
          onClose={close}
          onTake={(old) => {
            setStart(old);
            setOpen('form');
          }}
        />
      )}
    </li>
  );
}

function State({ answer: { state, approval, proposal } }: { answer: AnswerInfo }) {
  const { t, f } = useWords();
  const when = approval && f.dateTime(Date.parse(approval.at));
  return (
    <span className="template-tags">
      {proposal && <span className="tag tag-amber">{t.answers.proposedTag}</span>}
      {state === 'approved' && approval && (
        <span className="tag tag-green">{t.answers.approvedBy(approval.by, when ?? '')}</span>
      )}
      {state === 'changed' && <span className="tag tag-amber">{t.answers.changed}</span>}
      {state === 'waiting' && !proposal && <span className="tag">{t.answers.waiting}</span>}
    </span>
  );
}

/** Who answers for it, when it was compared with the product last, and whose turn it is. */
function Check({ answer: { id, check } }: { answer: AnswerInfo }) {
  const { t, f } = useWords();
  const step = useAnswerSteps();
  const mayDraft = useMay('draft');
  if (!check) return null;
  const { owner, checked, by, due, overdue } = check;
  const day = (written: string) => f.date(Date.parse(`${written}T00:00:00Z`));
  return (
    <div className={overdue ? 'template-note answer-check' : 'answer-check'}>
      <span className="small outside">
        {t.answers.owner(owner)} ·{' '}
        {by === undefined ? t.answers.checked(day(checked)) : t.answers.checkedBy(by, day(checked))} ·{' '}
        {overdue ? t.answers.overdue(day(due)) : t.answers.due(day(due))}
      </span>
      {mayDraft && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void step(() => api.answerStep('checked', id), t.answers.checkedDone)}
        >
          {t.answers.checkedToday}
          <span className="unseen"> {id}</span>
        </Button>
      )}
    </div>
  );
}

/** What somebody proposes, with what it changes and what stands against it. */
function Proposed({ answer }: { answer: AnswerInfo }) {
  const { t, f } = useWords();
  const step = useAnswerSteps();
  const mayApprove = useMay('approve');
  const mayDraft = useMay('draft');
  const { id, written, proposal } = answer;
  if (!proposal) return null;
  return (
    <section className="template-tried" aria-label={t.answers.proposedTag}>
      <p className="small soft outside">{t.answers.proposedBy(proposal.by, f.dateTime(Date.parse(proposal.at)))}</p>
      {(['en', 'zh-Hans'] as const).map((lang) => (
        <div key={lang} lang={lang}>
          <h3>{proposal.written[lang].title}</h3>
          <WordDifference before={written?.[lang].text ?? ''} after={proposal.written[lang].text} />
        </div>
      ))}
      <FailedChecks failed={proposal.failed} />
      <div className="template-steps">
        {mayApprove && (
          <Button
            size="xs"
            disabled={proposal.failed.length > 0}
            onClick={() => void step(() => api.approveAnswer(id, proposal.version), t.answers.approved)}
          >
            {t.answers.approveThis}
            <span className="unseen"> {id}</span>
          </Button>
        )}
        {mayDraft && (
          <Button
            size="xs"
            variant="default"
            onClick={() => void step(() => api.answerStep('discard', id), t.answers.discarded)}
          >
            {t.answers.discard}
            <span className="unseen"> {id}</span>
          </Button>
        )}
      </div>
    </section>
  );
}

function Steps({ answer, onOpen }: { answer: AnswerInfo; onOpen(what: 'form' | 'history'): void }) {
  const { t } = useWords();
  const step = useAnswerSteps();
  const mayApprove = useMay('approve');
  const mayDraft = useMay('draft');
  const { id, state, version, proposal, failed, own, came } = answer;
  const name = <span className="unseen"> {id}</span>;
  return (
    <div className="template-steps">
      {mayApprove && state !== 'approved' && !proposal && (
        <Button
          size="xs"
          disabled={failed.length > 0}
          onClick={() => void step(() => api.approveAnswer(id, version), t.answers.approved)}
        >
          {t.answers.approve}
          {name}
        </Button>
      )}
      {mayDraft && (
        <Button size="xs" variant="default" onClick={() => onOpen('form')}>
          {t.answers.edit}
          {name}
        </Button>
      )}
      {mayApprove && state !== 'waiting' && (
        <Button
          size="xs"
          variant="default"
          onClick={() => void step(() => api.answerStep('withdraw', id), t.answers.withdrawn)}
        >
          {t.answers.withdraw}
          {name}
        </Button>
      )}
      <Button size="xs" variant="subtle" color="gray" onClick={() => onOpen('history')}>
        {t.settings.templates.history}
        {name}
      </Button>
      {mayApprove && own && answer.written && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => void step(() => api.answerStep('back', id), t.settings.saved)}
        >
          {came ? t.settings.templates.back : t.settings.removeItem}
          {name}
        </Button>
      )}
    </div>
  );
}
