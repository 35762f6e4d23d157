import { Button, CloseButton } from '@mantine/core';
import { useEffect } from 'react';
import { hush, useNotices } from '../hooks/notices.ts';
import { useWords } from '../i18n/index.tsx';
import { Key } from '../ui/key.tsx';

const QUIET_AFTER_MS = 8000;

/** What was just done, with its undo. A refusal stays until it was seen. */
export function NoticeBar() {
  const { t } = useWords();
  const { notice } = useNotices();
  useEffect(() => {
    if (!notice || notice.kind === 'refused') return;
    const timer = setTimeout(hush, QUIET_AFTER_MS);
    return () => clearTimeout(timer);
  }, [notice]);
  return (
    <div className="notice-place" role="status" aria-live="polite">
      {notice && (
        <div className={`notice notice-${notice.kind}`}>
          <span className="notice-text" dir="auto">
            {notice.text}
          </span>
          {notice.action && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                hush();
                notice.action?.run();
              }}
              rightSection={notice.action.key && <Key>{notice.action.key}</Key>}
            >
              {notice.action.label}
            </Button>
          )}
          <CloseButton size="sm" aria-label={t.close} onClick={hush} />
        </div>
      )}
    </div>
  );
}
