import { Button, Menu } from '@mantine/core';
import type { ReactElement } from 'react';
import { useWords } from '../../i18n/index.tsx';
import { type MenuName, useInbox } from '../../inbox/context.ts';
import { shortcutOf } from '../../keys/key-table.ts';
import { Key, KeyOf } from '../../ui/key.tsx';
import { usePickKeys } from './use-pick-keys.ts';

export interface Choice {
  id: string;
  label: string;
  /** Picks it while the list is open. */
  key: string;
  /** The one that holds now. */
  current?: boolean;
  hint?: string | undefined;
  /** A word beside its key. */
  aside?: string;
  /** More of it, below its name. */
  body?: ReactElement;
}

interface Props {
  /** Its key opens the list from anywhere. */
  name: MenuName;
  label: string;
  title: string;
  choices: Choice[];
  none?: string;
  position?: 'top-start' | 'bottom-start' | 'bottom-end';
  /** For choices that are whole texts. */
  wide?: boolean;
  /** Instead of the button. */
  target?: ReactElement;
  onPick(id: string): void;
}

/** A button with a list over it: one key opens it, one more picks. */
export function PickMenu({ name, label, title, choices, none, position = 'top-start', wide, target, onPick }: Props) {
  const { t } = useWords();
  const { menu, setMenu } = useInbox();
  const pick = (id: string) => {
    setMenu(undefined);
    onPick(id);
  };
  const opened = menu === name;
  usePickKeys(opened, choices, pick);
  return (
    <Menu
      opened={opened}
      onChange={(now) => setMenu(now ? name : undefined)}
      position={position}
      shadow="md"
      loop
      transitionProps={{ duration: 0 }}
      // In its place in the page, over whatever scrolls around it.
      withinPortal={false}
      floatingStrategy="fixed"
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        {target ?? (
          <Button
            variant="default"
            size="sm"
            rightSection={<KeyOf action={name} />}
            aria-keyshortcuts={shortcutOf(name)}
          >
            {label}
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown className={wide ? 'pick pick-wide' : 'pick'}>
        <Menu.Label>{title}</Menu.Label>
        {choices.map(({ id, label: text, key, current, hint, aside, body }) => (
          <Menu.Item
            key={id}
            onClick={() => pick(id)}
            title={hint}
            data-current={current || undefined}
            aria-keyshortcuts={key}
            rightSection={
              <span className="pick-end">
                {aside && <span className="soft small">{aside}</span>}
                {current && <span className="soft small">{t.act.current}</span>}
                <Key>{key}</Key>
              </span>
            }
          >
            <span dir="auto" className={body ? 'pick-name' : undefined}>
              {text}
            </span>
            {body}
          </Menu.Item>
        ))}
        {choices.length === 0 && <Menu.Item disabled>{none}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

/** 1 to 9, then letters. */
export const numberKey = (index: number): string => (index < 9 ? String(index + 1) : String.fromCharCode(88 + index));
