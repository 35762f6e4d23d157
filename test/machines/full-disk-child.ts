/** Saves pages of mentions as fast as it can, and says of each whether it was taken. Its files may not grow for ever. */
import { setTimeout as pause } from 'node:timers/promises';
import { openSqliteStore } from '../../src/store/sqlite/index.ts';

const store = await openSqliteStore(process.argv[2] as string);
const text = '充值一直没到账 my top-up is stuck '.repeat(200);
for (let n = 0; ; n += 1) {
  const found = [{ nativeId: `m${n}`, author: { id: 'a' }, text, permission: { how: 'api' as const } }];
  const said = await store
    .savePage({ source: 's', connector: 'forum', sample: false, found, cursor: n, at: 1 + n })
    .then(() => store.appendAudit({ at: 1 + n, actor: 'test', action: 'saved', subject: `m${n}`, detail: {} }))
    .then(
      () => 'kept',
      (thrown: { code?: string; message: string }) => thrown.code ?? thrown.message,
    );
  console.log(JSON.stringify({ n, said, full: store.condition().full }));
  await pause(said === 'kept' ? 1 : 20);
}
