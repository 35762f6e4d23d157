/**
 * One life of the outbox over the real Reddit connector, for test/crash/reddit-runs.ts: posts what is approved, and says
 * "idle" when nothing is left to do by itself. Where KILL_AT names a moment, it ends there by SIGKILL.
 */
import type { OutboxStep, ReplyAbility, Source, Store } from '../../src/core/ports.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { accountOf } from '../platforms/desk.ts';
import { quiet } from '../platforms/open-forum.ts';
import { openReddit } from '../platforms/open-reddit.ts';
import { openAt } from './records.ts';

const { STORE = '', PLATFORM = '', KILL_AT = '', KILL_ON = '1' } = process.env;
/** Long enough for a machine that is busy with other tests: a call that is late costs half a minute. */
const TIMEOUT_MS = 1_000;
const LEASE_MS = 1_600;

let met = 0;
function moment(name: string): void {
  if (name === KILL_AT && ++met === Number(KILL_ON)) process.kill(process.pid, 'SIGKILL');
}

function killable(store: Store): Store {
  return {
    ...store,
    async outbox(states, limit) {
      moment('look');
      return store.outbox(states, limit);
    },
    async step(step: OutboxStep) {
      moment(`before ${step.from}>${step.to}`);
      const taken = await store.step(step);
      moment(`after ${step.from}>${step.to}`);
      return taken;
    },
  };
}

type LookUp = Extract<ReplyAbility, { once: 'look-up' }>;
function killableReply(ability: LookUp): LookUp {
  return {
    ...ability,
    async send(order, signal) {
      moment('before send');
      setTimeout(() => moment('during send'), 1);
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
const opened = openReddit({ url: PLATFORM }, { timeoutMs: TIMEOUT_MS });
// As collect does at the start of every process. What it loads and fetches would count against the first send.
await opened.check(AbortSignal.timeout(20_000)).catch(() => {});
const source: Source = { ...opened, reply: killableReply(opened.reply as LookUp) };
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
const giveUpAt = Date.now() + 4_000;
while (!(await settled()) && Date.now() < giveUpAt) {
  await outbox.run();
  await new Promise((resolve) => setTimeout(resolve, 15));
}
await store.close();
process.stdout.write('idle\n');
