import { sql } from 'kysely';
import type { Indexed, SearchIndex } from '../engine.ts';
import { type Term, tokensOf } from '../search-tokens.ts';

/**
 * FTS5 over our own tokens, which arrive with spaces between them: its `ascii` tokenizer cuts there and nowhere else. The
 * index keeps no copy of the text. What is removed is deleted physically (`secure-delete`), for which FTS5 must be told
 * again what had been added; that is a pure function of the stored text.
 */
export const SEARCH_INDEX = [
  `create virtual table mention_search using fts5(text, author, content='', tokenize='ascii', prefix='1')`,
  `insert into mention_search(mention_search, rank) values ('secure-delete', 1)`,
];

const words = ({ no, text, author }: Indexed) => ({
  no,
  text: tokensOf(text).join(' '),
  author: tokensOf(author).join(' '),
});

export const ftsIndex: SearchIndex = {
  async add(tx, mentions) {
    for (const { no, text, author } of mentions.map(words)) {
      await sql`insert into mention_search(rowid, text, author) values (${no}, ${text}, ${author})`.execute(tx);
    }
  },

  async remove(tx, mentions) {
    for (const { no, text, author } of mentions.map(words)) {
      await sql`insert into mention_search(mention_search, rowid, text, author)
        values ('delete', ${no}, ${text}, ${author})`.execute(tx);
    }
  },

  find: ({ sorted }, terms, limit) =>
    sorted
      .where(sql<boolean>`no in (select rowid from mention_search where mention_search match ${expression(terms)})`)
      .limit(limit)
      .execute(),
};

/** Every phrase in quotes, which tokens cannot hold themselves: no query can reach FTS5's own language. */
function expression(terms: readonly Term[]): string {
  return terms.map(({ phrase, prefix }) => `"${phrase.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ');
}
