import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { XPlatform } from '../platforms/twitter.ts';
import { DESKTOP, PHONE } from './browser.ts';
import { goTo, startJourney } from './journey.ts';
import { approve, settle } from './scenes.ts';

/** A reply may be taken back for some seconds before it goes out. */
const LONG = 120_000;

let x: XPlatform;
const journey = startJourney(async ({ parts }) => {
  x = await new XPlatform().start();
  const prices = { ownedRead: 0, post: 0, user: 0, reply: 0, linkReply: 0 };
  const options = { address: x.url, monthlyBudgetUsd: 10, prices };
  // One for each language, since one that is asked to wait rests.
  for (const id of ['zh-cn', 'zh-tw', 'replies'])
    await parts.sources.add({ connector: 'twitter', id, name: `X 提及 ${id}`, options }, 'Mei');
});
afterAll(() => x.close());

const LANGUAGES = [
  [
    'zh-CN',
    DESKTOP,
    { test: '测试', pull: '立即读取' },
    {
      readOnly: '可以使用，账号为 OKPayHelp。访问令牌只能读取，因此无法发出回复。请在 developer.x.com 的',
      badToken:
        'X 不接受密钥。请把 X_… 变量与 developer.x.com 的“Keys and tokens”核对，或在那里重新创建，然后重新启动。',
      tooMany: '提及：X 返回“Too Many Requests”（429）。Earshot 按要求等待，然后自动继续。',
      refused: '只有作者提及或引用了我们时，X 才接受程序发布的回复。请手动发布。',
      unsure: 'forum.example 中断了连接。Earshot 会到来源处查找。如果找不到，请您自己查看。',
      waits: '来源“replies”没有开启，回复在等待。请开启来源，或撤回批准。',
    },
  ],
  [
    'zh-TW',
    PHONE,
    { test: '測試', pull: '立即讀取' },
    {
      readOnly: '可以使用，帳號為 OKPayHelp。存取權杖只能讀取，因此無法發出回覆。請在 developer.x.com 的',
      badToken:
        'X 不接受金鑰。請把 X_… 變數與 developer.x.com 的「Keys and tokens」核對，或在那裡重新建立，然後重新啟動。',
      tooMany: '提及：X 回傳「Too Many Requests」（429）。Earshot 依要求等待，然後自動繼續。',
      refused: '只有作者提及或引用了我們時，X 才接受程式發布的回覆。請手動發布。',
      unsure: 'forum.example 中斷了連線。Earshot 會到來源處查詢。如果找不到，請您自己查看。',
      waits: '來源「replies」沒有開啟，回覆在等待。請開啟來源，或撤回核准。',
    },
  ],
] as const;

/** What somebody reads there, without what is quoted of others. */
async function unquoted(place: Locator): Promise<string> {
  return ((await place.textContent()) ?? '').replace(/[“「][^”」]*[”」]/g, '');
}
/** Words in a row that are no names: a sentence that nobody translated. */
const ENGLISH = /[a-z]{2,} [a-z]{2,} [a-z]{2,}/;

async function says(place: Locator, words: string): Promise<void> {
  await expect.poll(() => place.textContent()).toContain(words);
  await expect.poll(() => unquoted(place)).not.toMatch(ENGLISH);
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.EARSHOT_SHOTS;
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`) });
}

test.each(LANGUAGES)(
  'in %s a source that fails says wholly in Chinese what is wrong and what to do',
  async (...row) => {
    const [locale, device, button, words] = row;
    const page = await journey.open({ locale, device, at: '#/sources' });
    const name = `X 提及 ${locale.toLowerCase()}`;
    const card = page.getByRole('listitem').filter({ hasText: name });
    const press = (what: string) => card.getByRole('button', { name: what, exact: true }).click();

    x.access = 'read';
    await press(button.test);
    await says(card, words.readOnly);
    await picture(page, `said-${locale}-test`);
    x.access = 'read-write';

    x.failNext(/./, { status: 401, body: { title: 'Unauthorized', detail: 'Unauthorized', status: 401 } });
    await press(button.pull);
    await says(card, words.badToken);
    // Once, beside the button that was pressed; on other pages at the top.
    const times = async () => ((await page.textContent('body')) ?? '').split(words.badToken).length - 1;
    await expect.poll(times).toBe(1);
    await picture(page, `said-${locale}-token`);
    const { url } = journey.earshot.web;
    await goTo(page, `${url}/#/waiting`);
    await says(page.getByRole('status').filter({ hasText: name }), words.badToken);
    await goTo(page, `${url}/#/sources`);

    const reset = String(Math.ceil(Date.now() / 1000) + 60);
    const headers = { 'x-rate-limit-remaining': '0', 'x-rate-limit-reset': reset };
    const body = { title: 'Too Many Requests', detail: 'Too Many Requests', status: 429 };
    x.failNext(/mentions/, { status: 429, body, headers });
    await press(button.pull);
    await says(card, words.tooMany);
    await picture(page, `said-${locale}-wait`);
    await page.context().close();
  },
);

test.each(LANGUAGES)(
  'in %s a reply that did not go out, or may not have, says why in Chinese',
  async (...row) => {
    const [locale, device, , words] = row;
    const { parts } = journey.earshot;
    const post = x.say(`writer_${locale.slice(3)}`, '@OKPayHelp my top-up of 50 is missing', {
      at: Date.now() - 60_000,
    });
    await parts.sources.pull('replies');
    await journey.earshot.work();
    const refused = mentionId('twitter', post.id);
    await approve(journey.earshot, refused);
    const detail = 'You are not permitted to perform this action';
    x.failNext(/^POST/, { status: 403, body: { title: 'Forbidden', detail, status: 403 } });
    // First the source is off, as where its key is missing after a start.
    let isOpen = false;
    const outbox = openOutbox({
      ...parts,
      worker: 'test',
      signal: new AbortController().signal,
      sourceOf: (mention) => (isOpen ? parts.opened.of(mention) : undefined),
    });
    const patience = { timeout: 60_000, interval: 500 };
    await expect.poll(async () => (await outbox.run()).waiting, patience).toBe(1);
    const held = await journey.open({ locale, device, at: `#/all/${refused}` });
    await says(held.locator('.outcome'), words.waits);
    await picture(held, `said-${locale}-held`);
    await held.context().close();
    isOpen = true;
    await expect.poll(async () => (await outbox.run()).failed, patience).toBe(1);

    const nativeId = `unsure-${locale}`;
    await journey.earshot.hear([{ nativeId, permission: { how: 'api' } }]);
    const unsure = mentionId('feed', nativeId);
    // As it was stored before anybody wrote it in Chinese.
    const stored =
      'forum.example broke off the connection. Earshot looks for it at the source. If it does not turn up, please look yourself.';
    await settle(journey.earshot, unsure, 'unsure', stored);

    for (const [id, sentence] of [
      [refused, words.refused],
      [unsure, words.unsure],
    ] as const) {
      const page = await journey.open({ locale, device, at: `#/all/${id}` });
      await says(page.locator('.outcome'), sentence);
      await picture(page, `said-${locale}-${id === refused ? 'failed' : 'unsure'}`);
      await page.context().close();
    }
  },
  LONG,
);
