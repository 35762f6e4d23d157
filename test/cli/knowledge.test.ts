import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, openHome } from './support.ts';

let home: Home;
beforeAll(async () => {
  home = await openHome();
  await mkdir(home.data);
});
afterAll(() => home.close());

const checkedEvery = (checkEveryDays: number) =>
  writeFile(
    join(home.data, 'workspace.json'),
    JSON.stringify({ version: 1, brand: { product: 'Acorn Pay' }, knowledge: { checkEveryDays } }),
  );

describe('earshot knowledge', () => {
  it('shows each owner what is theirs, when it is due, and which templates rest on it', async () => {
    await checkedEvery(3650);
    const { json } = await home.run(['knowledge', '--json', '--owner', 'security']);
    expect(json.map(({ id }) => id)).toEqual(['funds-safety', 'scam-spam', 'security-fraud']);
    expect(json[0]).toMatchObject({ languages: ['en', 'zh-Hans'], overdue: false });
    expect(json[0].templates).toContain('funds-safety/en');
    const { out } = await home.run(['knowledge']);
    expect(out).toMatch(/ARTICLE +OWNER +CHECKED +DUE +LANGUAGES +TEMPLATES/);
    expect((await home.run(['knowledge', '--due'])).out).toContain('No article is past');
  });

  it('is told that somebody compared an article with the product, and remembers who', async () => {
    const words = { title: 'Limits', text: 'There are limits.' };
    const late = { id: 'limits', en: words, 'zh-Hans': words, by: 'Mei', at: '2000-01-01T00:00:00Z' };
    const workspace = { version: 1, brand: { product: 'Acorn Pay' }, articles: [late] };
    await writeFile(join(home.data, 'workspace.json'), JSON.stringify(workspace));
    const before = await home.run(['knowledge', '--due', '--json']);
    expect(before.json.map(({ id }) => id)).toContain('limits');
    const said = await home.run(['knowledge', 'checked', 'limits', '--as', 'Ana']);
    expect(said).toMatchObject({ code: 0, out: expect.stringMatching(/limits is checked\. The next time is \d{4}-/) });
    const { json } = await home.run(['knowledge', '--json']);
    expect(json.find(({ id }) => id === 'limits')).toMatchObject({ checkedBy: 'Ana', overdue: false });
    const { json: versions } = await home.run(['workspace', 'versions', '--json']);
    expect(JSON.stringify(versions)).toContain('checked the article limits');
    const unknown = await home.run(['knowledge', 'checked', 'weather']);
    expect(unknown).toMatchObject({ code: 3, err: expect.stringContaining('There is no article "weather"') });
  });

  it('is looked at by the doctor', async () => {
    await checkedEvery(3650);
    const { json } = await home.run(['doctor', '--json']);
    expect(json.find(({ what }) => what === 'knowledge')).toMatchObject({
      ok: true,
      message: expect.stringContaining('each within its time'),
    });
  });
});
