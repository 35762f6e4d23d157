/** Pictures made up for tests, honest and hostile. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A small picture with a place, a device and a person in its metadata. */
export function picture(kind: 'png' | 'jpeg' | 'webp', width = 40, height = 30): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: '#14647f' } })
    .withExif({ IFD0: { Make: 'Hidden Camera', Artist: 'Hidden Person' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .toFormat(kind)
    .toBuffer();
}

/** A PNG that says it is this large, whatever follows. */
export function pngOfSize(width: number, height: number, pixels: Uint8Array = new Uint8Array(10)): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([1, 0, 0, 0, 0], 8); // one bit of grey for each pixel
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', head),
    pngChunk('IDAT', deflateSync(pixels, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/** Puts a chunk behind the head of a PNG, where a viewer reads it. */
export function withChunk(png: Buffer, type: string, data: Uint8Array): Buffer {
  return Buffer.concat([png.subarray(0, 33), pngChunk(type, data), png.subarray(33)]);
}
