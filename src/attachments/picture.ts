import type { Sharp } from 'sharp';

/** The most one file may weigh, in bytes. */
export const PICTURE_MAX_BYTES = 10 * 1024 * 1024;
/** The most pixels a picture may have once unpacked: a phone's camera makes 50 million, a bomb billions. */
export const PICTURE_MAX_PIXELS = 64_000_000;
/** No side is longer: the most that WebP can hold. */
export const PICTURE_MAX_SIDE = 16_383;
/** No honest picture takes this long to unpack. */
const SECONDS = 30;

export type PictureKind = 'png' | 'jpg' | 'webp';

/** A picture that was made anew from the pixels of one that came. */
export interface Picture {
  kind: PictureKind;
  bytes: Buffer<ArrayBufferLike>;
  width: number;
  height: number;
}

export const TYPE_OF: Record<PictureKind, string> = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };

/** How large what comes is, by its first bytes, and as what it is written anew. */
const KINDS: { kind: PictureKind; is(bytes: Uint8Array): boolean; write(picture: Sharp): Sharp }[] = [
  {
    kind: 'png',
    is: (bytes) => startsWith(bytes, 0, '\x89PNG\r\n\x1a\n'),
    write: (picture) => picture.png({ compressionLevel: 7 }),
  },
  {
    kind: 'jpg',
    is: (bytes) => startsWith(bytes, 0, '\xff\xd8\xff'),
    write: (picture) => picture.jpeg({ quality: 88 }),
  },
  {
    kind: 'webp',
    is: (bytes) => startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP'),
    write: (picture) => picture.webp({ quality: 88 }),
  },
];

/**
 * Reads a picture that a stranger sent and writes it anew. Only its pixels survive: no metadata (place, device, names), no
 * colour profile, no second file hidden behind or inside it. Its size is read from its head before anything is unpacked.
 *
 * @returns a sentence for its sender when it is none that we take
 */
export async function rewritePicture(bytes: Uint8Array): Promise<Picture | { refused: string }> {
  if (bytes.byteLength > PICTURE_MAX_BYTES) return { refused: 'It is larger than 10 MB. Send a smaller one.' };
  const found = KINDS.find(({ is }) => is(bytes));
  if (!found) return { refused: 'It is no PNG, JPEG or WebP picture, whatever its name says.' };
  const sharp = await load();
  const open = () => sharp(bytes, { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'error', pages: 1 });
  try {
    const { width = 0, height = 0, format } = await open().metadata();
    if (EXPECTED[found.kind] !== format) return BROKEN;
    if (width * height > PICTURE_MAX_PIXELS || Math.max(width, height) > PICTURE_MAX_SIDE) {
      return { refused: `It has ${width} × ${height} pixels, which is too many. Send a smaller one.` };
    }
    const made = found.write(open().autoOrient().timeout({ seconds: SECONDS }));
    const { data, info } = await made.toBuffer({ resolveWithObject: true });
    return { kind: found.kind, bytes: data, width: info.width, height: info.height };
  } catch (error) {
    if (/pixel limit|too large|exceeds/i.test(String(error))) {
      return { refused: 'It has too many pixels. Send a smaller one.' };
    }
    return BROKEN;
  }
}

const BROKEN = { refused: 'It begins like a picture, but cannot be read as one. Send it again, or another one.' };
const EXPECTED: Record<PictureKind, string> = { png: 'png', jpg: 'jpeg', webp: 'webp' };

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text;
}

let loading: Promise<typeof import('sharp')['default']> | undefined;

/** Loaded with the first picture. Of all that the library can read, only these three kinds are left switched on. */
function load() {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    sharp.block({ operation: ['VipsForeignLoad'] });
    sharp.unblock({
      operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'],
    });
    return sharp;
  });
  return loading;
}
