/**
 * One life of the outbox, for test/crash/post.test.ts: opens the store and the forum, posts what is approved, and says
 * "idle" when nothing is left to do by itself. Where KILL_AT names a moment, it ends there by SIGKILL, as a power cut
 * would end it.
 */
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { openForum } from '../platforms/open-forum.ts';
import { killable, killableOutbox } from './killable.ts';

const { STORE = '', FORUM = '', ONCE = '', KILL_AT = '' } = process.env;
/** Long enough for a machine that is busy with other tests: a call that is late costs half a minute. */
const TIMEOUT_MS = 500;
const LEASE_MS = 1_000;

const store = killable(await openSqliteStore(STORE));
const opened = openForum({ url: FORUM }, ONCE as 'look-up');
const outbox = killableOutbox(store, opened, { sendTimeoutMs: TIMEOUT_MS, leaseMs: LEASE_MS });

/** Nothing is left that this process could still do by itself. */
const settled = async () => {
  const open = await store.outbox(['approved', 'sending', 'unsure'], 100);
  return open.every(({ state, reason = '' }) => state === 'unsure' && /cannot be asked|did not turn up/.test(reason));
};
/** What waits its half minute is for the next life. One that is to be killed lives until it is, however slow the machine. */
const giveUpAt = Date.now() + (KILL_AT ? 60_000 : 4_000);
while (!(await settled()) && Date.now() < giveUpAt) {
  await outbox.run();
  await new Promise((resolve) => setTimeout(resolve, 15));
}
await store.close();
process.stdout.write('idle\n');
