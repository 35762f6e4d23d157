/**
 * What connectors say to people, read in another language. What is said, and stored, is the English sentence. Its template
 * is its code: "The thread {name} is locked." names in braces what differs each time, so that a sentence is found again with
 * what was filled in, also one that was stored before anybody wrote it in another language.
 */

/** English templates, and the same in another language with the same names in braces. */
export type Translated = Readonly<Record<string, string>>;

const NAME = /\{(\w+)\}/g;

/**
 * The sentence in the other language; what was filled in is looked up, too, since it may be a sentence of its own. Undefined
 * for one that is not among them.
 */
export function inOtherWords(said: string, sentences: Translated): string | undefined {
  if (Object.hasOwn(sentences, said)) return sentences[said];
  for (const [template, translated] of Object.entries(sentences)) {
    const values = valuesIn(said, template);
    if (!values) continue;
    return translated.replaceAll(NAME, (_, name: string) => {
      const value = values[name] ?? '';
      return (value.length < said.length && inOtherWords(value, sentences)) || value;
    });
  }
  return undefined;
}

/** What a sentence fills into a template; undefined when it is another sentence. Reads on from one fixed part to the next. */
function valuesIn(said: string, template: string): Record<string, string> | undefined {
  const [first = '', ...rest] = template.split(NAME);
  if (rest.length === 0 || !said.startsWith(first)) return undefined;
  const values: Record<string, string> = {};
  let at = first.length;
  for (let index = 0; index < rest.length; index += 2) {
    const [name = '', fixed = ''] = rest.slice(index, index + 2);
    // The last fixed part stands at the end, wherever else it occurs.
    const isLast = index + 2 === rest.length;
    const end = isLast ? (said.endsWith(fixed) ? said.length - fixed.length : -1) : said.indexOf(fixed, at);
    if (end <= at) return undefined;
    values[name] = said.slice(at, end);
    at = end + fixed.length;
  }
  return values;
}
