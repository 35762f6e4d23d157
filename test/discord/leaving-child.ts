/**
 * Holds a connection to Discord: `cards` as the surface does, `source` as the connector does. Says "connected", stops when it
 * is told to, and says what still keeps the process from ending.
 */
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { openGateway } from '../../connectors/discord/live.ts';
import { connectDiscord } from '../../src/surfaces/discord/index.ts';
import { BOT_TOKEN } from '../platforms/discord.ts';
import { openDiscord } from '../platforms/open-discord.ts';
import { quiet } from '../platforms/open-forum.ts';

const [, , as, address = ''] = process.argv;
const stop = new AbortController();
const leave = as === 'cards' ? await holdCards() : await holdSource();
process.send?.('connected');
await once(process, 'message');
stop.abort();
await leave();
// What was closed is let go of in the next turns of the loop.
for (let n = 0; n < 3; n += 1) await turn();
process.send?.(process.getActiveResourcesInfo().filter((what) => /TCP|Connect/.test(what)));
process.disconnect();

async function holdCards(): Promise<() => Promise<void>> {
  const connection = await connectDiscord({
    token: BOT_TOKEN,
    apiBase: address,
    log: quiet,
    signal: stop.signal,
    openGateway,
  });
  return () => connection.close();
}

async function holdSource(): Promise<() => Promise<void>> {
  const source = openDiscord({ url: address });
  const begun = Promise.withResolvers<void>();
  const emit = Object.assign(async () => {}, { missed: async () => begun.resolve() });
  const listening = source.listen?.(emit, stop.signal).catch(() => {});
  await begun.promise;
  return async () => {
    await listening;
    await source.close();
  };
}
