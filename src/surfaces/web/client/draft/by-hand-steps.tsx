import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Detail } from '../../api.ts';
import { useKeys } from '../hooks/use-keys.ts';
import { useWords } from '../i18n/index.tsx';
import { otherWords } from '../i18n/other-words.ts';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { useHref } from '../mention/use-href.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { copyText } from '../ui/copy-text.ts';
import { Icon } from '../ui/icon.tsx';
import { KeyOf } from '../ui/key.tsx';

/** A reply that no program may post: copy it, open the page, say that it is out. */
export function ByHandSteps({ detail, text }: { detail: Detail; text: string }) {
  const { t, lang } = useWords();
  const { decide } = useInbox();
  const [url, setUrl] = useState('');
  const href = useHref()(detail.mention.url);
  const confirm = () => void decide(detail, 'posted', url.trim() ? { url: url.trim() } : {});
  // Whoever approved with a key goes on with the same one.
  useKeys({ copy: () => void copyText(text), approve: confirm, isOut: confirm });
  return (
    <div className="by-hand">
      <h3>{t.act.byHandTitle}</h3>
      {detail.replyTo.why && <p className="soft small">{otherWords(detail.replyTo.why, detail.replyTo.whyIn, lang)}</p>}
      <ol>
        <li>
          <CopyButton text={text} label={t.act.copy} /> <KeyOf action="copy" />
        </li>
        {href && (
          <li>
            <Button
              component="a"
              href={href}
              target="_blank"
              rel="noreferrer noopener"
              variant="default"
              size="xs"
              leftSection={<Icon name="open" />}
            >
              {t.act.openPage}
            </Button>{' '}
            <KeyOf action="page" />
          </li>
        )}
        <li className="by-hand-confirm">
          <TextInput
            aria-label={t.act.postedUrl}
            placeholder={t.act.postedUrl}
            size="xs"
            type="url"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Button
            size="xs"
            onClick={confirm}
            aria-keyshortcuts={shortcutOf('isOut')}
            rightSection={<KeyOf action="isOut" />}
          >
            {t.act.iPosted}
          </Button>
        </li>
      </ol>
    </div>
  );
}
