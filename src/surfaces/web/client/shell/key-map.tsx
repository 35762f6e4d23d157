import { Modal } from '@mantine/core';
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
      ['assign', ['g']],
      ['escalate', ['!']],
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
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t.keys.title}
      size="lg"
      lockScroll={false}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t.close }}
    >
      <div className="keymap">
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
    </Modal>
  );
}
