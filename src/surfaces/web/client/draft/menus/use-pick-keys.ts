import { useLayoutEffect, useRef } from 'react';

/** While a list is open its keys pick, wherever the focus is on its way to: people are faster than focus. */
export function usePickKeys(
  opened: boolean,
  choices: readonly { id: string; key?: string }[],
  pick: (id: string) => void,
): void {
  const held = useRef({ choices, pick });
  held.current = { choices, pick };
  useLayoutEffect(() => {
    if (!opened) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      const choice = held.current.choices.find(({ key }) => key === event.key.toLowerCase());
      if (!choice) return;
      event.preventDefault();
      event.stopPropagation();
      held.current.pick(choice.id);
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, [opened]);
}
