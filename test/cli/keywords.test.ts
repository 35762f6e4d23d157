import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Home, openHome } from './support.ts';

let home: Home;
let file: string;
beforeEach(async () => {
  home = await openHome();
  file = join(home.data, 'workspace.json');
  await mkdir(home.data);
});
afterEach(() => home.close());

const GOOD = { phrase: 'slow refund', problemType: 'top-up-failed' };
const BAD = { phrase: '到账很慢', problemType: 'slow-topup' };
const settings = (...lexicon: object[]) =>
  JSON.stringify({ version: 1, brand: { product: 'OKPay' }, sources: [], lexicon }, null, 2);
const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
/** What is said of the bad one, wherever it is said. */
const said = (at: string) =>
  `${at}: the keyword "到账很慢" is for the problem type "slow-topup", which does not exist, so nothing is sorted by it. Problem types: account-locked, `;

describe('a keyword for a problem type that does not exist', () => {
  it('is named by the doctor, with its line and the types there are; the rest of the settings is used', async () => {
    const text = settings(GOOD, BAD);
    await writeFile(file, text);
    const { code, json } = await home.run(['doctor', '--json']);
    expect(code).toBe(1);
    const found = json.filter(({ what }) => what === 'keywords');
    expect(found).toEqual([{ what: 'keywords', ok: false, message: expect.any(String) }]);
    expect(found[0].message).toContain(said(`workspace.json, line ${lineOf(text, BAD.problemType)}`));
    expect(json).toContainEqual({ what: 'settings', ok: true, message: file });
    await writeFile(file, settings(GOOD));
    const mended = await home.run(['doctor', '--json']);
    expect(mended.json.filter(({ what }) => what === 'keywords')).toEqual([]);
  });

  it('is named when a file is imported, which is imported all the same', async () => {
    await writeFile(file, settings());
    const text = settings(GOOD, BAD);
    const edited = join(home.dir, 'edited.json');
    await writeFile(edited, text);
    const { code, out } = await home.run(['workspace', 'import', edited, '--force']);
    expect(code).toBe(0);
    expect(out).toContain(said(`${edited}, line ${lineOf(text, BAD.problemType)}`));
    expect(out).toContain('The settings are at version');
    expect(JSON.parse(await readFile(file, 'utf8')).lexicon).toHaveLength(2);
  });

  it('is in the log of a server at its start, and when the file is edited while it runs', async () => {
    await writeFile(file, settings(BAD));
    const child = home.begin(['start'], { EARSHOT_LOG: 'warn' });
    child.stdout?.resume();
    const lines: string[] = [];
    createInterface({ input: child.stderr ?? process.stdin }).on('line', (line) => lines.push(line));
    const logged = () => lines.flatMap((line) => (line.includes('a keyword does nothing') ? [JSON.parse(line)] : []));
    const patience = { timeout: 30_000 };
    await expect
      .poll(() => logged().map(({ message }) => message), patience)
      .toEqual([expect.stringContaining(said(`workspace.json, line ${lineOf(settings(BAD), BAD.problemType)}`))]);
    const other = { ...BAD, phrase: 'slow top-up' };
    await writeFile(file, settings(other));
    await expect.poll(() => logged().at(-1)?.message, patience).toContain('the keyword "slow top-up"');
  });
});
