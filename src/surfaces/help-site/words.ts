import type { ReplyLanguage } from '../../core/nouns.ts';

/** What a page says beside its article. */
export interface SiteWords {
  /** The language's name, in itself. */
  name: string;
  help(product: string): string;
  skip: string;
  languages: string;
  searchLabel: string;
  searchPlaceholder: string;
  searchButton: string;
  /** The script puts a number in the place of the sign. */
  found: string;
  nothing: string;
  all: string;
  checked(day: string): string;
  more: string;
}

const day = (locale: string) => (iso: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${iso}T00:00:00Z`));

export const SITE_WORDS: Record<ReplyLanguage, SiteWords> = {
  en: {
    name: 'English',
    help: (product) => `${product} help`,
    skip: 'Go to the text',
    languages: 'Languages',
    searchLabel: 'Search the help articles',
    searchPlaceholder: 'What is it about?',
    searchButton: 'Search',
    found: 'Articles found: #',
    nothing: 'Nothing was found. Try fewer or other words.',
    all: 'All articles',
    checked: (iso) => `Last checked on ${day('en-GB')(iso)}`,
    more: 'Other articles',
  },
  'zh-Hans': {
    name: '简体中文',
    help: (product) => `${product} 帮助`,
    skip: '跳到正文',
    languages: '语言',
    searchLabel: '搜索帮助文章',
    searchPlaceholder: '遇到了什么问题？',
    searchButton: '搜索',
    found: '找到 # 篇文章',
    nothing: '没有找到。请减少关键词，或换一种说法。',
    all: '全部文章',
    checked: (iso) => `最近核对：${day('zh-CN')(iso)}`,
    more: '其他文章',
  },
  'zh-Hant': {
    name: '繁體中文',
    help: (product) => `${product} 說明`,
    skip: '跳到正文',
    languages: '語言',
    searchLabel: '搜尋說明文章',
    searchPlaceholder: '遇到了什麼問題？',
    searchButton: '搜尋',
    found: '找到 # 篇文章',
    nothing: '沒有找到。請減少關鍵字，或換一種說法。',
    all: '全部文章',
    checked: (iso) => `最近核對：${day('zh-TW')(iso)}`,
    more: '其他文章',
  },
};
