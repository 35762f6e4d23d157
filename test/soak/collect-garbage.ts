/**
 * Loaded into the server that is weighed: on SIGUSR2 it collects its garbage and says what is left, in bytes. Garbage that
 * merely waits for the collector is no leak, and with memory to spare V8 lets it wait for long.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: object) => void;
process.on('SIGUSR2', () => {
  // The last resort also gives back the pages that V8 keeps for later: after others, hundreds of megabytes may stay with it.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  const { rss, heapUsed, external } = process.memoryUsage();
  process.stdout.write(`\nleft ${JSON.stringify({ rss, heapUsed, external })}\n`);
});
