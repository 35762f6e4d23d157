/**
 * What connectors say to people, read in another language. What is said, and stored, is the English sentence. Its template
 * is its code: "The thread {name} is locked." names in braces what differs each time, so that a sentence is found again with
 * what was filled in, also one that was stored before anybody wrote it in another language.
 */

/** English templates, and the same in another language with the same names in braces. */
export type Translated = Readonly<Record<string, string>>;

/**
 * What is said to people in Chinese, by the English sentence. Simplified is enough: Traditional is made of it. Where its
 * readers say it in other words, both are written.
 */
export type Said = Readonly<Record<string, string | { 'zh-Hans': string; 'zh-Hant': string }>>;

const NAME = /\{(\w+)\}/g;
/** Where one sentence ends and another begins. */
const BETWEEN = /(?<=[.!?”"')]) (?=[\p{Lu}"“])/gu;
/** Longer than anything that is said; what follows would be somebody else's text. */
const MOST = 4000;

/**
 * The sentence in the other language; what was filled in is looked up, too, since it may be a sentence of its own, and so are
 * several sentences or lines one after the other. Where it can be read in more than one way, the one counts that leaves the
 * least as it was; among equals the one whose words begin first, since a reason stands behind what it is the reason of.
 * Undefined for one that is not among them.
 */
export function inOtherWords(said: string, sentences: Translated): string | undefined {
  return said.length > MOST ? undefined : new Reading(sentences).of(said);
}

class Reading {
  readonly #sentences: Translated;
  readonly #known = new Map<string, string | undefined>();

  constructor(sentences: Translated) {
    this.#sentences = sentences;
  }

  of(said: string): string | undefined {
    if (Object.hasOwn(this.#sentences, said)) return this.#sentences[said];
    if (this.#known.has(said)) return this.#known.get(said);
    // While it is read it is read as nothing, so that no template leads back to it.
    this.#known.set(said, undefined);
    // What one line says is no name in another.
    const ways = said.includes('\n')
      ? [...this.#inLines(said), ...this.#asOne(said)]
      : [...this.#asOne(said), ...this.#inSentences(said)];
    const [first, ...others] = ways;
    const best = others.reduce((least, way) => (unread(way) < unread(least) ? way : least), first ?? '');
    this.#known.set(said, first && best);
    return first && best;
  }

  #asOne(said: string): string[] {
    const fitting = Object.entries(this.#sentences).flatMap(([template, translated]) => {
      const values = valuesIn(said, template);
      if (!values) return [];
      const hasWords = /\p{L}/u.test(template.replaceAll(NAME, ''));
      return [{ translated, values, hasWords, at: said.indexOf(wordsOf(template)) }];
    });
    return fitting
      .sort((one, other) => one.at - other.at)
      .flatMap(({ translated, values, hasWords }) => {
        const read = (value: string) => (value.length < said.length ? this.of(value) : undefined);
        const others = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, read(value)]));
        // One of nothing but signs says nothing itself: around what nobody translated, its signs would be foreign.
        if (!hasWords && Object.values(others).every((other) => other === undefined)) return [];
        return [translated.replaceAll(NAME, (_, name: string) => others[name] || (values[name] ?? ''))];
      });
  }

  *#inLines(said: string): Generator<string> {
    const lines = said.split('\n').map((line) => [line, this.of(line)] as const);
    if (lines.some(([, words]) => words !== undefined)) yield lines.map(([line, words]) => words ?? line).join('\n');
  }

  *#inSentences(said: string): Generator<string> {
    for (const { index } of said.matchAll(BETWEEN)) {
      const [one, rest] = [said.slice(0, index), said.slice(index + 1)];
      const [first, others] = [this.of(one), this.of(rest)];
      // Chinese sentences stand without a space between them.
      if (first !== undefined) yield others === undefined ? `${first} ${rest}` : first + others;
      else if (others !== undefined) yield `${one} ${others}`;
    }
  }
}

/** The first words of a template that are its own. */
const wordsOf = (template: string): string => template.split(/\{\w+\}/).find((part) => part !== '') ?? '';

/** How much of a text is still in English words. */
const unread = (text: string): number => text.match(/[a-z]{2,}/g)?.length ?? 0;

/**
 * What a sentence fills into a template; undefined when it is another sentence. Reads on from one fixed part to the next. A
 * name that stands right behind a word may be filled with nothing.
 */
function valuesIn(said: string, template: string): Record<string, string> | undefined {
  const [first = '', ...rest] = template.split(NAME);
  if (rest.length === 0 || !said.startsWith(first)) return undefined;
  const values: Record<string, string> = {};
  let at = first.length;
  let before = first;
  for (let index = 0; index < rest.length; index += 2) {
    const [name = '', fixed = ''] = rest.slice(index, index + 2);
    // The last fixed part stands at the end, wherever else it occurs.
    const isLast = index + 2 === rest.length;
    const end = isLast ? (said.endsWith(fixed) ? said.length - fixed.length : -1) : said.indexOf(fixed, at);
    if (end < at || (end === at && !/\p{L}$/u.test(before))) return undefined;
    values[name] = said.slice(at, end);
    at = end + fixed.length;
    before = fixed;
  }
  return values;
}
