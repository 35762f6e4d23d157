import { Button } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../i18n/index.tsx';
import { copyText } from './copy-text.ts';
import { Icon } from './icon.tsx';

/** Copies, and says so in its own place. */
export function CopyButton({ text, label, onCopied }: { text: string; label?: string; onCopied?(): void }) {
  const { t } = useWords();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(text))) return;
    setCopied(true);
    onCopied?.();
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<Icon name={copied ? 'check' : 'copy'} />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{copied ? t.act.copied : (label ?? t.top.copy)}</span>
    </Button>
  );
}
