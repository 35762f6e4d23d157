import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Proposal } from '../../../template-api.ts';
import { api } from '../../api-client.ts';
import { KEYS } from '../../hooks/queries.ts';
import { useWords } from '../../i18n/index.tsx';
import { hrefOf } from '../../router.ts';
import { WordDifference } from '../../ui/word-difference.tsx';
import { useTemplateSteps } from './use-template-steps.ts';

export const useProposals = (enabled: boolean) =>
  useQuery({ queryKey: KEYS.proposals, queryFn: api.templateProposals, enabled });

/** What people change in drafts again and again, as changes of the templates. Nothing while there is none. */
export function Proposals() {
  const { t } = useWords();
  const { data } = useProposals(true);
  if (!data?.length) return null;
  return (
    <section className="proposals" aria-labelledby="proposals">
      <h3 id="proposals">{t.settings.templates.proposals}</h3>
      <p className="soft">{t.settings.templates.proposalsIntro}</p>
      <ul className="templates-list">
        {data.map((proposal) => (
          <ProposalCard key={proposal.key} proposal={proposal} />
        ))}
      </ul>
    </section>
  );
}

function ProposalCard({ proposal }: { proposal: Proposal }) {
  const { t, f } = useWords();
  const step = useTemplateSteps();
  const { id, key, version, title, text, proposed, edited, changes } = proposal;
  const most = Math.max(...changes.map(({ n }) => n));
  const mentions = [...new Set(changes.flatMap((change) => change.mentions))];
  return (
    <li className="template">
      <div className="template-top">
        <strong className="outside" lang={id.includes('/zh') ? 'zh-Hans' : 'en'}>
          {title}
        </strong>
        <span className="tag">{t.settings.templates.ofEdits(f.number(most), f.number(edited))}</span>
      </div>
      <p className="soft small template-facts">
        <code>{id}</code>
        {mentions.map((mention, at) => (
          <a key={mention} href={hrefOf({ page: 'inbox', view: 'all', id: mention, filters: {} })}>
            {t.learning.open} {f.number(at + 1)}
          </a>
        ))}
      </p>
      <WordDifference before={text} after={proposed} />
      <div className="template-steps">
        <Button size="xs" onClick={() => void step(() => api.changeTemplate({ id, before: version, text: proposed }))}>
          {t.settings.templates.take}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => void step(() => api.declineProposal(id, key), t.settings.templates.declined)}
        >
          {t.settings.templates.decline}
        </Button>
      </div>
    </li>
  );
}
