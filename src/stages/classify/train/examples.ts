/** A labelled text. Everything beyond text and label is optional: it serves the split, the reports and the tests. */
export interface Example {
  text: string;
  label: string;
  lang?: string | undefined;
  /** Who wrote it, for splits that keep an author's texts together. */
  author?: string | undefined;
  /** The kind of place it is written for, such as `tweet` or `review`. */
  register?: string | undefined;
  priority?: string | undefined;
  scam?: boolean | undefined;
  /** How much it counts beside others. Default 1. */
  weight?: number | undefined;
}

/** A steady number from 0 up to 1 for a text, for splits that do not change when examples are added. */
export function place(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 4294967296;
}

/** With fewer authors than this, one of them would be most of what is held out. */
const ENOUGH_AUTHORS = 8;

/**
 * Parts examples so that about `share` of them is held out. The same texts always fall on the same side. Where enough
 * authors are named, all texts of an author stay together: nobody is measured by their own words.
 *
 * @param salt another salt, another split: what was split once must be split differently the second time
 */
export function split(examples: readonly Example[], share: number, salt = ''): { kept: Example[]; heldOut: Example[] } {
  const authors = new Set(examples.map(({ author }) => author));
  const byAuthor = authors.size >= ENOUGH_AUTHORS;
  const kept: Example[] = [];
  const heldOut: Example[] = [];
  for (const example of examples) {
    const key = (byAuthor && example.author) || example.text;
    (place(salt + key) < share ? heldOut : kept).push(example);
  }
  return { kept, heldOut };
}
