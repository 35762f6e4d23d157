/** Being called by the app: who calls is proven before much is read, then words and pictures are taken once. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import {
  type Attachment,
  type Call,
  type CallAnswer,
  CallRefused,
  type Hear,
  isSignedBy,
  parseJson,
  readBody,
  type SignedHeaders,
  TOLERANCE_MS,
  z,
} from '#kit';
import type { AppFeedbackClient } from './client.ts';
import { Feedback, JSON_MAX_BYTES, MOST_SCREENSHOTS, SCREENSHOT_MAX_BYTES, toMention } from './messages.ts';

const DAY_MS = 86_400_000;
/** How long a sender's id is known, so that the same message counts once. */
const ID_KNOWN_MS = 400 * DAY_MS;

/** What became of each picture, in the order they were named. */
interface KeptPicture {
  sha256: string;
  kept: boolean;
  why?: string;
}

/** `POST v1/feedback`: JSON, or a form whose first part is that JSON, followed by the pictures that it names. */
export async function takeFeedback(client: AppFeedbackClient, call: Call, hear: Hear): Promise<CallAnswer> {
  const headers = signedHeaders(client, call);
  await refuseRepeated(headers, hear);
  const { json, files } = await wordsAndFiles(client, call, headers);
  const said = understood(Feedback, json);
  const pictures = picturesOf(said, files);
  const id = headers['webhook-id'];
  const taken = await hear.taken(idMark(id));
  const { attachments, results } = taken ? NO_PICTURES : await keepPictures(client, id, pictures);
  const mention = toMention(id, said, attachments, { app: client.options.app, ways: client.ways() });
  const kept = await hear({ found: [mention], once: marksOf(client, headers, json) });
  refuseOther(kept.repeated);
  return asJson(200, { id, known: kept.repeated === 'same' || kept.added === 0, screenshots: results });
}

/** `POST v1/withdraw`: whoever wrote a message wants it back. */
export async function withdraw(client: AppFeedbackClient, call: Call, hear: Hear): Promise<CallAnswer> {
  const headers = signedHeaders(client, call);
  await refuseRepeated(headers, hear);
  const json = (await readSmall(call)).toString('utf8');
  mustBeSigned(client, headers, json);
  const { id } = understood(z.object({ id: z.string().min(1).max(128) }), json);
  const kept = await hear({ gone: [id], once: marksOf(client, headers, json) });
  refuseOther(kept.repeated);
  return asJson(200, { id, withdrawn: true });
}

/** Looked at before anything is read. */
function signedHeaders(client: AppFeedbackClient, call: Call): SignedHeaders {
  const get = (name: keyof SignedHeaders) => call.headers.get(name) ?? '';
  const headers = {
    'webhook-id': get('webhook-id'),
    'webhook-timestamp': get('webhook-timestamp'),
    'webhook-signature': get('webhook-signature'),
  };
  const missing = Object.entries(headers).find(([, value]) => value === '')?.[0];
  if (missing)
    throw new CallRefused(401, 'not-signed', `The header ${missing} is missing. Sign the call as the README says.`);
  if (!/^[\w.:-]{8,128}$/.test(headers['webhook-id'])) {
    throw new CallRefused(
      400,
      'bad-id',
      'webhook-id is 8 to 128 letters, digits and . : _ - , another one for each message.',
    );
  }
  const at = Number(headers['webhook-timestamp']) * 1000;
  const off = Math.abs(client.now() - at);
  if (!(off <= TOLERANCE_MS)) {
    const how = Number.isFinite(at)
      ? `${Math.round(off / 60_000)} minutes away from our clock`
      : 'no number of seconds';
    throw new CallRefused(
      401,
      'too-old',
      `webhook-timestamp is ${how}. Sign each try anew, and set the sender's clock.`,
    );
  }
  return headers;
}

/** The same bytes once more: a try that was sent again by the network, or by somebody who listened. */
async function refuseRepeated(headers: SignedHeaders, hear: Hear): Promise<void> {
  if (!(await hear.taken(signatureMark(headers)))) return;
  const advice =
    'This very call was taken before, and nothing was changed. To ask whether it arrived, sign it anew with the same id.';
  throw new CallRefused(409, 'repeated', advice);
}

async function wordsAndFiles(
  client: AppFeedbackClient,
  call: Call,
  headers: SignedHeaders,
): Promise<{ json: string; files: SentFile[] }> {
  const type = call.headers.get('content-type') ?? '';
  if (/^application\/json\b/i.test(type)) {
    const json = (await readSmall(call)).toString('utf8');
    mustBeSigned(client, headers, json);
    return { json, files: [] };
  }
  if (!/^multipart\/form-data\b/i.test(type)) {
    throw new CallRefused(
      415,
      'bad-type',
      'Send application/json, or multipart/form-data with the part "feedback" first.',
    );
  }
  let proven = false;
  const { fields, files } = await readForm(call, (so) => {
    if (proven) return;
    const json = so.get('feedback');
    if (json === undefined)
      throw new CallRefused(
        400,
        'not-understood',
        'The part "feedback" is missing, or stands behind a picture. Send it first, without a file name.',
      );
    mustBeSigned(client, headers, json);
    proven = true;
  });
  return { json: fields.get('feedback') ?? '', files };
}

