/**
 * One life over the real Discord connector, for test/crash/discord-runs.ts. TASK says what it does: `post` posts what is
 * approved and ends when nothing is left to do by itself; `listen` hears live until it is killed. Where KILL_AT names a
 * moment, it ends there by SIGKILL.
 */
import type { Emit, OutboxStep, ReplyAbility, Source, Store } from '../../src/core/ports.ts';
import { createCollector, listen } from '../../src/stages/collect/index.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { accountOf } from '../platforms/desk.ts';
import { openDiscord } from '../platforms/open-discord.ts';
import { quiet } from '../platforms/open-forum.ts';
import { openAt } from './records.ts';

const { STORE = '', PLATFORM = '', TASK = 'post', KILL_AT = '', KILL_ON = '1' } = process.env;
/** Long enough for a machine that is busy with other tests: a call that is late costs half a minute. */
const TIMEOUT_MS = 700;
const LEASE_MS = 1_200;

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
    async savePage(page) {
      moment('before save');
      const saved = await store.savePage(page);
      moment('after save');
      return saved;
    },
  };
}

function killableReply<T extends ReplyAbility>(ability: T): T {
  return {
    ...ability,
    async send(order, signal) {
      moment('before send');
      setTimeout(() => moment('during send'), 1);
      const posted = await ability.send(order, signal);
      moment('after answer');
      return posted;
    },
  };
}

const clock = { now: Date.now };
const store = killable(await openAt(STORE));
const opened = openDiscord({ url: PLATFORM }, { timeoutMs: TIMEOUT_MS });
const signal = new AbortController().signal;

async function post(): Promise<void> {
  const source: Source = opened.reply ? { ...opened, reply: killableReply(opened.reply) } : opened;
  const outbox = openOutbox({
    templates: { version: () => undefined },
    store,
    sourceOf: () => source,
    accountOf,
    clock,
    signal,
    worker: `child ${process.pid}`,
    log: quiet,
    sendTimeoutMs: TIMEOUT_MS,
    leaseMs: LEASE_MS,
    settleAfterMs: [0, 20, 40],
  });
  /** Nothing is left that this process could still do by itself. */
  const settled = async () => {
    const open = await store.outbox(['approved', 'sending', 'unsure'], 1_000);
    return open.every(({ state, reason = '' }) => state === 'unsure' && /No clear answer came/.test(reason));
  };
  const giveUpAt = Date.now() + 4_000;
  while (!(await settled()) && Date.now() < giveUpAt) {
    await outbox.run();
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

async function hear(): Promise<void> {
  const deps = { store, clock, log: quiet, ourHandles: () => [] };
  const heard: Source = {
    ...opened,
    async listen(emit, stop) {
      const watched: Emit = Object.assign(
        async (found: Parameters<Emit>[0]) => {
          moment('before emit');
          await emit(found);
          moment('after emit');
        },
        { gone: emit.gone, missed: emit.missed },
      ) as Emit;
      await opened.listen?.(watched, stop);
    },
  };
  await listen(heard, deps, createCollector(deps), { since: Date.now() - 3_600_000, signal });
}

await (TASK === 'listen' ? hear() : post());
await store.close();
process.stdout.write('idle\n');
