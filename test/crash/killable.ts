import type { OutboxStep, ReplyAbility, Source, Store } from '../../src/core/ports.ts';
import { type Outbox, openOutbox } from '../../src/stages/post/index.ts';
import { accountOf } from '../platforms/desk.ts';
import { quiet } from '../platforms/open-forum.ts';

const { KILL_AT = '', KILL_ON = '1' } = process.env;
let met = 0;

/** Where the moment is the one that KILL_AT names, for the KILL_ONth time, this process ends by SIGKILL. */
export function moment(name: string): void {
  if (name === KILL_AT && ++met === Number(KILL_ON)) process.kill(process.pid, 'SIGKILL');
}

/** The same store, with a moment before and after each write. */
export function killable(store: Store): Store {
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

/** The same ability, with a moment before, during and after each send and look-up. */
function killableReply(ability: ReplyAbility): ReplyAbility {
  const send: ReplyAbility['send'] = async (order, signal) => {
    moment('before send');
    setTimeout(() => moment('during send'), 1);
    const posted = await ability.send(order, signal);
    moment('after answer');
    return posted;
  };
  if (ability.once !== 'look-up') return { ...ability, send };
  return {
    ...ability,
    send,
    async find(order, signal) {
      moment('before look-up');
      const posted = await ability.find(order, signal);
      moment('after look-up');
      return posted;
    },
  };
}

/** The outbox of one life, with a moment at each of its steps. What is unsure is looked at three times, soon. */
export function killableOutbox(
  store: Store,
  source: Source,
  limits: { sendTimeoutMs: number; leaseMs: number },
): Outbox {
  const { reply } = source;
  const killableSource: Source = reply ? { ...source, reply: killableReply(reply) } : source;
  return openOutbox({
    ...limits,
    templates: { version: () => undefined },
    store,
    sourceOf: () => killableSource,
    accountOf,
    clock: { now: Date.now },
    signal: new AbortController().signal,
    worker: `life ${process.pid}`,
    log: quiet,
    settleAfterMs: [0, 20, 40],
  });
}
