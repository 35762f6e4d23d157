import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Attachments, GivenFile } from '../core/attachments.ts';
import { KEPT_NAME } from '../core/attachments.ts';
import { ConnectorError } from '../core/failures.ts';
import { mentionId, shortHash } from '../core/ids.ts';
import type { MentionId } from '../core/nouns.ts';
import { type PictureKind, rewritePicture, TYPE_OF } from './picture.ts';

export { PICTURE_MAX_BYTES } from './picture.ts';

const IDS_AT_ONCE = 500;
/** With less than this free on the disk, no picture is taken. Twice of what the doctor begins to complain about. */
const LEAST_FREE_BYTES = 1_000_000_000;
const NO_ROOM = { refused: 'There is no room for pictures just now. Send it again another day.' };

/**
 * The files that we keep, in a folder of their own: one folder for each mention, one file for each picture. Several machines
 * name the same folder. A file is whole and on the disk before its mention is stored, so a mention never points at
 * half a picture; what a crash leaves over is swept away.
 */
export function attachmentsIn(folder: string, freeBytes: (folder: string) => Promise<number> = freeOn): Attachments {
  const folderOf = (mention: MentionId) => join(folder, mention.slice(0, 2), mention);
  const one = inTurn();

  return {
    async keep(connector, { nativeId, bytes, name }) {
      // The records need the room more: what people wrote is kept, and their pictures are not.
      if ((await freeBytes(folder)) < LEAST_FREE_BYTES) return NO_ROOM;
      // One at a time: unpacking takes memory, and a crowd of large pictures must not take all of it.
      const picture = await one(() => rewritePicture(bytes));
      if ('refused' in picture) return picture;
      const file = `${nameOf(bytes)}.${picture.kind}`;
      const at = folderOf(mentionId(connector, asStored(nativeId)));
      await writeDurably(at, file, picture.bytes).catch((thrown: unknown) => {
        const why = thrown instanceof Error ? thrown.message : String(thrown);
        throw new ConnectorError('unavailable', `A picture could not be kept (${why}). It is tried again.`, {
          cause: thrown,
        });
      });
      const { width, height, kind } = picture;
      return { file, type: TYPE_OF[kind], width, height, ...described(name) };
    },

    async read(mention, file) {
      if (!KEPT_NAME.test(file) || !MENTION_NAME.test(mention)) return undefined;
      const bytes = await readFile(join(folderOf(mention), file)).catch(absent);
      return bytes && { bytes: new Uint8Array(bytes), type: TYPE_OF[extname(file).slice(1) as PictureKind] };
    },

    async forget(mentions) {
      for (const mention of mentions) {
        if (MENTION_NAME.test(mention)) await rm(folderOf(mention), { recursive: true, force: true });
      }
    },

    async sweep(isHeld, olderThanMs) {
      const before = Date.now() - olderThanMs;
      let swept = 0;
      for (const shelf of await namesIn(folder)) {
        const names = (await namesIn(join(folder, shelf))).filter((name) => MENTION_NAME.test(name));
        for (let start = 0; start < names.length; start += IDS_AT_ONCE) {
          const some = names.slice(start, start + IDS_AT_ONCE);
          const held = await isHeld(some);
          for (const name of some) {
            if (held.has(name) || !(await isOlder(folderOf(name), before))) continue;
            await this.forget([name]);
            swept++;
          }
        }
      }
      return swept;
    },
  };
}

/** As `collect` tidies an id before it is stored. */
const asStored = (nativeId: string) => nativeId.slice(0, 4_000).replaceAll('\0', '').toWellFormed();

const MENTION_NAME = /^[0-9a-hjkmnp-tv-z]{16}$/;

/** Of what came, not of what is written: another version of the library may write the same picture otherwise. */
const nameOf = (bytes: Uint8Array) => shortHash(Buffer.from(bytes).toString('base64'));

/** A sender's name for a file is a text like any other. Without a path, so that it reads as what it is. */
function described(name: GivenFile['name']): { description?: string } {
  const description = (name ?? '').split(/[\\/]/).at(-1)?.replace(/\p{C}/gu, '').trim().slice(0, 120).toWellFormed();
  return description ? { description } : {};
}

/** All of it or nothing, and on the disk when it resolves. */
async function writeDurably(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, join(folder, name));
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  // Windows cannot sync a folder, and need not.
  const above = await open(folder, 'r').catch(() => undefined);
  await above?.sync().catch(() => {});
  await above?.close();
}

/** Of the disk that the folder is on, or will be. */
async function freeOn(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(() => {});
  // Where nobody can say, the writing itself will.
  const disk = await statfs(folder).catch(() => undefined);
  return disk ? disk.bavail * disk.bsize : Number.POSITIVE_INFINITY;
}

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

async function isOlder(path: string, before: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.mtimeMs < before;
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
  throw error;
}

/** A queue of one. */
function inTurn() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };
}
