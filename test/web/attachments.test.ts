import { afterEach, beforeEach, expect, it } from 'vitest';
import type { attachmentsIn } from '../../src/attachments/index.ts';
import { BASE } from '../../src/surfaces/web/api.ts';
import { picture } from '../attachments/pictures.ts';
import { ask, openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let jun: Person;
beforeEach(async () => {
  bench = await openWebBench();
  jun = await bench.signIn('Jun', 'viewer');
});
afterEach(() => bench.close());

async function withPicture() {
  const shelf = bench.parts.attachments as ReturnType<typeof attachmentsIn>;
  const attachment = await shelf.keep('forum', { nativeId: 'post-1', bytes: await picture('png'), name: 'shot.png' });
  if ('refused' in attachment) throw new Error(attachment.refused);
  const { id } = await bench.heard({ attachments: [attachment] });
  return { id, file: attachment.file ?? '', path: `/mentions/${id}/attachments/${attachment.file}` };
}

it('a picture is shown to who is signed in, so that it can do nothing in their browser', async () => {
  const { id, file, path } = await withPicture();
  const detail = await jun.get(`/mentions/${id}`);
  expect(detail.json.mention.attachments).toEqual([
    { file, type: 'image/png', description: 'shot.png', width: 40, height: 30 },
  ]);
  const answer = await jun.get(path);
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'content-disposition': `inline; filename="${id}-${file}"`,
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-store',
  });
  expect((await jun.get(`${path}?save=1`)).headers['content-disposition']).toMatch(/^attachment;/);
  expect((await ask(`${bench.local}${BASE}${path}`)).status).toBe(401);
});

it('a picture is shown with its own mention only, and not any more when that is erased', async () => {
  const { id, file, path } = await withPicture();
  const other = await bench.heard();
  expect((await jun.get(`/mentions/${other.id}/attachments/${file}`)).status).toBe(404);
  expect((await jun.get(`/mentions/${id}/attachments/..%2f${file}`)).status).toBe(400);
  await bench.store.erase('forum', ['post-1'], { at: 1, actor: 'Mei', action: 'erased', subject: 'f', detail: {} });
  expect((await jun.get(path)).status).toBe(404);
});

it('where another machine keeps the picture, the answer says what to set', async () => {
  const { id } = await bench.heard({ attachments: [{ file: '0123456789abcdef.png', type: 'image/png' }] });
  const answer = await jun.get(`/mentions/${id}/attachments/0123456789abcdef.png`);
  expect(answer.status).toBe(404);
  expect(answer.json.error.message).toMatch(/EARSHOT_ATTACHMENTS/);
});
