import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openLog } from '../../src/observe/log.ts';
import { openParts, type Parts } from '../../src/parts/index.ts';
import { noticeIn, redraft } from '../../src/parts/notice.ts';
import { readSettings } from '../../src/settings.ts';
import { runDraft } from '../../src/stages/draft/index.ts';
import { assessment, found } from '../contract/stores/support.ts';

const NOTICE = { en: 'Top-ups are under maintenance since 14:00.', zh: '充值服务自 14:00 起维护中。' };
const signal = new AbortController().signal;
let folder: string;
let parts: Parts;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'notice-'));
  parts = await openParts(readSettings({ EARSHOT_DATA: folder }), openLog('silent'), 'server');
});
afterEach(async () => {
  await parts.close();
  await rm(folder, { recursive: true, force: true });
});

const announce = (over: object = {}) =>
  parts.workspace.update('Mei', 'notice', (draft) => {
    draft.notice = { ...NOTICE, ...over };
  });

/** A drafted mention of a type. */
async function hear(problemType: string, over: object = {}): Promise<string> {
  const { store, clock } = parts;
  const at = clock.now();
  const one = found(`${problemType}-${JSON.stringify(over).length}`, { text: 'My top-up is missing', ...over });
  const { added } = await store.savePage({ source: 'f', connector: 'forum', sample: false, found: [one], at });
  const id = added[0] as string;
  await store.saveAssessments([{ id, version: 1, assessment: assessment({ problemType, others: [] }) }]);
  await runDraft({ ...parts, worker: 'test', signal });
  return id;
}
const draftOf = async (id: string) => (await parts.store.find(id))?.drafts.at(-1);

it('is in the drafts it is about, with its twin, and not in regulated or quiet ones', async () => {
  await announce();
  const draft = await draftOf(await hear('top-up-failed'));
  expect(draft?.text).toContain(NOTICE.en);
  expect(draft?.twin).toContain(NOTICE.zh);
  expect(draft?.checks.filter(({ ok }) => !ok)).toEqual([]);
  for (const type of ['security-fraud', 'praise'])
    expect((await draftOf(await hear(type)))?.text).not.toContain('maintenance');
});

it('comes into drafts that wait, and goes from them when it ends; what a person wrote stays', async () => {
  const id = await hear('top-up-failed');
  const own = await hear('fees');
  const { mention } = (await parts.store.find(own)) ?? {};
  await parts.review.edit({ mentionId: own, version: mention?.version ?? 0, by: 'Mei', text: 'My own words.' });
  await announce();
  expect(await redraft(parts, signal)).toBe(1);
  expect((await draftOf(id))?.text).toContain(NOTICE.en);
  expect((await draftOf(own))?.text).toBe('My own words.');
  await announce({ until: new Date(Date.now() - 1000).toISOString() });
  expect(await redraft(parts, signal)).toBe(1);
  expect((await draftOf(id))?.text).not.toContain(NOTICE.en);
});

it('is left out of a draft that it would spoil, since the reply is more than the news', async () => {
  await announce({ en: 'We promise that your money comes back within two hours.' });
  const draft = await draftOf(await hear('top-up-failed'));
  expect(draft?.text).not.toContain('two hours');
  expect(draft?.checks.filter(({ ok }) => !ok)).toEqual([]);
});

it('is what members are told, in their language, until it ends', async () => {
  await announce();
  const now = Date.now();
  expect(noticeIn(parts.workspace.current(), now, 'en')).toBe(NOTICE.en);
  expect(noticeIn(parts.workspace.current(), now, 'zh-Hant')).toContain('儲值');
  await announce({ until: new Date(now + 60_000).toISOString() });
  expect(noticeIn(parts.workspace.current(), now + 61_000, 'en')).toBeUndefined();
});
