/**
 * One life that listens through the real Discord connector, for listening.test.ts: hears live until it is killed. Where
 * KILL_AT names a moment, it ends there by SIGKILL.
 */
import type { Emit, Source } from '../../src/core/ports.ts';
import { createCollector, listen } from '../../src/stages/collect/index.ts';
import { openDiscord } from '../platforms/open-discord.ts';
import { quiet } from '../platforms/open-forum.ts';
import { killable, moment } from './killable.ts';
import { openAt } from './records.ts';

const { STORE = '', PLATFORM = '' } = process.env;
const TIMEOUT_MS = 700;

const opened = openDiscord({ url: PLATFORM }, { timeoutMs: TIMEOUT_MS });
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
const store = killable(await openAt(STORE));
const deps = { store, clock: { now: Date.now }, log: quiet, ourHandles: () => [] };
const { signal } = new AbortController();
await listen(heard, deps, createCollector(deps), { since: Date.now() - 3_600_000, signal });
