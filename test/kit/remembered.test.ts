import { describe, expect, it } from 'vitest';
import { Remembered } from '#kit';

/** Answers with how often it was asked. */
function counting(fails = new Set<number>()) {
  const asked: string[] = [];
  const ask = (what: string) => async () => {
    asked.push(what);
    if (fails.has(asked.length)) throw new Error(`${what} failed`);
    return `${what} ${asked.length}`;
  };
  return { asked, ask };
}

describe('what is asked for once', () => {
  it('is answered from memory the second time', async () => {
    const { asked, ask } = counting();
    const known = new Remembered();
    expect(await known.once('a', ask('a'))).toBe('a 1');
    expect(await known.once('a', ask('a'))).toBe('a 1');
    expect(asked).toEqual(['a']);
  });

  it('is asked for again where it failed, and nothing else is', async () => {
    const { asked, ask } = counting(new Set([2]));
    const known = new Remembered();
    await known.once('a', ask('a'));
    await expect(known.once('b', ask('b'))).rejects.toThrow('b failed');
    await known.once('a', ask('a'));
    expect(await known.once('b', ask('b'))).toBe('b 3');
    expect(asked).toEqual(['a', 'b', 'b']);
  });

  it('may be nothing, which is an answer', async () => {
    const known = new Remembered();
    let asked = 0;
    const nothing = async () => void asked++;
    await known.once('a', nothing);
    await known.once('a', nothing);
    expect(asked).toBe(1);
  });

  it('is forgotten when there is too much of it, the oldest first', async () => {
    const { asked, ask } = counting();
    const known = new Remembered(2);
    for (const what of ['a', 'b', 'c', 'b', 'a']) await known.once(what, ask(what));
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });

  it('is forgotten when it is cleared', async () => {
    const { asked, ask } = counting();
    const known = new Remembered();
    await known.once('a', ask('a'));
    expect(known.isEmpty).toBe(false);
    known.clear();
    expect(known.isEmpty).toBe(true);
    await known.once('a', ask('a'));
    expect(asked).toEqual(['a', 'a']);
  });
});
