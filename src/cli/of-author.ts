import type { QueueRow, Store } from '../core/ports.ts';

const ROWS_AT_ONCE = 200;

/** Everything that one author wrote on one platform, newest first, as far as it is held. */
export async function* mentionsOf(store: Store, connector: string, author: string): AsyncGenerator<QueueRow> {
  for (let after: string | undefined; ; ) {
    const page = await store.queue({
      author: { connector, is: author },
      order: 'newest',
      limit: ROWS_AT_ONCE,
      ...(after !== undefined && { after }),
    });
    yield* page.rows;
    if (page.next === undefined) return;
    after = page.next;
  }
}
