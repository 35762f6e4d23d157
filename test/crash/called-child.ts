/**
 * One life that is called, for called.test.ts: the door over the real connector, at a free port, which it tells its parent.
 * Where KILL_AT names a moment, it ends there by SIGKILL.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openIntake } from '../../src/intake/index.ts';
import { createCollector, hearCalls } from '../../src/stages/collect/index.ts';
import { openApp } from '../platforms/open-app.ts';
import { quiet } from '../platforms/open-forum.ts';
import { killable } from './killable.ts';
import { openAt } from './records.ts';

const { STORE = '' } = process.env;
const store = killable(await openAt(STORE));
const clock = { now: Date.now };
const deps = { store, clock, log: quiet, ourHandles: () => [] };
const source = openApp();
const door = openIntake({
  clock,
  log: quiet,
  stopping: new AbortController().signal,
  sourceOf: () => source,
  hearingOf: (one, signal) => hearCalls(one, deps, createCollector(deps), signal),
});

const server = createServer(async (request, response) => {
  const { status, body } = await door.take('app', {
    method: 'POST',
    path: 'v1/feedback',
    query: new URLSearchParams(),
    headers: new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
    from: 'app',
    length: undefined,
    body: request,
  });
  response.writeHead(status).end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
