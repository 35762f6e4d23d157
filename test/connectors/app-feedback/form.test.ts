import { describe, expect, it } from 'vitest';
import { picture } from '../../attachments/pictures.ts';
import { formOf } from '../../platforms/app.ts';
import { bench, MINUTE, mentions, only, reopen, setUpApp, shelf } from './support.ts';

setUpApp(() => ({ options: { embedOn: ['https://www.acorn.example/help'] } }));

const FORM = '/intake/app/form';
const show = (query = '', headers: Record<string, string> = {}) =>
  bench.call(`${FORM}${query}`, { method: 'GET', headers });
const ticketIn = ({ text }: { text: string }) => /name="ticket" value="([^"]+)"/.exec(text)?.[1] ?? '';

/** As a browser sends what stands in the form, after some seconds of writing. */
async function fill(fields: Record<string, string>, files: { name: string; bytes: Uint8Array }[] = [], headers = {}) {
  const ticket = ticketIn(await show());
  bench.clock.pass(20_000);
  return post({ ticket, lang: 'en', ...fields }, files, headers);
}
function post(fields: Record<string, string>, files: { name: string; bytes: Uint8Array }[] = [], headers = {}) {
  const { body, type } = formOf(fields, files);
  return bench.call(FORM, { headers: { 'content-type': type, ...headers }, body });
}

