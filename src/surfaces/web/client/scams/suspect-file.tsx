import { Button, Skeleton } from '@mantine/core';
import type { AccountAsked, SuspectFileInfo } from '../../scam-api.ts';
import { useMay } from '../hooks/queries.ts';
import { useLate } from '../hooks/use-late.ts';
import { useWords } from '../i18n/index.tsx';
import { useHref } from '../mention/use-href.ts';
import { hrefOf } from '../router.ts';
import { NotLoaded } from '../ui/not-loaded.tsx';
import { SuspectPost } from './suspect-post.tsx';
import { SuspectName, SuspectTags } from './suspect-tags.tsx';
import { Takedown } from './takedown.tsx';
import { useJudge } from './use-judge.ts';
import { useSuspectFile } from './use-suspects.ts';

/** One account: what it wrote and below whose posts, what a person says of it, and what can be done. */
export function SuspectFile({ account }: { account: AccountAsked }) {
  const { t } = useWords();
  const query = useSuspectFile(account);
  const { data, isPending } = query;
  const late = useLate(isPending);
  return (
    <>
      <p>
        <a className="scam-back" href={hrefOf({ page: 'scams' })}>
          {t.scams.back}
        </a>
      </p>
      {late && <Skeleton height={240} />}
      <NotLoaded query={query} />
      {data && <File file={data} />}
    </>
  );
}

function File({ file: { suspect, lookAlike, posts } }: { file: SuspectFileInfo }) {
  const { t } = useWords();
  const profile = useHref()(suspect.latest.mention.author.url);
  const name = <SuspectName suspect={suspect} />;
  return (
    <div className="scam-file">
      <header>
        <h1>
          {profile ? (
            <a href={profile} target="_blank" rel="noreferrer noopener">
              {name}
            </a>
          ) : (
            name
          )}
        </h1>
        <SuspectTags suspect={suspect} lookAlike={lookAlike} />
        <Judging suspect={suspect} />
      </header>
      <section aria-labelledby="scam-evidence">
        <h2 id="scam-evidence">{t.scams.evidence}</h2>
        <ul className="scam-list">
          {posts.map((post) => (
            <SuspectPost key={post.row.mention.id} post={post} />
          ))}
        </ul>
      </section>
      <Takedown account={suspect} />
    </div>
  );
}

function Judging({ suspect }: Pick<SuspectFileInfo, 'suspect'>) {
  const { t } = useWords();
  const { judge, busy } = useJudge();
  if (!useMay('triage')) return null;
  const { state } = suspect;
  return (
    <p className="scam-buttons">
      {state !== 'confirmed' && (
        <Button size="xs" color="red" disabled={busy} onClick={() => void judge(suspect, 'confirmed')}>
          {t.scams.confirm}
        </Button>
      )}
      {state !== 'cleared' && (
        <Button size="xs" variant="default" disabled={busy} onClick={() => void judge(suspect, 'cleared')}>
          {t.scams.clear}
        </Button>
      )}
      {state !== 'suspected' && (
        <Button size="xs" variant="default" disabled={busy} onClick={() => void judge(suspect, 'suspected')}>
          {t.scams.reopen}
        </Button>
      )}
    </p>
  );
}
