import { type Action, capsOf } from '../keys/key-table.ts';

/** The key for something, beside its name. Not read aloud: `aria-keyshortcuts` says it. */
export function Key({ children }: { children: string }) {
  return (
    <span className="key key-hint" aria-hidden="true">
      {children}
    </span>
  );
}

/** The same for something in the key table. */
export const KeyOf = ({ action }: { action: Action }) => <Key>{capsOf(action).join(' ')}</Key>;
