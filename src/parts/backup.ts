import { rename, rm, stat } from 'node:fs/promises';
import { doubtUnsent } from '../stages/post/index.ts';
import type { Parts } from './parts.ts';

/**
 * A consistent copy of all records in a file that may be put in their place later: what waits to be sent is of unknown
 * outcome in it, so that going back posts nothing twice. Under another name until it is whole.
 *
 * @returns its size in bytes, and how many replies are of unknown outcome in it that are not so here
 * @throws Refused `backup-elsewhere` where the database has tools of its own
 */
export async function backUp(
  { store, clock }: Pick<Parts, 'store' | 'clock'>,
  target: string,
): Promise<{ bytes: number; doubted: number }> {
  const partial = `${target}.copy-${process.pid}`;
  try {
    await store.backup(partial);
    const { openSqliteStore } = await import('../store/sqlite/index.ts');
    const copy = await openSqliteStore(partial);
    const doubted = await doubtUnsent({ store: copy, clock }).finally(() => copy.close());
    await rename(partial, target);
    return { bytes: (await stat(target)).size, doubted };
  } finally {
    await Promise.all(['', '-wal', '-shm'].map((end) => rm(`${partial}${end}`, { force: true })));
  }
}
