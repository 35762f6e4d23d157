import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mentionId } from '../../src/core/ids.ts';
import { ROOT } from '../../src/settings.ts';
import { rows, said, startJourney } from './journey.ts';

const SCRIPT = `<img src=x onerror="window.hit=1"><script>window.hit=1</script>`;
const id = (nativeId: string) => mentionId('feed', nativeId);

const journey = startJourney((earshot) =>
  earshot.hear([
    {
      nativeId: 'script',
      text: `${SCRIPT} top-up failed {{product}} \${1} <b>bold</b>`,
      author: { id: 'a', name: SCRIPT, handle: SCRIPT, url: 'javascript:window.hit=1' },
      url: 'javascript:window.hit=1',
      place: SCRIPT,
      attachments: [{ url: 'javascript:window.hit=1' }, { url: 'data:text/html,hit' }],
    },
    {
      nativeId: 'bidi',
      text: '\u202Etop-up\u202C \u2067failed\u2069 \u200F\uFEFF',
      author: { id: 'b', name: '\u202Eelgoog' },
    },
    { nativeId: 'word', text: 'w'.repeat(3000), author: { id: 'c', name: 'n'.repeat(60) } },
    { nativeId: 'card', text: 'Top-up failed with card 4111 1111 1111 1111 again.' },
  ]),
);

describe('text from outside', () => {
  test('is shown as text, whatever it holds', async () => {
    const page = await journey.open({ at: `#/waiting/${id('script')}` });
    await said(page).waitFor();
    await expect.poll(() => said(page).textContent()).toContain('<script>window.hit=1</script>');
    await expect.poll(() => page.evaluate(() => 'hit' in window)).toBe(false);
    await expect.poll(() => page.locator('a[href^="javascript:"], a[href^="data:"]').count()).toBe(0);
    await page.context().close();
  });

  test('turns nothing around beside it', async () => {
    const page = await journey.open({ at: `#/waiting/${id('bidi')}` });
    await said(page).waitFor();
    await expect.poll(() => page.locator('.head-who bdi').count()).toBe(1);
    const ends = await page.locator('.row-end').first().boundingBox();
    const list = await page.locator('.queue-list').boundingBox();
    expect((ends?.x ?? 0) + (ends?.width ?? 0)).toBeGreaterThan((list?.x ?? 0) + (list?.width ?? 0) - 30);
    await page.context().close();
  });

  test('wraps, however long a word is', async () => {
    for (const width of [1440, 390]) {
      const page = await journey.open({ at: `#/waiting/${id('word')}`, device: { viewport: { width, height: 800 } } });
      await said(page).waitFor();
      const wide = () =>
        page.evaluate(() => [
          document.documentElement.scrollWidth - innerWidth,
          (document.querySelector('.mention-read')?.scrollWidth ?? 0) -
            (document.querySelector('.mention-read')?.clientWidth ?? 0),
        ]);
      await expect.poll(wide).toEqual([0, 0]);
      await page.context().close();
    }
  });

  test('covers personal data until somebody asks for it', async () => {
    const page = await journey.open({ at: `#/waiting/${id('card')}` });
    await said(page).waitFor();
    await expect.poll(() => said(page).textContent()).not.toContain('4111');
    await page.getByRole('button', { name: /card number, hidden/ }).click();
    await expect.poll(() => said(page).textContent()).toContain('4111 1111 1111 1111');
    await page.context().close();
  });
});

describe('when things go wrong', () => {
  test('a lost connection is said at the top, and mends itself', async () => {
    const page = await journey.open();
    await rows(page).first().waitFor();
    await page.context().route('**/api/v1/events', (route) => route.abort());
    await page.reload();
    await page.getByText('Earshot does not answer').waitFor();
    await page.context().unroute('**/api/v1/events');
    await page.getByText('Earshot does not answer').waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('a mention that is gone says so', async () => {
    const page = await journey.open({ at: '#/waiting/0000000000000000' });
    await page.getByRole('alert').getByText('not there any more').waitFor();
    await page.context().close();
  });
});

describe('the weight of the page', () => {
  test.each(['br', 'gzip'])('is under 250 kB for the first view, as it comes over the line in %s', async (coding) => {
    const html = await readFile(join(ROOT, 'dist/web/index.html'), 'utf8');
    const built = await readdir(join(ROOT, 'dist/web/assets'));
    const weigh = async (path: string) => {
      const answer = await fetch(`${journey.earshot.web.url}/${path}`, { headers: { 'accept-encoding': coding } });
      expect([path, answer.headers.get('content-encoding')]).toEqual([path, coding]);
      expect(await answer.text()).toBe(await readFile(join(ROOT, 'dist/web', path || 'index.html'), 'utf8'));
      return Number(answer.headers.get('content-length'));
    };
    // What the page names, and the words of one language, whichever weigh most.
    const named = built.filter((file) => html.includes(file) && /\.(js|css)$/.test(file));
    expect(named.length).toBeGreaterThan(1);
    const words = built.filter((file) => /^(en|zh-hans|zh-hant)-.*\.js$/.test(file));
    expect(words).toHaveLength(3);
    const first = await Promise.all(['', ...named.map((file) => `assets/${file}`)].map(weigh));
    const languages = await Promise.all(words.map((file) => weigh(`assets/${file}`)));
    expect(Math.min(...first, ...languages)).toBeGreaterThan(0);
    expect(first.reduce((sum, bytes) => sum + bytes, 0) + Math.max(...languages)).toBeLessThan(250_000);
  });
});
