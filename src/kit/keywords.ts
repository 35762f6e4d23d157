/** Letter case and full-width forms make no difference: Ｗａｌｌｅｔ is wallet. */
export function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** True for a text that holds one of the words, also inside Chinese sentences; for every text when there are none. */
export function holdsOneOf(words: readonly string[]): (text: string) => boolean {
  const folded = words.map(fold);
  return (text) => {
    const whole = folded.length > 0 ? fold(text) : '';
    return folded.length === 0 || folded.some((word) => whole.includes(word));
  };
}
