import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { attachmentsIn } from '../../src/attachments/index.ts';
import type { Attachments } from '../../src/core/attachments.ts';
import { ConnectorError } from '../../src/core/failures.ts';
import { mentionId } from '../../src/core/ids.ts';
import { withAttachments } from '../../src/parts/with-attachments.ts';
import { openBench } from '../review/support.ts';
import { picture, pngOfSize, withChunk } from './pictures.ts';

let folder: string;
let shelf: Attachments;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'attachments-'));
  shelf = attachmentsIn(join(folder, 'kept'));
});
afterEach(() => rm(folder, { recursive: true }));

const of = (nativeId: string) => mentionId('app', nativeId);
const keep = (bytes: Uint8Array, name?: string, nativeId = 'm1') =>
  shelf.keep('app', { nativeId, bytes, ...(name !== undefined && { name }) });
async function kept(bytes: Uint8Array, name?: string) {
  const attachment = await keep(bytes, name);
  if ('refused' in attachment || !attachment.file) throw new Error(JSON.stringify(attachment));
  const found = await shelf.read(of('m1'), attachment.file);
  if (!found) throw new Error('kept and not found');
  return { attachment, found };
}
const MARKS = /Hidden|Exif|GPS|script|a program|http/i;
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('a picture that came with a mention', () => {
  it.each([
    ['png', 'image/png', 'png'],
    ['jpeg', 'image/jpeg', 'jpg'],
    ['webp', 'image/webp', 'webp'],
  ] as const)('is kept as %s, without what its camera wrote into it', async (kind, type, ending) => {
    const sent = await picture(kind);
    expect(textOf(sent)).toMatch(/Hidden Camera/);
    const { attachment, found } = await kept(sent, 'shot.bin');
    expect(attachment).toMatchObject({ type, width: 40, height: 30, description: 'shot.bin' });
    expect(attachment.file).toMatch(new RegExp(`^[0-9a-z]{16}\\.${ending}$`));
    expect(found.type).toBe(type);
    expect(textOf(found.bytes)).not.toMatch(MARKS);
    const { dominant } = await sharp(found.bytes).stats();
    expect(dominant.b, 'its pixels are the same').toBeGreaterThan(dominant.r);
  });

  it('stands upright, as its camera meant it', async () => {
    const sent = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    expect((await kept(sent)).attachment).toMatchObject({ width: 30, height: 40 });
  });

  it('is kept once, however often it comes', async () => {
    const sent = await picture('png');
    expect(await keep(sent)).toEqual(await keep(sent));
    const { file = '' } = (await kept(sent)).attachment;
    expect(readdirSync(join(folder, 'kept', of('m1').slice(0, 2), of('m1')))).toEqual([file]);
  });

  it('is called by the last part of the name it came with, which is never a path', async () => {
    const sent = await picture('png');
    const names = ['../../etc/passwd', 'C:\\temp\\截图.png', 'a\u202Egnp.exe\n', 'half \ud83d', '   '];
    const called = await Promise.all(names.map(async (name) => (await kept(sent, name)).attachment.description));
    expect(called).toEqual(['passwd', '截图.png', 'agnp.exe', 'half', undefined]);
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  it('is handed out by its own name only', async () => {
    const { attachment } = await kept(await picture('png'));
    const { file = '' } = attachment;
    expect(await shelf.read(of('other'), file)).toBeUndefined();
    for (const name of ['../m1', `../${of('m1')}/${file}`, `${file}\0`, '', '.', file.replace('.png', '.svg')]) {
      expect(await shelf.read(of('m1'), name)).toBeUndefined();
      expect(await shelf.read(name, file)).toBeUndefined();
    }
  });
});

describe('what is no such picture is refused with a reason', () => {
  it.each([
    ['nothing at all', Buffer.alloc(0)],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a drawing with a script', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['a GIF', Buffer.from('GIF89a\x01\0\x01\0\0\0\0;', 'latin1')],
    ['an archive', Buffer.from('PK\x03\x04 and so on', 'latin1')],
    ['a TIFF', Buffer.from('II*\0\x08\0\0\0', 'latin1')],
  ])('%s', async (_what, bytes) => {
    expect(await keep(bytes, 'shot.png')).toEqual({
      refused: 'It is no PNG, JPEG or WebP picture, whatever its name says.',
    });
    expect(readdirSync(join(folder, 'kept'))).toEqual([]);
  });

  it.each([
    ['only the first bytes of a PNG', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    ['a JPEG that breaks off', Buffer.from('\xff\xd8\xff\xe0\0\x10JFIF', 'latin1')],
    ['a WebP of nothing', Buffer.from('RIFF\x20\0\0\0WEBPVP8 ', 'latin1')],
    ['a PNG with too few pixels', pngOfSize(400, 400)],
  ])('%s', async (_what, bytes) => {
    expect(await keep(bytes)).toEqual({
      refused: 'It begins like a picture, but cannot be read as one. Send it again, or another one.',
    });
  });

  it('more than 10 MB', async () => {
    const bytes = Buffer.concat([await picture('png'), Buffer.alloc(10 * 1024 * 1024)]);
    expect(await keep(bytes)).toEqual({ refused: 'It is larger than 10 MB. Send a smaller one.' });
  });

  it('a bomb: few bytes that say they are billions of pixels, before any of them is unpacked', async () => {
    for (const [width, height] of [
      [60_000, 60_000],
      [2_000_000_000, 1],
      [16_000, 4_001],
      [0xffffffff, 0xffffffff],
    ] as const) {
      const bomb = pngOfSize(width, height, new Uint8Array(1_000_000));
      expect(bomb.length).toBeLessThan(2_000);
      expect(await keep(bomb), `${width} × ${height}`).toHaveProperty('refused');
    }
  });

  it('whatever bytes come, the answer is a picture or a reason', async () => {
    const honest = await Promise.all((['png', 'jpeg', 'webp'] as const).map((kind) => picture(kind)));
    const broken = fc
      .record({
        which: fc.nat(2),
        at: fc.nat(400),
        by: fc.uint8Array({ minLength: 1, maxLength: 40 }),
        cut: fc.nat(900),
      })
      .map(({ which, at, by, cut }) => {
        const bytes = Buffer.from(honest[which] as Buffer);
        bytes.set(by.subarray(0, Math.max(0, bytes.length - at)), Math.min(at, bytes.length));
        return bytes.subarray(0, Math.max(12, bytes.length - (cut > 450 ? 0 : cut)));
      });
    await fc.assert(
      fc.asyncProperty(broken, async (bytes) => {
        const answer = await keep(bytes);
        expect('refused' in answer || answer.file !== undefined).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a second file inside a picture is gone', () => {
  const PAGE = Buffer.from('<html><script>alert(document.domain)</script><img src=http://evil.example/>');
  it.each(['png', 'jpeg', 'webp'] as const)('behind a %s', async (kind) => {
    const archive = Buffer.from('PK\x03\x04 a program', 'latin1');
    const { found } = await kept(Buffer.concat([await picture(kind), PAGE, archive]));
    expect(textOf(found.bytes)).not.toMatch(MARKS);
  });

  it('in a comment that a browser might take for a page', async () => {
    const { found } = await kept(withChunk(await picture('png'), 'tEXt', Buffer.concat([Buffer.from('a\0'), PAGE])));
    expect(textOf(found.bytes)).not.toMatch(MARKS);
  });
});

describe('a kept picture goes with its mention', () => {
  it('when that is erased', async () => {
    const bench = await openBench();
    const store = withAttachments(bench.store, shelf);
    const files: string[] = [];
    for (const nativeId of ['post-1', 'post-2']) {
      const attachment = await shelf.keep('forum', { nativeId, bytes: await picture('png') });
      if ('refused' in attachment || !attachment.file) throw new Error('refused');
      files.push(attachment.file);
      await bench.heard({ attachments: [attachment] });
    }
    const audit = { at: 1, actor: 'Mei', action: 'erased', subject: 'forum', detail: {} };
    expect(await store.erase('forum', ['post-1'], audit)).toBe(1);
    const readAll = () =>
      Promise.all([1, 2].map((n) => shelf.read(mentionId('forum', `post-${n}`), files[n - 1] ?? '')));
    expect((await readAll()).map((one) => one !== undefined)).toEqual([false, true]);
    expect((await bench.caseOf(mentionId('forum', 'post-2'))).mention.attachments).toMatchObject([{ file: files[1] }]);

    expect(await shelf.sweep((ids) => store.held(ids), 0)).toBe(0);
    await bench.close();
  });

  it('and is swept away after a while when that was never stored', async () => {
    const { attachment } = await kept(await picture('png'));
    const noneHeld = async () => new Set<string>();
    expect(await shelf.sweep(noneHeld, 60_000)).toBe(0);
    const long = new Date(Date.now() - 120_000);
    await utimes(join(folder, 'kept', of('m1').slice(0, 2), of('m1')), long, long);
    expect(await shelf.sweep(async (ids) => new Set(ids), 60_000)).toBe(0);
    expect(await shelf.sweep(noneHeld, 60_000)).toBe(1);
    expect(await shelf.read(of('m1'), attachment.file ?? '')).toBeUndefined();
  });
});

it('a disk that is nearly full takes no pictures: a flood of them must not stop what people write', async () => {
  const full = attachmentsIn(join(folder, 'kept'), async () => 900_000_000);
  expect(await full.keep('app', { nativeId: 'm1', bytes: await picture('png') })).toEqual({
    refused: 'There is no room for pictures just now. Send it again another day.',
  });
  expect(existsSync(join(folder, 'kept'))).toBe(false);
});

it('a disk that takes nothing is a reason to come back later, not to lose the picture', async () => {
  await writeFile(join(folder, 'kept'), 'in the way');
  const failing = keep(await picture('png'));
  await expect(failing).rejects.toThrow(/could not be kept .+ It is tried again/);
  await expect(failing).rejects.toBeInstanceOf(ConnectorError);
  await expect(failing).rejects.toMatchObject({ kind: 'unavailable' });
});
