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

  it('is looked at by the doctor', async () => {
    await checkedEvery(3650);
    const { json } = await home.run(['doctor', '--json']);
    expect(json.find(({ what }) => what === 'knowledge')).toMatchObject({
      ok: true,
      message: expect.stringContaining('each within its time'),
    });
  });
});
