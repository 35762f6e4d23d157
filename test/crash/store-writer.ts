import { draftKey, mentionId } from '../../src/core/ids.ts';
import type { ApprovedReply } from '../../src/core/nouns.ts';
import { openPostgresStore } from '../../src/store/postgres/index.ts';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

/**
 * A process that never stops by itself: it stores pages and decides about them, and says so on standard output only after
 * the store has answered. Usage: store-writer.ts FILE-OR-URL ROUND
 */
const [file, round] = process.argv.slice(2) as [string, string];
const store = await (file.startsWith('postgres:') ? openPostgresStore(file) : openSqliteStore(file));
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

for (let turn = 0; ; turn += 1) {
  const nativeIds = Array.from({ length: 5 }, (_, i) => `${round}-${turn}-${i}`);
  const found = nativeIds.map((nativeId) => ({
    nativeId,
    author: { id: 'a' },
    text: `第${turn}条 words of ${nativeId}`,
    permission: { how: 'api' as const },
  }));
  const cursor = { round, turn };
  await store.savePage({ source: 'forum', connector: 'forum', sample: false, found, cursor, at: turn });
  say({ did: 'page', nativeIds, cursor });
  for (const nativeId of nativeIds) {
    const id = mentionId('forum', nativeId);
    await store.decide({
      mentionId: id,
      expectedVersion: 1,
      to: 'dismissed',
      audit: { at: turn, actor: 'writer', action: 'dismissed', subject: id, detail: { reason: 'other' } },
    });
    say({ did: 'dismissed', id });
  }
  const id = mentionId('forum', nativeIds[0] as string);
  await store.decide({ mentionId: id, expectedVersion: 2, to: 'drafted', audit: audit('reopened', id, turn) });
  const reply = {
    key: draftKey(id, 1),
    mentionId: id,
    revision: 1,
    text: 'Reply',
    approver: 'writer',
    approvedAt: turn,
  };
  await store.decide({
    mentionId: id,
    expectedVersion: 3,
    approval: { ...reply, fingerprint: 'f', how: 'api' } as ApprovedReply,
    audit: audit('approved', id, turn),
  });
  say({ did: 'approved', id });
}

function audit(action: string, subject: string, at: number) {
  return { at, actor: 'writer', action, subject, detail: {} };
}
