/** Data: what is said of Feeds, in Chinese. */
import type { Said } from '#kit';

/** What this connector says to people, in Chinese. A test finds every sentence in the code that is not here. */
export const SAID: Said = {
  'A feed can be read but not answered. Open the page, post the reply there and confirm.':
    '订阅源只能阅读，不能回复。请打开页面，在那里发布回复，然后确认。',

  'The feed {url}': '订阅源 {url}',
  'The feed {url} answers with a web page: a sign-in or block page, or the address of a site instead of its feed.':
    '订阅源 {url} 返回的是网页：可能是登录页或拦截页，或者填的是网站地址而不是订阅源地址。',
  'The feed breaks off inside this item.': '订阅源在这一条中间断开了。',
  'The XML of this item is broken: {xml}': '这一条的 XML 有错：{xml}',
  'The XML of the feed is broken, and no item in it is whole.': '订阅源的 XML 有错，没有一条是完整的。',
  'The answer is empty. A feed without news would still have a frame.': '返回为空。没有新内容的订阅源也应当有框架。',
  'This is no RSS, Atom, RDF or JSON Feed. Check the address.': '这不是 RSS、Atom、RDF 或 JSON Feed。请检查地址。',
  'All feeds of this source are gone for good. Replace their addresses.':
    '此来源的所有订阅源都已永久消失。请更换地址。',
  '{url}: gone for good.': '{url}：已永久消失。',
  '{url}: {count} items.': '{url}：{count} 条。',
  '{url} could not be read: {why}': '无法读取 {url}：{why}',
  'No feed of this source could be read.\n{failures}': '此来源的订阅源全部无法读取。\n{failures}',
  '{url} is gone for good (410). It is not read any more; take it out.':
    '{url} 已永久消失（410），不再读取。请把它去掉。',
  '{url} has moved to {address}. It is read there from now on; change the address when you can.':
    '{url} 已迁移到 {address}，今后在那里读取。请在方便时更改地址。',
  '{url} sent broken XML. {whole} whole items were read, {broken} were not.':
    '{url} 发来的 XML 有错。读取了 {whole} 条完整内容，{broken} 条未能读取。',
  '{url} sent broken XML; what it cut off was not seen.': '{url} 发来的 XML 有错，被截断的内容没有读到。',
  '{url} holds {count} items and none of them was known: others may have come and gone in between.':
    '{url} 有 {count} 条内容，没有一条是已知的：其间可能有内容出现后又消失。',
  'The item has neither title nor text.': '这一条既没有标题也没有文字。',
};
