import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backUp } from '../../src/parts/backup.ts';
import { openOutbox } from '../../src/stages/post/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';
import { approved, clock, deps, desk, forum, MINUTE, run, sends, setUpPosting, store } from '../platforms/posting.ts';

setUpPosting();

describe('a copy of the records that is put back', () => {
  let folder: string;
  let target: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'earshot-copied-'));
    target = join(folder, 'copy.db');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** As long as a person might take to notice, every look that the outbox takes by itself. */
  async function live(): Promise<void> {
    const copy = await openSqliteStore(target);
    try {
      const outbox = openOutbox({ ...deps, store: copy });
      for (let pass = 0; pass < 10; pass++) {
        await outbox.run();
        clock.pass(3 * MINUTE);
      }
    } finally {
      await copy.close();
    }
  }

  const inCopy = async (id: string) => {
    const copy = await openSqliteStore(target);
    return copy.find(id).finally(() => copy.close());
  };

  it.each(['platform-key', 'look-up', 'cannot'] as const)(
    'posts nothing again that went out since (%s)',
    async (once) => {
      const [id = ''] = await approved(once);
      expect(await backUp({ store, clock }, target)).toMatchObject({ doubted: 1 });
      expect((await desk.see(id)).mention.state).toBe('approved');
      expect(await run()).toMatchObject({ posted: 1 });
      await live();
      expect(forum.replies).toHaveLength(1);
      expect((await inCopy(id))?.mention.state).toBe(once === 'cannot' ? 'unsure' : 'posted');
    },
  );

  it('leaves to a person what did not, and says that it is a copy', async () => {
    const [id = ''] = await approved('look-up');
    await backUp({ store, clock }, target);
    const copied = await inCopy(id);
    expect(copied?.approval).toMatchObject({ state: 'unsure', reason: expect.stringMatching(/a copy, made .* UTC/) });
    expect(copied?.history.at(-1)).toMatchObject({ action: 'unsure', detail: { worker: 'backup' } });
    await live();
    expect(sends()).toBe(0);
    expect((await inCopy(id))?.approval?.state).toBe('unsure');
  });

  it('is as it was where nothing waits', async () => {
    const [id = ''] = await approved('look-up');
    await run();
    expect(await backUp({ store, clock }, target)).toMatchObject({ doubted: 0 });
    expect(await inCopy(id)).toEqual(await store.find(id));
  });
});
