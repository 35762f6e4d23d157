import { CloseButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { Messages } from '../i18n/en.ts';
import { useWords } from '../i18n/index.tsx';
import './key-map.css';

type KeyWord = Exclude<keyof Messages['keys'], 'title' | 'groups' | 'note'>;

const GROUPS: { title: keyof Messages['keys']['groups']; keys: [KeyWord, string[]][] }[] = [
  {
    title: 'decide',
    keys: [
      ['approve', ['a']],
      ['edit', ['e']],
      ['leave', ['Esc']],
      ['approveInEditor', ['Ctrl', 'Enter']],
      ['templates', ['t']],
      ['correct', ['c']],
      ['dismiss', ['x']],
      ['snooze', ['s']],
      ['sendLater', ['l']],
      ['assign', ['g']],
      ['escalate', ['!']],
      ['incident', ['i']],
      ['undo', ['z']],
    ],
  },
  {
    title: 'move',
    keys: [
      ['move', ['j', 'k']],
      ['open', ['Enter']],
      ['views', ['1', '…', '8']],
      ['showNew', ['u']],
    ],
  },
  {
    title: 'look',
    keys: [
      ['search', ['/']],
      ['page', ['o']],
      ['copy', ['y']],
      ['help', ['?']],
    ],
  },
];

/** Every key there is, on one screen. */
export function KeyMapDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const { t } = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (opened) dialog.current?.showModal();
    else dialog.current?.close();
  }, [opened]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the browser closes a dialog by Esc itself
    <dialog
      ref={dialog}
      className="keymap"
      aria-labelledby="keymap-title"
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
    >
      {opened && (
        <div className="keymap-inner">
          <div className="keymap-top">
            <h2 id="keymap-title">{t.keys.title}</h2>
            <CloseButton aria-label={t.close} onClick={onClose} />
          </div>
          <div className="keymap-groups">
            {GROUPS.map(({ title, keys }) => (
              <section key={title}>
                <h3>{t.keys.groups[title]}</h3>
                <dl>
                  {keys.map(([word, caps]) => (
                    <div key={word}>
                      <dt>
                        {caps.map((cap) => (
                          <kbd key={cap} className="key">
                            {cap}
                          </kbd>
                        ))}
                      </dt>
                      <dd>{t.keys[word]}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <p className="soft small">{t.keys.note}</p>
        </div>
      )}
    </dialog>
  );
}