describe('the form', () => {
  it.each([
    ['', 'zh-TW,zh;q=0.9', 'zh-Hant', '發生了什麼事？'],
    ['', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-Hans', '发生了什么？'],
    ['', 'fr,en;q=0.5', 'en', 'What happened?'],
    ['', '', 'en', 'What happened?'],
    ['?lang=zh-Hans', 'en', 'zh-Hans', '发生了什么？'],
  ])('speaks the language that was asked for (%s, %s)', async (query, accept, lang, words) => {
    const page = await show(query, { 'accept-language': accept });
    expect(page.text).toContain(`<html lang="${lang}">`);
    expect(page.text).toContain(words);
  });

  it('runs nothing, loads its own style only, and is framed by the sites that are named', async () => {
    const page = await show();
    expect(page.text).not.toMatch(/<script|\son\w+=|https?:\/\//);
    expect(page.headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors https://www.acorn.example",
    );
    expect(page.headers).not.toHaveProperty('x-frame-options');
    expect(page.headers).not.toHaveProperty('set-cookie');
    const style = await bench.call('/intake/app/form.css', { method: 'GET' });
    expect(style.headers['content-type']).toMatch(/^text\/css/);
    expect(style.text).not.toMatch(/url\(|@import/);
  });

  it('is framed by nobody where nobody is named, and is not there where it is switched off', async () => {
    await reopen({});
    expect((await show()).headers['content-security-policy']).toMatch(/frame-ancestors 'none'$/);
    await reopen({ options: { form: false } });
    expect((await show()).status).toBe(404);
    expect((await post({ text: 'x' })).status).toBe(404);
  });

  it('hands on what the app knows, and shows nothing of it as markup', async () => {
    const page = await show(`?version=5.2.1&device=${encodeURIComponent('"><script>alert(1)</script>')}`);
    expect(page.text).toContain('name="version" value="5.2.1"');
    expect(page.text).not.toContain('<script>');
  });
});

describe('a form that is sent', () => {
  it('becomes a mention, with its pictures', async () => {
    const answer = await fill({ text: '充值失败\r\n钱扣了', lang: 'zh-Hans', version: '5.2.1', device: 'Pixel 9' }, [
      { name: '截图.png', bytes: await picture('png') },
    ]);
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.text).toContain('已收到，谢谢您。');
    const { id, attachments, ...mention } = await only();
    expect(mention).toMatchObject({
      text: '充值失败\n钱扣了',
      place: 'Acorn Wallet 5.2.1 · Pixel 9',
      langHint: 'zh-Hans',
      permission: { how: 'never' },
    });
    expect(attachments).toMatchObject([{ type: 'image/png', description: '截图.png' }]);
    expect(await shelf.read(id, attachments[0]?.file ?? '')).toBeDefined();
  });

  it('may ask for an answer by e-mail where that is offered', async () => {
    expect((await show()).text).not.toContain('type="email"');
    await fill({ text: 'help', email: 'mei@example.org' });
    expect((await only()).permission).toMatchObject({ how: 'never' });
    await reopen({ options: { mailHost: 'mail.acorn.example', mailFrom: 'help@acorn.example' } });
    expect((await show()).text).toContain('type="email"');
    const wrong = await fill({ text: 'help', email: 'nobody' });
    expect(wrong).toMatchObject({ status: 422 });
    expect(wrong.text).toContain('Give an e-mail address that works');
    expect(wrong.text, 'what was written is not lost').toContain('>help</textarea>');
    await fill({ text: 'help', email: 'mei@example.org' });
    expect((await only()).permission).toEqual({ how: 'api' });
  });

  it('with a picture that cannot be kept keeps the words, and says so', async () => {
    const answer = await fill({ text: 'help' }, [{ name: '<b>.png', bytes: Buffer.from('no picture') }]);
    expect(answer.text).toContain('the picture &quot;&lt;b&gt;.png&quot; could not be kept');
    expect((await only()).text).toBe('help');
  });

  it.each([
    ['no words', { text: ' ' }, 'Write what happened first.'],
    ['too many words', { text: 'x'.repeat(5_001) }, 'This is too long.'],
    ['a ticket of its own making', { text: 'x', ticket: 'abc.def.ghi' }, 'This page was open for too long'],
  ])('with %s comes back with what to mend', async (_what, fields, words) => {
    const answer = await fill(fields);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(await mentions()).toEqual([]);
  });

  it('twice counts once', async () => {
    const ticket = ticketIn(await show());
    bench.clock.pass(20_000);
    expect((await post({ ticket, text: 'help' })).status).toBe(200);
    expect((await post({ ticket, text: 'help' })).status).toBe(422);
    await only();
  });

  it('faster than a person writes, or a day later, is sent again by a person only', async () => {
    const ticket = ticketIn(await show());
    expect((await post({ ticket, text: 'quick', lang: 'en' })).text).toContain('That was very quick');
    bench.clock.pass(13 * 60 * MINUTE);
    const late = await post({ ticket, text: 'late', lang: 'en' });
    expect(late.text).toContain('This page was open for too long');
    bench.clock.pass(20_000);
    expect((await post({ ticket: ticketIn(late), text: 'late' })).status).toBe(200);
    expect((await only()).text).toBe('late');
  });

  it('by a program that fills in everything is thanked and dropped', async () => {
    expect((await fill({ text: 'Buy now', website: 'https://spam.example' })).text).toContain('We have it.');
    expect(await mentions()).toEqual([]);
  });

  it('in a flood is slowed down, for the one who makes it', async () => {
    const from = (address: string) => fill({ text: 'flood' }, [], { 'x-forwarded-for': address });
    const statuses: number[] = [];
    for (let n = 0; n < 14; n++) statuses.push((await from('203.0.113.7')).status);
    // The clock goes on by 20 s each time, so three fall into a minute.
    expect(statuses).toEqual(Array(14).fill(200));
    const tickets: string[] = [];
    for (let n = 0; n < 14; n++) tickets.push(ticketIn(await show()));
    bench.clock.pass(120_000);
    const all = await Promise.all(
      tickets.map((ticket) => post({ ticket, text: 'flood' }, [], { 'x-forwarded-for': '203.0.113.7' })),
    );
    expect(all.filter(({ status }) => status === 429)).toHaveLength(2);
    expect((await from('203.0.113.8')).status).toBe(200);
  });

  it('without a good ticket sends no megabytes', async () => {
    const { body, type } = formOf({ ticket: 'none', text: 'x' }, [
      { name: 'a.png', bytes: Buffer.alloc(9 * 1024 * 1024) },
    ]);
    const answer = await bench.call(FORM, { headers: { 'content-type': type }, body });
    expect(answer.status).toBe(422);
  });
});