function mustBeSigned(client: AppFeedbackClient, headers: SignedHeaders, json: string): void {
  if (isSignedBy(client.secrets(), headers, json)) return;
  const advice =
    'The signature is not the HMAC-SHA256 of "id.timestamp.json" with APP_FEEDBACK_SECRET. Sign exactly the bytes that are sent.';
  throw new CallRefused(401, 'bad-signature', advice);
}

async function readSmall(call: Call): Promise<Buffer> {
  if (Number(call.headers.get('content-length') ?? 0) > JSON_MAX_BYTES) throw TOO_LARGE;
  const bytes = await readBody({ body: upTo(call.body) });
  return bytes;
}

async function* upTo(body: Call['body']): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of body) {
    size += piece.byteLength;
    if (size > JSON_MAX_BYTES) throw TOO_LARGE;
    yield piece;
  }
}

const TOO_LARGE = new CallRefused(
  413,
  'too-large',
  'The JSON is larger than 64 KB. Pictures go beside it, not into it.',
);

function understood<T>(shape: z.ZodType<T>, json: string): T {
  const read = shape.safeParse(parseJson(json));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = issue && issue.path.length > 0 ? `"${issue.path.join('.')}": ` : '';
  throw new CallRefused(
    422,
    'not-understood',
    `${where}${issue?.message ?? 'This is not the JSON that was expected'}.`.replace(/\.\.$/, '.'),
  );
}

/** Each picture that the signed words name, and none that they do not. */
function picturesOf({ screenshots }: Feedback, files: readonly SentFile[]): (SentFile & { sha256: string })[] {
  const hashed = files.map((file) => ({ ...file, sha256: createHash('sha256').update(file.bytes).digest('hex') }));
  const stray = hashed.find(({ sha256, cut }) => !cut && !screenshots.includes(sha256));
  if (stray || hashed.length !== screenshots.length) {
    const advice = '"screenshots" must hold the SHA-256 of each picture that is sent, in hex, and of no other.';
    throw new CallRefused(422, 'bad-screenshots', advice);
  }
  return hashed.map((file, index) => (file.cut ? { ...file, sha256: screenshots[index] ?? '' } : file));
}

const NO_PICTURES: { attachments: Attachment[]; results: KeptPicture[] } = { attachments: [], results: [] };

/** A picture that cannot be kept does not take the words along: it is named instead, to both sides. */
export async function keepPictures(
  client: AppFeedbackClient,
  nativeId: string,
  files: readonly (SentFile & { sha256: string })[],
) {
  const attachments: Attachment[] = [];
  const results: KeptPicture[] = [];
  for (const { name, bytes, cut, sha256 } of files) {
    const kept = cut
      ? { refused: `It is larger than ${SCREENSHOT_MAX_BYTES / 1_048_576} MB.` }
      : await client.attachments.keep({ nativeId, bytes, name });
    if ('refused' in kept) attachments.push({ description: `${name || 'picture'}: ${kept.refused}` });
    else attachments.push(kept);
    results.push('refused' in kept ? { sha256, kept: false, why: kept.refused } : { sha256, kept: true });
  }
  return { attachments, results };
}

const idMark = (id: string) => `id ${id}`;
const signatureMark = (headers: SignedHeaders) =>
  `call ${createHash('sha256').update(Object.values(headers).join('\n')).digest('hex')}`;

function marksOf(client: AppFeedbackClient, headers: SignedHeaders, json: string) {
  const now = client.now();
  const digest = createHash('sha256').update(json).digest('hex');
  return [
    { id: idMark(headers['webhook-id']), digest, until: now + ID_KNOWN_MS },
    // Later than this its time is refused.
    { id: signatureMark(headers), until: now + 3 * TOLERANCE_MS },
  ];
}

function refuseOther(repeated: 'same' | 'other' | undefined): void {
  if (repeated !== 'other') return;
  const advice = 'This id was used for another message, which stays as it is. Give each message an id of its own.';
  throw new CallRefused(409, 'id-taken', advice);
}

function asJson(status: number, body: object): CallAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8' }, body: JSON.stringify(body) };
}

/** A picture as it came. `cut`: there was more of it than is taken. */
interface SentFile {
  name: string;
  bytes: Buffer;
  cut: boolean;
}

interface SentForm {
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
