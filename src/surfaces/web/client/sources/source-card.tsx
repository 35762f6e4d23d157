import { useState } from 'react';
import type { SourceInfo } from '../../api.ts';
import { useConnectors } from '../hooks/queries.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { CoverageBar } from './coverage-bar.tsx';
import { inWords } from './in-words.ts';
import { scheduleWords } from './schedules.ts';
import { SourceActions } from './source-actions.tsx';
import { SourceState } from './source-state.tsx';
import { SpendingBar } from './spending.tsx';

function momentOf({ verdict, sentAt, dueAt, heardAt, deafSince }: NonNullable<SourceInfo['canary']>): number {
  if (verdict === 'heard') return heardAt ?? sentAt;
  if (verdict === 'unsent') return sentAt;
  return verdict === 'deaf' ? (deafSince ?? dueAt) : dueAt;
}

/** The address to put into the platform or the app. */
function CalledAt({ address }: { address: string }) {
  const { t } = useWords();
  return (
    <p className="source-called small">
      {t.sources.calledAt} <code>{new URL(address, location.origin).href}</code>
    </p>
  );
}

/** How one source is doing, in words, and what can be done with it. */
export function SourceCard({ source, mayChange }: { source: SourceInfo; mayChange: boolean }) {
  const { t, f, lang } = useWords();
  const { data: connectors } = useConnectors();
  const [said, setSaid] = useState<{ ok: boolean; text: string }>();
  const { status, canary } = source;
  const found = connectors?.find(({ id }) => id === source.connector);
  const connector = found && inWords(found, lang);
  // What is said about a budget that is used up, its own line says in the reader's language.
  const stands = source.spending?.state === 'used-up' ? '' : otherWords(status.message, source.messageIn, lang);
  return (
    <li className="source">
      <div className="source-top">
        <div className="source-title">
          <h2>
            <bdi>{source.name}</bdi>
          </h2>
          <p className="soft small">
            {connector?.name ?? source.connector} · <bdi>{source.id}</bdi>
            {source.sample && <span className="tag tag-accent source-sample">{t.sample.tag}</span>}
          </p>
        </div>
        <SourceState state={source.enabled ? status.state : 'paused'} deaf={canary?.verdict === 'deaf'} word />
      </div>
      {canary?.verdict === 'deaf' && (
        <p className="source-message">{t.sources.deafSince(f.dateTime(canary.deafSince ?? canary.dueAt))}</p>
      )}
      {canary?.verdict === 'unsent' && (
        <p className="source-message outside" dir="auto">
          {canary.problem && otherWords(canary.problem, canary.problemIn, lang)}
        </p>
      )}
      <dl className="source-facts">
        <div>
          <dt>{t.sources.lastSuccess}</dt>
          <dd>{status.lastSuccessAt === undefined ? t.sources.never : f.dateTime(status.lastSuccessAt)}</dd>
        </div>
        <div>
          <dt>{t.sources.stored}</dt>
          <dd>{f.number(status.stored)}</dd>
        </div>
        {status.skipped > 0 && (
          <div>
            <dt>{t.sources.skipped}</dt>
            <dd>{f.number(status.skipped)}</dd>
          </div>
        )}
        {canary && (
          <div>
            <dt>{t.sources.canary}</dt>
            <dd>{t.sources.canaryStands[canary.verdict](f.dateTime(momentOf(canary)))}</dd>
          </div>
        )}
        {source.isRead && (
          <div>
            <dt>{t.sources.schedule}</dt>
            <dd>{scheduleWords(source.schedule, t, f)}</dd>
          </div>
        )}
        {status.until !== undefined && status.until > Date.now() && (
          <div>
            <dt>{t.sources.states['rate-limited']}</dt>
            <dd>{t.sources.until(f.dateTime(status.until))}</dd>
          </div>
        )}
      </dl>
      {source.calledAt && <CalledAt address={source.calledAt} />}
      {source.spending && <SpendingBar spending={source.spending} />}
      <CoverageBar spans={source.coverage} />
      {/* Beside the buttons: whoever tries again reads there what came of it, once. */}
      {stands && stands !== said?.text && (
        <p className="source-message outside" dir="auto">
          {stands}
        </p>
      )}
      <p role="status" className={!said || said.ok ? 'outside' : 'source-message outside'} dir="auto">
        {said?.text}
      </p>
      {mayChange && <SourceActions source={source} onSaid={setSaid} />}
    </li>
  );
}
