import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { attachmentsIn } from '../../../src/attachments/index.ts';
import type { Attachments } from '../../../src/core/attachments.ts';
import type { Mention } from '../../../src/core/nouns.ts';
import type { Source } from '../../../src/core/ports.ts';
import { type CallOutcome, type IntakeBench, openIntakeBench } from '../../intake/support.ts';
import { AppPlatform, feedbackCall, type SignedFeedback } from '../../platforms/app.ts';
import { type AppSettings, openApp } from '../../platforms/open-app.ts';

export const MINUTE = 60_000;
export const FEEDBACK = '/intake/app/v1/feedback';

/** An app of our own, and Earshot with its door open, made anew for each test. */
export let app: AppPlatform;
export let bench: IntakeBench;
export let shelf: Attachments;
let folder: string;

/** @param more needs the bench for nothing: it is there before */
export function setUpApp(more: () => AppSettings = () => ({})): void {
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'app-feedback-'));
    shelf = attachmentsIn(join(folder, 'kept'));
    app = await new AppPlatform(() => bench.clock.now()).start();
    bench = await openIntakeBench(() => [openSource(more())]);
  });
  afterEach(async () => {
    await bench.close();
    await app.close();
    await rm(folder, { recursive: true });
  });
}

export function openSource(settings: AppSettings = {}): Source {
  const { options, ...others } = settings;
  return openApp({
    clock: { now: () => bench.clock.now() },
    attachments: shelf,
    options: { replyTo: app.url, ...options },
    ...others,
  });
}

/** Another Earshot with the same app. */
export async function reopen(settings: AppSettings): Promise<void> {
  await bench.close();
  bench = await openIntakeBench(() => [openSource(settings)]);
}

export const signedNow = (said: object | string, how: { id?: string; secret?: string; at?: number } = {}) =>
  feedbackCall(said, { at: bench.clock.now(), ...how });
export const send = (call: SignedFeedback, path = FEEDBACK): Promise<CallOutcome> => bench.call(path, call);
export const say = (said: object | string, how: { id?: string; secret?: string; at?: number } = {}) =>
  send(signedNow(said, how));
export const jsonOf = ({ text }: CallOutcome) => JSON.parse(text);
export const codeOf = (answer: CallOutcome): [number, string] => [answer.status, jsonOf(answer).error.code];

export const mentions = async (): Promise<Mention[]> =>
  (await bench.store.queue({ limit: 500, order: 'newest' })).rows.map(({ mention }) => mention);
export async function only(): Promise<Mention> {
  const [mention, another] = await mentions();
  if (!mention || another) throw new Error('not exactly one mention');
  return mention;
}
