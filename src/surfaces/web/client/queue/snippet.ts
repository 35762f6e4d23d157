const LONGEST = 240;

/** One line of a text for a row: from its beginning, or, in a search, from a little before the first match. */
export function snippet(text: string, searched?: string): string {
  const word = searched?.trim().split(/\s+/)[0]?.toLowerCase();
  const found = word ? text.toLowerCase().indexOf(word) : -1;
  // Lower case may be longer than the text it came from; then the place is only roughly right, which is enough here.
  const start = found > 24 ? wholeCharacter(text, found - 12) : 0;
  const line = text
    .slice(start, start + LONGEST)
    .replace(/\s+/g, ' ')
    .trim();
  return start > 0 ? `…${line}` : line;
}

/** Never begins with the second half of a character. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
