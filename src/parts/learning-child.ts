import { setPriority } from 'node:os';
import { Refused } from '../core/failures.ts';
import { openLog } from '../observe/log.ts';
import { withSecretFiles } from '../secret-files.ts';
import { openParts } from './index.ts';
import { doJob, type Order, type Word } from './learning-job.ts';

/** People at their inbox come first. */
const NICE = 10;

const tell = (word: Word) => new Promise<void>((told) => process.send?.(word, () => told()) ?? told());

/** One job in a process of its own: it may take minutes of a processor, and the inbox must answer meanwhile. */
async function work({ settings: told, job, by }: Order): Promise<Word> {
  const settings = { ...told, variables: withSecretFiles(told.variables) };
  const parts = await openParts(settings, openLog('silent'), 'command', () => {});
  try {
    let last = '';
    const found = await doJob(parts, job, by, (phase, share) => {
      const percent = `${phase} ${Math.floor(share * 100)}`;
      if (percent === last) return;
      last = percent;
      void tell({ kind: 'progress', phase, share });
    });
    return { kind: 'done', found };
  } catch (thrown) {
    if (thrown instanceof Refused) return { kind: 'failed', code: thrown.code, message: thrown.message };
    return { kind: 'failed', code: 'job-broke', message: thrown instanceof Error ? thrown.message : String(thrown) };
  } finally {
    await parts.close();
  }
}

process.once('message', async (order: Order) => {
  await tell(await work(order));
  process.exit(0);
});
// Whoever asked is gone.
process.once('disconnect', () => process.exit(1));
try {
  setPriority(NICE);
} catch {
  // A machine that forbids it works all the same.
}
