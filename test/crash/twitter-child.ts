/**
 * One life of the outbox with X, for twitter-runs.ts: opens the store and the source, posts what is approved, and ends
 * when nothing is left to do by itself. Where KILL_AT names a moment, it ends there by SIGKILL.
 */
import type { OutboxStep, ReplyAbility, Source, Store } from '../../src/core/ports.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { accountOf } from '../platforms/desk.ts';
import { quiet } from '../platforms/open-forum.ts';
import { openX } from '../platforms/open-twitter.ts';
import { openAt } from './records.ts';

const { STORE = '', X = '', KILL_AT = '', KILL_ON = '1' } = process.env;
/** Long enough for a machine that is busy with other tests. */
const TIMEOUT_MS = 800;
const LEASE_MS = 1_600;
const LIFE_MS = 5_000;

let met = 0;
function moment(name: string): void {
  if (name === KILL_AT && ++met === Number(KILL_ON)) process.kill(process.pid, 'SIGKILL');
}

function killable(store: Store): Store {
  return {
    ...store,
    async step(step: OutboxStep) {
      const name = `${step.from}>${step.to}`;
      moment(`before ${name}`);
      const taken = await store.step(step);
      moment(`after ${name}`);
      return taken;
    },
  };
}

function killableReply(ability: ReplyAbility | undefined): ReplyAbility {
  if (ability?.once !== 'look-up') throw new Error('X is looked up.');
  return {
    once: 'look-up',
    async send(order, signal) {
      moment('before send');
      setTimeout(() => moment('during send'), 3);
      const posted = await ability.send(order, signal);
      moment('after answer');
      return posted;
    },
    async find(order, signal) {
      moment('before look-up');
      const posted = await ability.find(order, signal);
      moment('after look-up');
      return posted;
    },
  };
}

const store = killable(await openAt(STORE));
const opened = openX({ url: X }, { timeoutMs: TIMEOUT_MS - 100 });
const source: Source = { ...opened, reply: killableReply(opened.reply) };
const outbox = openOutbox({
  templates: { version: () => undefined },
  store,
  sourceOf: () => source,
  accountOf,
  clock: { now: Date.now },
  signal: new AbortController().signal,
  worker: `child ${process.pid}`,
  log: quiet,
  sendTimeoutMs: TIMEOUT_MS,
  leaseMs: LEASE_MS,
  settleAfterMs: [0, 20, 40],
});

/** Nothing is left that this process could still do by itself. */
const settled = async () => {
  const open = await store.outbox(['approved', 'sending', 'unsure'], 1_000);
  return open.every(({ state, reason = '' }) => state === 'unsure' && /did not turn up/.test(reason));
};
const giveUpAt = Date.now() + LIFE_MS;
while (!(await settled()) && Date.now() < giveUpAt) {
  await outbox.run();
  await new Promise((resolve) => setTimeout(resolve, 15));
}
await store.close();
