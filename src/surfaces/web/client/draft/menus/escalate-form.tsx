import { Button, Popover, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Detail } from '../../../api.ts';
import { useWords } from '../../i18n/index.tsx';
import { useInbox } from '../../inbox/context.ts';
import { shortcutOf } from '../../keys/key-table.ts';
import { KeyOf } from '../../ui/key.tsx';

/** Hands a mention up, with a note that is never posted. */
export function EscalateForm({ detail }: { detail: Detail }) {
  const { t } = useWords();
  const { menu, setMenu, decide } = useInbox();
  const [note, setNote] = useState('');
  const opened = menu === 'escalate';
  const escalate = (event?: React.FormEvent) => {
    event?.preventDefault();
    setMenu(undefined);
    void decide(detail, 'escalate', { note: note.trim() });
  };
  return (
    <Popover
      opened={opened}
      onChange={(now) => setMenu(now ? 'escalate' : undefined)}
      position="top-start"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="sm"
          rightSection={<KeyOf action="escalate" />}
          aria-keyshortcuts={shortcutOf('escalate')}
          onClick={() => setMenu(opened ? undefined : 'escalate')}
        >
          {t.act.escalate}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t.act.escalate}>
        <form className="panel" onSubmit={escalate}>
          <Textarea
            label={t.act.escalateTitle}
            description={t.act.escalateNote}
            value={note}
            rows={3}
            maxLength={500}
            data-autofocus
            onChange={(event) => setNote(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
                event.preventDefault();
                escalate();
              }
            }}
          />
          <Button type="submit" size="sm">
            {t.act.escalate}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
