import { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { type Call, CallRefused } from '#kit';
import { JSON_MAX_BYTES, MOST_SCREENSHOTS, SCREENSHOT_MAX_BYTES } from './schema.ts';

/** A picture as it came. `cut`: there was more of it than is taken. */
export interface SentFile {
  name: string;
  bytes: Buffer;
  cut: boolean;
}

export interface SentForm {
  fields: ReadonlyMap<string, string>;
  files: SentFile[];
}

/**
 * Reads a form with files as it comes in. `look` is called before the first file is read, and again at the end: what it
 * throws ends the reading there, so that whoever proves nothing sends no megabytes.
 *
 * @throws CallRefused
 */
export async function readForm(call: Call, look: (fields: ReadonlyMap<string, string>) => void): Promise<SentForm> {
  const fields = new Map<string, string>();
  const files: SentFile[] = [];
  const failure = new Failure();
  const form = openForm(call);
  form.on('field', (name, value, _nameCut, cut) => {
    if (cut) failure.is(new CallRefused(413, 'too-large', `The field "${name.slice(0, 40)}" is larger than 64 KB.`));
    else fields.set(name, value);
  });
  form.on('file', (_field, stream, name) => {
    failure.guard(() => look(fields));
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => failure.none && chunks.push(chunk));
    // A part that breaks off says so here, and only here.
    stream.on('error', () => failure.is(BROKEN));
    stream.on('end', () => {
      const bytes = Buffer.concat(chunks);
      // A browser sends an empty file where none was chosen.
      if (bytes.length > 0) files.push({ name: name ?? '', bytes, cut: stream.truncated });
    });
  });
  form.on('filesLimit', () => failure.is(TOO_MANY));
  await pump(call.body, form, failure);
  look(fields);
  return { fields, files };
}

const BROKEN = new CallRefused(400, 'not-understood', 'The form is broken: its parts do not end as they should.');
const TOO_MANY = new CallRefused(413, 'too-many-files', `More than ${MOST_SCREENSHOTS} pictures came. Send fewer.`);

/** The first thing that went wrong; what comes after it does not count. */
class Failure {
  none = true;
  readonly #happened = Promise.withResolvers<never>();
  /** Rejects with it. */
  readonly happened: Promise<never> = this.#happened.promise;

  constructor() {
    this.happened.catch(() => {});
  }

  is(thrown: unknown): void {
    this.none = false;
    this.#happened.reject(thrown);
  }

  guard(work: () => void): void {
    try {
      if (this.none) work();
    } catch (thrown) {
      this.is(thrown);
    }
  }
}

function openForm(call: Call): BusboyInstance {
  try {
    return new Busboy({
      headers: { 'content-type': call.headers.get('content-type') ?? '' },
      limits: {
        fieldNameSize: 100,
        fieldSize: JSON_MAX_BYTES,
        fields: 20,
        files: MOST_SCREENSHOTS,
        fileSize: SCREENSHOT_MAX_BYTES,
        parts: 30,
        headerPairs: 50,
        headerSize: 8_192,
      },
    });
  } catch {
    throw new CallRefused(415, 'bad-type', 'This is no multipart/form-data with a boundary.');
  }
}

/** Piece by piece, no faster than it is taken, and no further than something went wrong. */
async function pump(body: AsyncIterable<Uint8Array>, form: BusboyInstance, failure: Failure): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  form.on('finish', resolve);
  form.on('error', () => failure.is(BROKEN));
  const source = Readable.from(body);
  source.on('error', (thrown) => failure.is(thrown));
  source.pipe(form);
  try {
    await Promise.race([over, failure.happened]);
  } finally {
    source.unpipe(form);
    source.destroy();
    form.destroy();
  }
  // The last piece may have brought both the end and what is wrong.
  if (!failure.none) await failure.happened;
}
