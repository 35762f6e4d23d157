import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Store } from '../../../src/core/ports.ts';
import { verifyAudit } from '../../../src/store/audit.ts';
import { decideNow, type EngineUnderTest, event, found, fresh, mentionIn, page, T0 } from './support.ts';

export function watching(engine: EngineUnderTest): void {
  let place: Awaited<ReturnType<typeof fresh>>;
  let store: Store;
  beforeEach(async () => {
    place = await fresh(engine);
    store = place.store;
  });
  afterEach(() => place.done());

  describe('audit', () => {
    it('keeps every event in its order, and verifies', async () => {
      const detail = { b: 1, a: { y: [1, { z: null }], x: 'é' }, gone: undefined };
      await store.appendAudit(event('signed-in', 'mia', { detail }));
      const id = await mentionIn(store, 'approved');
      await decideNow(store, id, { to: 'drafted' });
      const events = await store.audit(0, 10);
      expect(events.map(({ seq, action }) => [seq, action])).toEqual([
        [1, 'signed-in'],
        [2, 'decided'],
        [3, 'decided'],
      ]);
      expect(events[0]?.detail).toEqual({ b: 1, a: { y: [1, { z: null }], x: 'é' } });
      expect(await store.audit(1, 1)).toEqual([events[1]]);
      expect(await verifyAudit(store)).toEqual({ events: 3 });
    });

    it('is one chain, whoever writes at the same time', async () => {
      const second = await place.open();
      await Promise.all(
        Array.from({ length: 40 }, (_, i) => (i % 2 ? second : store).appendAudit(event(`e${i}`, 's'))),
      );
      expect(await verifyAudit(store)).toEqual({ events: 40 });
    });

    it('refuses to change or remove an event', async () => {
      await store.appendAudit(event('a', 's'));
      for (const sql of ["update audit set actor = 'nobody'", 'delete from audit']) {
        await expect(engine.tamper(place.folder, sql)).rejects.toThrow(/append-only/);
      }
      expect(await verifyAudit(store)).toEqual({ events: 1 });
    });

    it.each([
      ['a changed actor', "update audit set actor = 'nobody' where seq = 4", 4],
      ['a changed detail', `update audit set detail_json = '{"n":9}' where seq = 2`, 2],
      ['an unreadable detail', `update audit set detail_json = '{' where seq = 5`, 5],
      ['a removed event', 'delete from audit where seq = 3', 3],
      ['a removed beginning', 'delete from audit where seq = 1', 1],
      ['a changed hash', "update audit set hash = 'x' where seq = 6", 6],
    ])('finds %s', async (_, sql, brokenAt) => {
      for (let n = 1; n <= 6; n += 1) await store.appendAudit(event(`e${n}`, 's', { detail: { n } }));
      await engine.tamper(place.folder, sql, 'unguarded');
      expect(await verifyAudit(store)).toEqual({ events: brokenAt - 1, brokenAt });
    });
  });

  describe('changes', () => {
    it('are told after the commit, gathered', async () => {
      const changes: Change[] = [];
      const stop = store.watch((change) => changes.push(change));
      const { added } = await store.savePage(page([found('n1'), found('n2')]));
      await expect.poll(() => changes).toEqual([{ mentions: added, sources: true }]);
      stop();
      await store.savePage(page([found('n3')]));
      const others = new Promise<Change>((resolve) => store.watch(resolve));
      await store.savePage(page([found('n4')]));
      expect((await others).mentions).toHaveLength(1);
      expect(changes).toHaveLength(1);
    });

    it('of nothing are not told', async () => {
      const id = await mentionIn(store, 'drafted');
      const changes: Change[] = [];
      store.watch((change) => changes.push(change));
      await expect(store.decide({ mentionId: id, expectedVersion: 99, audit: event('x', id) })).rejects.toThrow();
      await store.appendAudit(event('signed-in', 'mia'));
      const told = new Promise<Change>((resolve) => store.watch(resolve));
      await decideNow(store, id, { assignee: 'tom' });
      await told;
      expect(changes).toEqual([{ mentions: [id], sources: false }]);
    });

    it('of very many mentions are told as "look again"', async () => {
      const told = new Promise<Change>((resolve) => store.watch(resolve));
      await store.savePage(page(Array.from({ length: 600 }, (_, i) => found(`n${i}`))));
      expect(await told).toEqual({ mentions: [], sources: true });
    });

    it('of another process are told, by id or as "look again"', async () => {
      const told = new Promise<Change>((resolve) => store.watch(resolve));
      const second = await place.open();
      const { added } = await second.savePage(page([found('n1')]));
      expect([added, []]).toContainEqual((await told).mentions);
      expect(await told).toMatchObject({ sources: true });
    });

    it('reach the others when one listener fails', async () => {
      const warned = new Promise((resolve) => process.once('warning', resolve));
      store.watch(() => {
        throw new Error('planted');
      });
      const told = new Promise<Change>((resolve) => store.watch(resolve));
      await store.savePage(page([found('n1')]));
      expect((await told).mentions).toHaveLength(1);
      expect(String(await warned)).toContain('planted');
    });
  });

  it.skipIf(engine.openBackup)('names the tool that backs it up', async () => {
    const target = join(place.folder, 'copy.db');
    await expect(store.backup(target)).rejects.toMatchObject({
      code: 'backup-elsewhere',
      message: expect.stringContaining('pg_dump'),
    });
    expect(existsSync(target)).toBe(false);
  });

  describe.runIf(engine.openBackup)('backup', () => {
    const openBackup = (file: string) => engine.openBackup?.(file) as Promise<Store>;

    it('restores to the same store, taken while others write', async () => {
      await store.savePage(
        page(
          Array.from({ length: 500 }, (_, i) => found(`n${i}`, { text: `钱包 ${i}` })),
          { cursor: 'c' },
        ),
      );
      const posted = await mentionIn(store, 'posted', 'm1');
      const target = join(place.folder, 'deep', 'copy.db');
      const [size] = await Promise.all([store.backup(target), store.savePage(page([found('late')]))]);
      expect(size).toBe(statSync(target).size);
      const copy = await openBackup(target);
      try {
        expect(await copy.find(posted)).toEqual(await store.find(posted));
        const query = { search: '钱包', limit: 600 };
        expect(await copy.queue(query)).toEqual(await store.queue(query));
        expect(await copy.cursor('forum-1')).toBe('c');
        expect(await verifyAudit(copy)).toEqual(await verifyAudit(store));
        await copy.savePage(page([found('only-here')]));
      } finally {
        await copy.close();
      }
    });

    it('leaves nothing half done when it cannot be written', async () => {
      const taken = join(place.folder, 'taken');
      await store.backup(join(taken, 'inside'));
      await expect(store.backup(taken)).rejects.toThrow();
      expect(existsSync(join(taken, 'inside'))).toBe(true);
      expect(readdirSync(place.folder).filter((file) => file.includes('partial'))).toEqual([]);
    });

    it('takes the place of an older one', async () => {
      const target = join(place.folder, 'copy.db');
      await store.backup(target);
      await store.savePage(page([found('n1')]));
      await store.backup(target);
      const copy = await openBackup(target);
      expect((await copy.queue({ limit: 5 })).rows).toHaveLength(1);
      await copy.close();
    });
  });

  it('says what it is', async () => {
    expect(await store.describe()).toMatch(/^\w+ \d+\.\d+/);
  });

  it('holds everything when it is opened again', async () => {
    const id = await mentionIn(store, 'unsure');
    const before = await store.find(id);
    await store.close();
    const again = await place.open();
    expect(await again.find(id)).toEqual(before);
    expect(T0).toBe(before?.approval?.firstTriedAt);
  });
}
