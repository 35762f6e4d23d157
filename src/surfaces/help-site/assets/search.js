// The search of the help site. It runs in the reader's browser and tells nobody what was looked for.
(() => {
  const form = document.querySelector('form[role=search]');
  if (!form) return;
  form.hidden = false;
  const articles = globalThis.helpArticles;
  // On an article's own page the form leads to the first page, which has the words of all.
  if (!articles) return;

  const RUN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
  const PIECE = new RegExp(`${RUN.source}+|(?:(?!${RUN.source})[\\p{L}\\p{N}\\p{M}_])+`, 'gu');
  const fold = (text) => text.normalize('NFKC').toLowerCase();

  /** Words as they are; Chinese, which has no spaces, as pairs of neighbours and the last character alone. */
  function tokensOf(text) {
    return (fold(text).match(PIECE) ?? []).flatMap((piece) => {
      if (!RUN.test(piece)) return [piece];
      const signs = [...piece];
      return signs.map((sign, at) => sign + (signs[at + 1] ?? ''));
    });
  }

  /** What is looked for: a word or a single character may be the beginning of a token, a pair is one. */
  function termsOf(query) {
    return (fold(query.slice(0, 200)).match(PIECE) ?? []).flatMap((piece) => {
      const signs = [...piece];
      if (!RUN.test(piece) || signs.length === 1) return [piece];
      return signs.slice(1).map((sign, at) => signs[at] + sign);
    });
  }

  const index = articles.map((article) => ({
    ...article,
    titleTokens: tokensOf(article.title),
    textTokens: tokensOf(article.text),
  }));
  const inTitle = 5;

  /** Those with every term, best first; where there are none, those with some. */
  function search(terms) {
    const scored = index.map((article) => {
      const hits = terms.map((term) => {
        const has = (tokens) => tokens.some((token) => token.startsWith(term));
        return (has(article.titleTokens) ? inTitle : 0) + (has(article.textTokens) ? 1 : 0);
      });
      const score = hits.reduce((sum, hit) => sum + hit, 0);
      return { article, score, all: hits.every((hit) => hit > 0) };
    });
    const found = scored.filter(({ score }) => score > 0).sort((one, other) => other.score - one.score);
    const whole = found.filter(({ all }) => all);
    return (whole.length > 0 ? whole : found).map(({ article }) => article);
  }

  /** The words around the first place where a term stands. */
  function around(text, terms) {
    const folded = fold(text);
    const places = terms.map((term) => folded.indexOf(term)).filter((at) => at >= 0);
    // Chinese says in one sign what English says in several letters.
    const [before, length] = RUN.test(text) ? [15, 70] : [40, 160];
    const start = places.length === 0 ? 0 : Math.max(0, Math.min(...places) - before);
    const piece = text.slice(start, start + length).toWellFormed?.() ?? text.slice(start, start + length);
    return `${start > 0 ? '…' : ''}${piece.trim()}${start + length < text.length ? '…' : ''}`;
  }

  const field = form.querySelector('input');
  const all = document.getElementById('all');
  const section = document.getElementById('found');
  const status = section.querySelector('[role=status]');
  const list = section.querySelector('ul');

  function card(article, terms) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    const title = document.createElement('strong');
    const text = document.createElement('p');
    link.href = `${article.id}.html`;
    title.textContent = article.title;
    text.textContent = around(article.text, terms);
    link.append(title);
    item.append(link, text);
    return item;
  }

  function show() {
    const terms = termsOf(field.value);
    const found = terms.length === 0 ? [] : search(terms);
    section.hidden = terms.length === 0;
    all.hidden = terms.length > 0;
    list.replaceChildren(...found.map((article) => card(article, terms)));
    const { found: some, nothing } = status.dataset;
    if (terms.length > 0) status.textContent = found.length > 0 ? some.replace('#', found.length) : nothing;
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    show();
  });
  field.addEventListener('input', show);
  field.value = new URLSearchParams(location.search).get('q') ?? '';
  show();
})();
