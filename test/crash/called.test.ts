import { fork } from 'node:child_process';
import { once as event } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { feedbackCall } from '../platforms/app.ts';
import { onSqlite } from './records.ts';

/** In the words of `killable.ts`; the hardest is when all is stored and nobody was told. */
const MOMENTS = ['before save', 'after save', 'after save', 'before save'];

it('killed at every step of taking a call, with an app sending all the time: nothing that was answered "yes" is lost, and nothing doubled', {
  timeout: 120_000,
}, async () => {
  const records = await onSqlite();
  /** Of the life that there is. A port that one has left may be given to anybody. */
  let port: number | undefined;
  const taken = new Set<string>();
  let said = 0;
  const live = (at: string, on: number) => {
    const where = { STORE: records.at, KILL_AT: at, KILL_ON: String(on) };
    const child = fork(join(import.meta.dirname, 'called-child.ts'), {
      env: { ...process.env, ...where },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('message', (told) => {
      port = told as number;
    });
    child.once('exit', () => {
      port = undefined;
    });
    return { child, ended: event(child, 'exit') };
  };
  /** Sends one message until the door says yes. */
  const send = async (id: string, stop: AbortSignal) => {
    while (!stop.aborted) {
      const { headers, body } = feedbackCall({ text: `help ${id}` }, { id, at: Date.now() });
      const address = port && `http://127.0.0.1:${port}`;
      const ask = address && fetch(address, { method: 'POST', headers, body: String(body) });
      const status = ask && (await ask.then((answer) => answer.status).catch(() => 0));
      if (status === 200) return void taken.add(id);
      await pause(10);
    }
  };
  try {
    for (const [round, at] of MOMENTS.entries()) {
      const { ended } = live(at, 4 + round);
      const stop = new AbortController();
      const senders = Array.from({ length: 3 }, async () => {
        while (!stop.signal.aborted) await send(`feedback-${said++}`, stop.signal);
      });
      const [, signal] = await ended;
      expect(signal, at).toBe('SIGKILL');
      stop.abort();
      await Promise.all(senders);
    }
    // The app goes on until everything was taken.
    const { child, ended } = live('', 0);
    const ids = Array.from({ length: said }, (_, n) => `feedback-${n}`);
    const stop = new AbortController();
    await Promise.all(ids.map((id) => send(id, stop.signal)));
    child.kill('SIGKILL');
    await ended;
    expect(taken.size).toBe(said);
    expect((await records.store.known('app-feedback', ids)).size).toBe(said);
    expect((await records.store.statuses())[0]?.stored).toBe(said);
  } finally {
    await records.remove();
  }
});
