/**
 * Loaded into the server that is weighed: on SIGUSR2 it collects its garbage and says what is left, in bytes. Garbage that
 * merely waits for the collector is no leak, and with memory to spare V8 lets it wait for long.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options: object) => void;
process.on('SIGUSR2', () => {
  for (let turn = 0; turn < 2; turn += 1) collect({ type: 'major', execution: 'sync' });
  const { rss, heapUsed, external } = process.memoryUsage();
  process.stdout.write(`\nleft ${JSON.stringify({ rss, heapUsed, external })}\n`);
});
