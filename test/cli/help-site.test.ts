import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, openHome } from './support.ts';

let home: Home;
let out: string;
beforeAll(async () => {
  home = await openHome();
  out = join(home.dir, 'site');
  await mkdir(home.data);
  const brand = { product: 'Acorn Pay', helpUrl: 'https://help.acorn.example/start' };
  await writeFile(join(home.data, 'workspace.json'), JSON.stringify({ version: 1, brand }));
});
afterAll(() => home.close());

const build = () => home.run(['knowledge', 'site', '--out', out]);

describe('earshot knowledge site', () => {
  it('writes small pages in three scripts, each with a strict policy and nothing from elsewhere', async () => {
    const { code, out: said } = await build();
    expect([code, said]).toEqual([0, expect.stringMatching(/\d+ pages, .* kB the largest/)]);
    const files = (await readdir(out, { recursive: true })).filter((file) => file.endsWith('.html'));
    expect(files.length).toBe(3 * 13 + 1);
    for (const file of files) {
      const page = await readFile(join(out, file), 'utf8');
      expect((await stat(join(out, file))).size, file).toBeLessThan(50_000);
      expect(page).toContain("default-src 'none'; style-src 'self'; script-src 'self'");
      expect(
        page.match(/(?:src|href)="(?!\.|data:,|[a-z-]+[./]|#|zh-Han|https:\/\/help\.acorn\.example\/start")[^"]*"/gi),
      ).toBeNull();
      expect(page).not.toMatch(/ style="| on[a-z]+="|\{\{|undefined/i);
    }
    expect(await readFile(join(out, 'zh-Hant/account-locked.html'), 'utf8')).toContain('帳戶');
  });

  it('builds over an earlier site, takes away what is gone, and never touches a folder of somebody else', async () => {
    const list = join(out, '.help-site.json');
    await writeFile(join(out, 'en/gone.html'), 'an article that is no more');
    await writeFile(join(home.dir, 'mine.html'), 'not ours');
    const listed = JSON.parse(await readFile(list, 'utf8'));
    await writeFile(list, JSON.stringify([...listed, 'en/gone.html', '../mine.html']));
    expect((await build()).code).toBe(0);
    await expect(stat(join(out, 'en/gone.html'))).rejects.toThrow('ENOENT');
    expect(await readFile(join(home.dir, 'mine.html'), 'utf8')).toBe('not ours');

    await rm(list);
    const { code, err } = await build();
    expect([code, err]).toEqual([3, expect.stringContaining('not of an earlier help site')]);
  });
});
