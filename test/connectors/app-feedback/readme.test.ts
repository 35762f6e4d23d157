import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type IntakeBench, openIntakeBench } from '../../intake/support.ts';
import { openApp } from '../../platforms/open-app.ts';

const README = resolve(import.meta.dirname, '../../../connectors/app-feedback/README.md');
const SECRET = 'a secret as openssl makes it, in base64';

let bench: IntakeBench;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'));
  // The example asks the machine for the time, so the door must, too.
  bench = await openIntakeBench(() => [openApp({ variables: { APP_FEEDBACK_SECRET: SECRET } })]);
  vi.stubEnv('APP_FEEDBACK_SECRET', SECRET);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await bench.close();
  await rm(folder, { recursive: true });
});

async function example(): Promise<(feedback: object, id?: string) => Promise<{ known: boolean }>> {
  const code = /```js\n([\s\S]+?)```/.exec(await readFile(README, 'utf8'))?.[1] ?? '';
  const file = join(folder, 'example.mjs');
  await writeFile(file, code.replace('https://inbox.example.com', bench.local));
  return (await import(pathToFileURL(file).href)).sendFeedback;
}

it('the example for a server works as it stands, once for each message', async () => {
  const sendFeedback = await example();
  const said = { text: '充值失败', user: 'u-17', contact: { by: 'app' } };
  expect(await sendFeedback(said, 'message-0017')).toMatchObject({ known: false });
  const { rows } = await bench.store.queue({ limit: 5 });
  expect(rows).toMatchObject([{ mention: { text: '充值失败', author: { id: 'u-17' } } }]);
  await expect(sendFeedback({ text: '' }), 'what stays wrong is not tried again').rejects.toThrow('not-understood');
});

it('the examples are as short as they say', async () => {
  const blocks = [...(await readFile(README, 'utf8')).matchAll(/```(?:js|kotlin)\n([\s\S]+?)```/g)];
  expect(blocks).toHaveLength(2);
  for (const [, code = ''] of blocks) {
    const lines = code.split('\n').filter((line) => line.trim() !== '' && !/^import|^export|^}|^fun/.test(line));
    expect(lines.length).toBeLessThanOrEqual(20);
  }
});
