/**
 * One life of the outbox over a real connector, for runs.ts: posts what is approved, and ends when nothing is left to do by
 * itself. Where KILL_AT names a moment, it ends there by SIGKILL.
 */
import { killable, killableOutbox } from '../killable.ts';
import { openAt } from '../records.ts';
import { load } from './platform.ts';

const { STORE = '', PLATFORM = '', ADDRESS = '' } = process.env;
/** Long enough for a machine that is busy with other tests: a call that is late costs half a minute. */
const TIMEOUT_MS = 1_000;
const LEASE_MS = 1_600;
const LIFE_MS = 4_000;
/** After the last look at what is unsure, in `settleAfterMs`, nothing more happens by itself. */
const QUIET_MS = 200;

const store = killable(await openAt(STORE));
const opened = (await load(PLATFORM)).open(ADDRESS, TIMEOUT_MS);
if (!opened.reply) throw new Error(`${PLATFORM} cannot post replies.`);
// As collect does at the start of every process. What it loads and fetches would count against the first send.
await opened.check(AbortSignal.timeout(20_000)).catch(() => {});
const outbox = killableOutbox(store, opened, { sendTimeoutMs: TIMEOUT_MS, leaseMs: LEASE_MS });

const giveUpAt = Date.now() + LIFE_MS;
let busyAt = Date.now();
while (Date.now() < Math.min(giveUpAt, busyAt + QUIET_MS)) {
  const { posted, failed, unsure } = await outbox.run();
  const open = await store.outbox(['approved', 'sending'], 1);
  if (posted + failed + unsure + open.length > 0) busyAt = Date.now();
  else if ((await store.outbox(['unsure'], 1)).length === 0) break;
  await new Promise((resolve) => setTimeout(resolve, 15));
}
await store.close();
// A connector may hold a connection open.
process.exit();
