import { expect, test } from 'vitest';
import { ACTIONS, capsOf, isPressed, KEY_GROUPS, KEY_TABLE, keysOf, shortcutOf } from './key-table.ts';

test('no key means two things in one place', () => {
  const place = (group: string) => (['write', 'label'].includes(group) ? group : 'inbox');
  const bound = ACTIONS.flatMap((action) => keysOf(action).map((key) => `${place(KEY_TABLE[action].group)} ${key}`));
  expect(bound.toSorted()).toEqual([...new Set(bound)].toSorted());
});

test('every key stands in a group of the map', () => {
  for (const action of ACTIONS) expect(KEY_GROUPS).toContain(KEY_TABLE[action].group);
});

test('keys are shown as they are written on the keyboard, and named as screen readers know them', () => {
  expect(capsOf('approveInEditor')).toEqual(['Ctrl', 'Enter']);
  expect(capsOf('views')).toEqual(['1', '…', '8']);
  expect(capsOf('labelSkip')).toEqual(['Space']);
  expect(shortcutOf('saveView')).toBe('Shift+V');
  expect(shortcutOf('save')).toBe('Control+s');
});

test('a press is of an action with exactly what is held', () => {
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });
  expect(isPressed(press('Enter', true), 'approveInEditor')).toBe(true);
  expect(isPressed(press('Enter'), 'approveInEditor')).toBe(false);
  expect(isPressed({ key: 's', ctrlKey: false, metaKey: true }, 'save')).toBe(true);
  expect(isPressed(press('v'), 'saveView')).toBe(false);
});
