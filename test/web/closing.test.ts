import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, NEVER, openWebBench, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

describe('closing', () => {
  it('does not wait for a browser that holds a connection open just in case', async () => {
    await bench.restart({ drainMs: NEVER });
    const { hostname, port } = new URL(bench.local);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    await bench.restart();
    socket.destroy();
  });

  it('answers what was asked before', async () => {
    const mei = await bench.signIn();
    const { counts } = bench.store;
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    bench.store.counts = async (now) => {
      asked.resolve();
      await gate.promise;
      return counts(now);
    };
    const answer = mei.get('/counts');
    await asked.promise;
    const restarted = bench.restart();
    gate.resolve();
    expect((await answer).json).toMatchObject({ waiting: 0 });
    await restarted;
  });

  it('frees the port: the next start listens there again', async () => {
    await bench.restart();
    expect((await ask(`${bench.local}/healthz`)).status).toBe(200);
  });

  it('leaves a port that is taken alone, and says what to do', async () => {
    const port = Number(new URL(bench.local).port);
    await expect(openWebBench({ port })).rejects.toThrow(
      `Port ${port} is taken. Stop what uses it, or choose another with EARSHOT_PORT.`,
    );
    expect((await ask(`${bench.local}/healthz`)).status).toBe(200);
  });
});
