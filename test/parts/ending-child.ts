/** A process that is stopped at once, and has something that does not end: `part`, `handle` or `nothing`. */
import { createServer } from 'node:net';
import { openLog } from '../../src/observe/log.ts';
import { Endings, endInTime } from '../../src/parts/ending.ts';

const LIMIT_MS = 100;
const [, , what] = process.argv;
const endings = new Endings();
const endedWell = endInTime(AbortSignal.abort(), { endings, log: openLog('info'), limitMs: LIMIT_MS });
void endings.track('records', Promise.resolve());
void endings.track('inbox', Promise.reject(new Error('it broke'))).catch(() => {});
if (what === 'handle') createServer().listen(0, '127.0.0.1');
if (what === 'part') await endings.track('alerts', new Promise(() => {}));
endedWell();
