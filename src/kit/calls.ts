import type { Call } from '../core/intake.ts';

/** The whole body of a call, as it came. @throws CallRefused beyond the source's `maxBytes` */
export async function readBody({ body }: Pick<Call, 'body'>): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}
