import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, openHome } from './support.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome();
  await home.run(['pull', 'sample']);
  await home.run(['classify']);
});
afterAll(() => home.close());

describe('earshot scam', () => {
  it('goes from the list over a confirmation to the report, and back', async () => {
    const listed = await home.run(['scam', 'list', '--json']);
    const one = listed.json.find(({ suspect }) => suspect.latest.mention.author.handle.includes('0KPay_Support'));
    expect(one).toMatchObject({ suspect: { state: 'suspected' }, lookAlike: { score: 0.95 } });
    const id = one.id.slice(0, 6);

    const confirmed = await home.run(['scam', 'confirm', id, '--as', 'Mei']);
    expect(confirmed).toMatchObject({ code: 0, out: expect.stringContaining('is confirmed; it was suspected') });
    expect((await home.run(['scam', 'list'])).out).toMatch(new RegExp(`${id}\\S* +confirmed`));
    expect((await home.run(['queue', '--limit', '200'])).out).toContain('SCAMMER');
    const report = await home.run(['scam', 'report', id]);
    expect(report.out).toMatch(
      /Account impersonating .*\n[\s\S]*@0KPay_Support[\s\S]*confirmed by Mei[\s\S]*help\.x\.com/,
    );
    expect((await home.run(['scam', 'reopen', id])).out).toContain('is suspected; it was confirmed');
    expect((await home.run(['queue', '--limit', '200'])).out).not.toContain('SCAMMER');
  });

  it('says what to do where there is nobody of that id', async () => {
    const answer = await home.run(['scam', 'clear', 'zzzzzz']);
    expect(answer).toMatchObject({ code: 3, err: expect.stringContaining('earshot scam list --all') });
  });
});
