/** What the index holds of a row: its words, each once. Our own tokens, so nothing of the database's languages is used. */
export const LEXEMES = `array_to_tsvector(array_remove(string_to_array(text || ' ' || author, ' '), ''))`;

export const SEARCH_COLUMNS = `text text collate "C" not null, author text collate "C" not null`;
