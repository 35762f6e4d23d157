import { CloseButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useWords } from '../i18n/index.tsx';
import { ACTIONS, capsOf, KEY_GROUPS, KEY_TABLE } from '../keys/key-table.ts';
import './key-map.css';

/** Every key there is, on one screen: the table that binds them, in words. */
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
            {KEY_GROUPS.map((group) => (
              <section key={group}>
                <h3>{t.keys.groups[group]}</h3>
                <dl>
                  {ACTIONS.filter((action) => KEY_TABLE[action].group === group).map((action) => (
                    <div key={action} data-action={action}>
                      <dt>
                        {capsOf(action).map((cap) => (
                          <kbd key={cap} className="key">
                            {cap}
                          </kbd>
                        ))}
                      </dt>
                      <dd>{t.keys.names[action]}</dd>
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
