let touched = false;
const touch = () => {
  touched = true;
};
for (const kind of ['keydown', 'pointerdown', 'wheel'])
  addEventListener(kind, touch, { once: true, capture: true, passive: true });

/** How long a fresh page may still fill up by itself. */
const FILLING_MS = 15_000;

/**
 * Whether rows may still move: right after the page was opened, as long as nobody has touched anything. On a first start
 * the inbox fills within these seconds, and a newcomer should see it happen.
 */
export const mayStillMove = (): boolean => !touched && performance.now() < FILLING_MS;
