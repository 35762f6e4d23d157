import { makeTicket } from '../../connectors/app-feedback/form.ts';
import { CallRefused } from '../../src/core/failures.ts';
import type { Brought, Source } from '../../src/core/ports.ts';
import type { MadeCall } from '../contract/connector-contract.ts';
import { feedbackCall, formOf } from '../platforms/app.ts';
import { signedCall } from '../platforms/facebook.ts';
import { openApp } from '../platforms/open-app.ts';
import { openFacebook } from '../platforms/open-facebook.ts';
import { type Hostile, SECRET } from './hostile.ts';

/** Calls, forged and signed: whoever signs may still send anything. */
export function called() {
  const at = 1_800_000_000_000;
  const clock = { now: () => at };
  const app = openApp({ clock, variables: { APP_FEEDBACK_SECRET: `${SECRET} and more of it` } });
  const page = openFacebook({ url: 'http://127.0.0.1:9' }, { clock, appSecret: SECRET, verifyToken: SECRET });
  const heard: unknown[] = [];
  const hear = Object.assign(
    async (brought: Brought) => {
      heard.push(brought);
      return { added: 0, changed: 0, known: 0 };
    },
    { taken: async () => false },
  );
  const answerOf = async (source: Source, path: string, method: 'GET' | 'POST', made: MadeCall, query = '') => {
    const headers = new Headers(Object.entries(made.headers).map(([name, value]) => [name, onTheWire(value)]));
    const body = (async function* () {
      yield Buffer.from(made.body as string);
    })();
    const call = { path, method, headers, query: new URLSearchParams(query), body };
    try {
      return await source.intake?.answer(call, hear, new AbortController().signal);
    } catch (thrown) {
      if (thrown instanceof CallRefused) return thrown.message;
      throw thrown;
    }
  };
  return {
    name: 'called',
    async run({ text, other, value, pick }: Hostile) {
      heard.length = 0;
      const secret = `${SECRET} and more of it`;
      const id = `id-${String(pick).padStart(8, '0')}`;
      const said = { text, lang: other, version: text, device: other, user: text, name: other, follows: text };
      const changes = [
        {
          field: 'feed',
          value: { item: 'post', verb: 'add', post_id: '1_2', message: text, from: { id: '3', name: other } },
        },
      ];
      const form = formOf({ ticket: makeTicket(secret, at - 60_000), text, lang: other, device: text, email: other });
      const calls = [
        () => answerOf(app, 'v1/feedback', 'POST', feedbackCall(JSON.stringify(said), { id, at, secret })),
        () => answerOf(app, 'v1/feedback', 'POST', feedbackCall(JSON.stringify(value) ?? '', { id, at, secret })),
        () => answerOf(app, 'v1/feedback', 'POST', feedbackCall(text, { id: other, at, secret })),
        () => answerOf(app, 'form', 'POST', { headers: { 'content-type': form.type }, body: form.body as never }),
        () =>
          answerOf(app, 'form', 'GET', { headers: {}, body: '' }, `version=${encodeURIComponent(text.toWellFormed())}`),
        () => answerOf(page, '', 'POST', signedCall(changes, at, undefined, SECRET)),
        () => answerOf(page, '', 'POST', signedCall(value as never, at, undefined, SECRET)),
        () => answerOf(page, other.slice(0, 40), 'POST', { headers: { 'x-hub-signature-256': text }, body: other }),
      ];
      const answer = await (calls[pick % calls.length] as (typeof calls)[number])();
      const html = typeof answer === 'object' ? (answer.body ?? '') : '';
      if (/<script|<svg|<img|<iframe/i.test(html)) throw new Error('markup came back in a page');
      return [answer, heard];
    },
  };
}

/** A header as a server gets it: bytes, without what ends a line. */
function onTheWire(value: string): string {
  const bytes = Buffer.from(value).filter((byte) => byte > 31 && byte !== 127);
  return Buffer.from(bytes).toString('latin1');
}
