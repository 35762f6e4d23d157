import { describe, expect, it } from 'vitest';
import { keepInMemory } from '#kit';
import { aroundX, DAY, HOUR, MENTIONS, MINUTE, START } from './support.ts';

const signal = () => AbortSignal.timeout(60_000);
const prices = { ownedRead: 0.001, post: 0.005, user: 0, reply: 0.01, linkReply: 0.2 };

describe('what a source costs', () => {
  it('is counted by its prices, mentions and searches apart', async () => {
    await using around = await aroundX({ options: { prices, searches: ['OKPay'] } });
    for (let n = 0; n < 10; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: START - HOUR });
    for (let n = 0; n < 4; n++) around.x.say('mei', `OKPay? ${n}`, { at: START - HOUR });
    await around.read();
    // The ten mentions hold the name as well, so that the search finds them too.
    expect((await around.source.spending?.())?.spentUsd).toBeCloseTo(10 * 0.001 + 14 * 0.005, 6);
  });

  it('counts what is read again on the same UTC day once, and anew on the next', async () => {
    await using around = await aroundX({ options: { prices } });
    for (let n = 0; n < 10; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: START - MINUTE });
    for (let time = 0; time < 5; time++) await around.read();
    expect((await around.source.spending?.())?.spentUsd).toBeCloseTo(0.01, 6);
    around.clock.time += DAY;
    await around.read();
    expect((await around.source.spending?.())?.spentUsd).toBeCloseTo(0.02, 6);
  });

  it('counts replies, dearer with a link, and none that X refused', async () => {
    await using around = await aroundX({ options: { prices } });
    const ids = [1, 2, 3].map((n) => around.x.say('mei', n < 3 ? `@OKPayHelp ${n}` : 'OKPay').id);
    const texts = ['Hello.', 'See help.okpay.example/fees', 'Hi.'];
    for (const [at, nativeId] of ids.entries()) {
      const order = { key: nativeId, text: texts[at] ?? '', nativeId, firstTriedAt: START };
      await around.source.reply?.send(order, signal()).catch(() => {});
    }
    expect(around.x.replies).toHaveLength(2);
    expect((await around.source.spending?.())?.spentUsd).toBeCloseTo(0.21, 6);
  });

  it('is known of a reply before it is sent, so that drafts can do without a link', async () => {
    await using around = await aroundX({ options: { prices } });
    const { priceOf } = around.source.replyLimit('twitter');
    expect(priceOf?.('您好，请在应用内联系我们。support@okpay.example')).toBe(0.01);
    for (const link of ['https://okpay.example', '请看help.okpay.example/fees', 'okpay.com']) {
      expect([link, priceOf?.(`See ${link}`)]).toEqual([link, 0.2]);
    }
  });

  it('counts a reply whose fate is not known', async () => {
    await using around = await aroundX({ options: { prices } });
    const { id } = around.x.say('mei', '@OKPayHelp');
    around.x.failNext(/^POST/, { fault: 'reset' });
    await around.source.reply
      ?.send({ key: 'k', text: 'Hi.', nativeId: id, firstTriedAt: START }, signal())
      .catch(() => {});
    expect((await around.source.spending?.())?.spentUsd).toBeCloseTo(0.01, 6);
  });

  it('outlives a restart', async () => {
    const keeping = keepInMemory();
    await using around = await aroundX({ options: { prices }, keeping });
    around.x.say('mei', '@OKPayHelp', { at: START - HOUR });
    await around.read();
    expect((await around.open({ keeping }).spending?.())?.spentUsd).toBeCloseTo(0.001, 6);
  });
});

describe('the budget', () => {
  const tight = { prices, monthlyBudgetUsd: 0.05 };

  it('is never exceeded: pages get smaller, then the source is paused with a sentence', async () => {
    await using around = await aroundX({ options: tight });
    for (let n = 0; n < 200; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: START - HOUR + n });
    const pages: number[] = [];
    const failure = await (async () => {
      for (;;) pages.push((await around.page()).found.length);
    })().catch((thrown) => thrown);
    expect(pages).toEqual([50]);
    expect(failure).toMatchObject({
      kind: 'rejected',
      message: expect.stringMatching(/budget of \$0.05 for 2026-11.*2026-12-01/),
    });
    expect((await around.source.spending?.())?.spentUsd).toBeLessThanOrEqual(0.05);
    const asked = around.asked(MENTIONS).length;
    await expect(around.page()).rejects.toMatchObject({ kind: 'rejected' });
    expect(around.asked(MENTIONS)).toHaveLength(asked);
  });

  it('goes on where it stopped in the new month, without a loss', async () => {
    await using around = await aroundX({ options: tight });
    for (let n = 0; n < 80; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: START - HOUR + n });
    const heard = (await around.page()).found;
    await expect(around.read()).rejects.toMatchObject({ kind: 'rejected' });
    around.clock.time = Date.UTC(2026, 11, 1);
    heard.push(...(await around.read()).found);
    expect(new Set(heard.map(({ nativeId }) => nativeId)).size).toBe(80);
  });

  it('keeps an approved reply waiting', async () => {
    await using around = await aroundX({ options: tight });
    const { id } = around.x.say('mei', '@OKPayHelp');
    const order = { key: 'k', text: 'See https://okpay.example', nativeId: id, firstTriedAt: START };
    await expect(around.source.reply?.send(order, signal())).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(around.x.replies).toEqual([]);
  });

  it('that will not last is told while there is time', async () => {
    await using around = await aroundX({ options: { prices, monthlyBudgetUsd: 0.5 } });
    for (let n = 0; n < 100; n++) around.x.say('mei', `@OKPayHelp ${n}`, { at: START - HOUR + n });
    await around.read();
    const { state, usedUpAt } = (await around.source.spending?.()) ?? {};
    expect(state).toBe('fine');
    expect(new Date(usedUpAt ?? 0).toISOString()).toMatch(/^2026-11-2\d/);
  });
});
