/**
 * Every key of the page, once: what binds them, what shows them beside a button and the map that `?` opens are made of
 * this table. Written as `KeyboardEvent.key`, with `Control+` before it where that is held (or the command key).
 */
export type KeyGroup = 'decide' | 'write' | 'settle' | 'move' | 'list' | 'look' | 'label';

interface Entry {
  keys: readonly string[];
  group: KeyGroup;
}

export const KEY_TABLE = {
  approve: { keys: ['a'], group: 'decide' },
  edit: { keys: ['e'], group: 'decide' },
  templates: { keys: ['t'], group: 'decide' },
  correct: { keys: ['c'], group: 'decide' },
  dismiss: { keys: ['x'], group: 'decide' },
  snooze: { keys: ['s'], group: 'decide' },
  sendLater: { keys: ['l'], group: 'decide' },
  assign: { keys: ['g'], group: 'decide' },
  escalate: { keys: ['!'], group: 'decide' },
  incident: { keys: ['i'], group: 'decide' },
  note: { keys: ['n'], group: 'decide' },
  undo: { keys: ['z'], group: 'decide' },

  approveInEditor: { keys: ['Control+Enter'], group: 'write' },
  save: { keys: ['Control+s'], group: 'write' },
  leave: { keys: ['Escape'], group: 'write' },

  copy: { keys: ['y'], group: 'settle' },
  isOut: { keys: ['p'], group: 'settle' },
  isNotOut: { keys: ['P'], group: 'settle' },
  retry: { keys: ['r'], group: 'settle' },
  takeUp: { keys: ['R'], group: 'settle' },
  drop: { keys: ['D'], group: 'settle' },
  acknowledge: { keys: ['A'], group: 'settle' },
  evidence: { keys: ['E'], group: 'settle' },

  next: { keys: ['j'], group: 'move' },
  previous: { keys: ['k'], group: 'move' },
  open: { keys: ['Enter'], group: 'move' },
  showNew: { keys: ['u'], group: 'move' },
  goTo: { keys: ['.'], group: 'move' },

  views: { keys: ['1', '2', '3', '4', '5', '6', '7', '8'], group: 'list' },
  savedViews: { keys: ['v'], group: 'list' },
  saveView: { keys: ['V'], group: 'list' },
  filters: { keys: ['f'], group: 'list' },
  clearFilters: { keys: ['F'], group: 'list' },
  search: { keys: ['/'], group: 'list' },

  page: { keys: ['o'], group: 'look' },
  author: { keys: ['w'], group: 'look' },
  twin: { keys: ['b'], group: 'look' },
  checks: { keys: ['q'], group: 'look' },
  thread: { keys: ['m'], group: 'look' },
  history: { keys: ['h'], group: 'look' },
  display: { keys: ['d'], group: 'look' },
  help: { keys: ['?'], group: 'look' },

  labelRight: { keys: ['Enter'], group: 'label' },
  labelSkip: { keys: [' '], group: 'label' },
} as const satisfies Record<string, Entry>;

export type Action = keyof typeof KEY_TABLE;

/** In the order of the map. */
export const KEY_GROUPS: readonly KeyGroup[] = ['decide', 'move', 'list', 'look', 'write', 'settle', 'label'];

export const ACTIONS = Object.keys(KEY_TABLE) as Action[];

export const keysOf = (action: Action): readonly string[] => KEY_TABLE[action].keys;

const NAMES: Record<string, string> = { Control: 'Ctrl', Escape: 'Esc', ' ': 'Space' };

/** As they are shown: "Ctrl", "Enter"; of a row of keys the first and the last. */
export function capsOf(action: Action): string[] {
  const keys = keysOf(action);
  const named = (key: string) => key.split('+').map((part) => NAMES[part] ?? part);
  if (keys.length < 3) return keys.flatMap(named);
  return [keys[0] ?? '', '…', keys.at(-1) ?? ''];
}

/** As `aria-keyshortcuts` has it. */
export function shortcutOf(action: Action): string {
  return keysOf(action)
    .map((key) => (key === ' ' ? 'Space' : /^[A-Z]$/.test(key) ? `Shift+${key}` : key))
    .join(' ');
}

/** Whether this key press is the one of an action, for fields that listen for themselves. */
export function isPressed(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>, action: Action): boolean {
  const held = event.ctrlKey || event.metaKey;
  return keysOf(action).includes(held ? `Control+${event.key}` : event.key);
}
