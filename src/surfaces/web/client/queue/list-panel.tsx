import { ActionIcon, Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import { useInbox } from '../inbox/context.ts';
import { shortcutOf } from '../keys/key-table.ts';
import { Icon, type IconName } from '../ui/icon.tsx';

interface Props {
  menu: 'filters' | 'saveView';
  icon: IconName;
  title: string;
  /** What the button says to those who cannot see that it is lit. */
  label?: string;
  lit: boolean;
  children: ReactNode;
}

/** A button above the list, and the panel below it. */
export function ListPanel({ menu: own, icon, title, label = title, lit, children }: Props) {
  const { menu, setMenu } = useInbox();
  const opened = menu === own;
  return (
    <Popover
      position="bottom-end"
      trapFocus
      returnFocus
      shadow="md"
      opened={opened}
      onChange={(now) => setMenu(now ? own : undefined)}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <ActionIcon
          variant={lit ? 'light' : 'subtle'}
          color={lit ? 'accent' : 'gray'}
          aria-label={label}
          aria-keyshortcuts={shortcutOf(own)}
          title={title}
          onClick={() => setMenu(opened ? undefined : own)}
        >
          <Icon name={icon} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={title}>{children}</Popover.Dropdown>
    </Popover>
  );
}
