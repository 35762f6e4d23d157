import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sample } from '../../../connectors/sample/index.ts';
import { idsOf, NOW, open, pullOnce } from '../../contract/support.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-sample-'));
afterAll(() => rmSync(folder, { recursive: true }));

const LINE = { nativeId: 'a', platform: 'forum', place: 'Help', author: { id: 'u' }, text: 'hello', minutesAgo: 2 };

function sourceOf(...lines: unknown[]) {
  const file = join(folder, `${Math.random()}.jsonl`);
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return open(sample, { options: { file } });
}

describe('the sample that ships', () => {
  it('is whole, with about 60 mentions of the last days, none twice by id', async () => {
    const page = await pullOnce(open(sample, { options: {} }));
    expect(page.skipped).toEqual([]);
    expect(page.found.length).toBeGreaterThanOrEqual(50);
    expect(new Set(idsOf([page])).size).toBe(page.found.length);
    for (const { saidAt, permission } of page.found) {
      expect(saidAt).toBeLessThanOrEqual(NOW);
      expect(saidAt).toBeGreaterThan(NOW - 30 * 86_400_000);
      expect(permission).toEqual({ how: 'by-hand', why: 'This is a sample: nothing is posted.' });
    }
  });
});

describe('reading a sample', () => {
  it('counts times back from now', async () => {
    expect((await pullOnce(sourceOf(LINE))).found[0]?.saidAt).toBe(NOW - 120_000);
  });

  it('happens once', async () => {
    const source = sourceOf(LINE);
    const { cursor, more } = await pullOnce(source);
    expect(more).toBe(false);
    expect((await pullOnce(source, { cursor })).found).toEqual([]);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['no id', { ...LINE, nativeId: undefined }],
    ['an id that is a number', { ...LINE, nativeId: 7 }],
    ['no words', { ...LINE, text: ' \u0000 ' }],
    ['a time to come', { ...LINE, minutesAgo: -1 }],
    ['a time that is none', { ...LINE, minutesAgo: 'soon' }],
  ])('leaves out a line with %s and says which', async (_, line) => {
    const { found, skipped } = await pullOnce(sourceOf(LINE, line));
    expect(found).toHaveLength(1);
    expect(skipped).toEqual([{ reason: expect.stringMatching(/^Line 2 of the sample: ./) }]);
  });

  it('makes texts and addresses harmless', async () => {
    const line = { ...LINE, text: 'a\ud800b\0', url: 'javascript:alert(1)', author: { id: 'u', name: 'x\u0007' } };
    const [mention] = (await pullOnce(sourceOf(line))).found;
    expect(mention).toMatchObject({ text: 'a\ufffdb', author: { name: 'x' } });
    expect(mention).not.toHaveProperty('url');
  });

  it('says what is wrong when there is no file', async () => {
    const source = open(sample, { options: { file: '/nowhere/mentions.jsonl' } });
    await expect(pullOnce(source)).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('/nowhere/'),
    });
  });
});
