import { parseFeed } from 'feedsmith';
import { ConnectorError } from '#kit';

export type ParsedFeed = ReturnType<typeof parseFeed<string>>;

export interface Reading {
  /** One, or, after mending, one per whole item, each with the head of the document. */
  feeds: ParsedFeed[];
  /** For each part of a broken document that could not be read, why. */
  torn: string[];
  /** False when the document was broken: what it holds may not be all. */
  whole: boolean;
}

/**
 * Reads RSS, Atom, RDF or JSON Feed. Broken XML (a document cut off half way, a tag that never closes, a forbidden
 * document type) gives the items that are whole.
 *
 * @throws ConnectorError `bad-shape` when it is no feed, or not one item can be saved.
 */
export function readFeed(text: string): Reading {
  const parsed = tryParse(text);
  if (parsed) return { feeds: [parsed], torn: [], whole: true };

  const root = /<(rss|feed|rdf:RDF)(?=[\s>])[^>]*>/i.exec(text);
  if (!root) throw new ConnectorError('bad-shape', notAFeed(text), { raw: text });
  const { items, torn, start } = wholeItems(text, root.index + root[0].length);
  const shell = shellOf(root[0], root[1] ?? '', text.slice(root.index + root[0].length, start));

  const feeds: ParsedFeed[] = [];
  const reasons = Array.from({ length: torn }, () => 'The feed breaks off inside this item.');
  for (const item of items) {
    const feed = tryParse(shell.head + item + shell.foot);
    if (feed) feeds.push(feed);
    else reasons.push(`The XML of this item is broken: ${item.replace(/\s+/g, ' ').slice(0, 120)}`);
  }
  if (feeds.length === 0) {
    throw new ConnectorError('bad-shape', 'The XML of the feed is broken, and no item in it is whole.', { raw: text });
  }
  return { feeds, torn: reasons, whole: false };
}

function tryParse(text: string): ParsedFeed | undefined {
  try {
    return parseFeed<string>(text);
  } catch {
    // Which of its errors it was makes no difference: what follows is the second pass or "not a feed".
    return undefined;
  }
}

function notAFeed(text: string): string {
  return text.trim() === ''
    ? 'The answer is empty. A feed without news would still have a frame.'
    : 'This is no RSS, Atom, RDF or JSON Feed. Check the address.';
}

/** What goes before and after one item so that it is a feed of its own. Of a broken head, what is whole stays. */
function shellOf(root: string, name: string, head: string): { head: string; foot: string } {
  const foot = name.toLowerCase() === 'rss' ? '</channel></rss>' : `</${name}>`;
  if (tryParse(root + head + foot)) return { head: root + head, foot };
  const whole = [...head.matchAll(/<(title|link)>[^<]{0,2000}<\/\1>/g)].map(([element]) => element).join('');
  return { head: root + (name.toLowerCase() === 'rss' ? '<channel>' : '') + whole, foot };
}

/**
 * Cuts the items out without parsing: by their tags, blind to comments and CDATA. One pass, so that no document can make
 * it slow.
 */
function wholeItems(xml: string, from: number): { items: string[]; torn: number; start: number } {
  const mark = /<!\[CDATA\[|<!--|<(\/?)(?:item|entry)(?=[\s>/])/g;
  mark.lastIndex = from;
  const items: string[] = [];
  let torn = 0;
  let open = -1;
  let start = xml.length;
  for (let match = mark.exec(xml); match; match = mark.exec(xml)) {
    const [tag, slash] = match;
    const end = xml.indexOf(tag === '<![CDATA[' ? ']]>' : tag === '<!--' ? '-->' : '>', mark.lastIndex);
    if (end < 0) break;
    mark.lastIndex = end + 1;
    if (slash === undefined) continue;
    if (slash === '') {
      if (open >= 0) torn++;
      open = match.index;
      start = Math.min(start, open);
    } else if (open >= 0) {
      items.push(xml.slice(open, end + 1));
      open = -1;
    }
  }
  return { items, torn: torn + (open >= 0 ? 1 : 0), start };
}
