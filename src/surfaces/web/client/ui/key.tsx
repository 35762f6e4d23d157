/** The key for something, beside its name. Not read aloud: `aria-keyshortcuts` says it. */
export function Key({ children }: { children: string }) {
  return (
    <span className="key key-hint" aria-hidden="true">
      {children}
    </span>
  );
}
