import { createECDH, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWebBench, type WebBench } from './support.ts';

let bench: WebBench;
beforeEach(async () => {
  bench = await openWebBench();
});
afterEach(() => bench.close());

function device(over: object = {}) {
  const p256dh = createECDH('prime256v1').generateKeys('base64url');
  return {
    endpoint: `https://push.example.org/${randomBytes(8).toString('hex')}`,
    keys: { p256dh, auth: randomBytes(16).toString('base64url') },
    kinds: ['urgent'],
    lang: 'zh-Hans',
    quiet: { timeZone: 'Asia/Shanghai', quietHours: { from: '22:00', to: '08:00' }, urgentAtOnce: true },
    ...over,
  };
}

describe('devices that are told', () => {
  it('are one’s own: nobody sees, changes, tries or takes away those of others', async () => {
    const [mei, jun] = [await bench.signIn(), await bench.signIn('Jun')];
    const added = await mei.post('/me/devices', device());
    expect([added.status, added.json.devices.length]).toEqual([200, 1]);
    const { id } = added.json.devices[0];
    expect((await jun.get('/me/devices')).json.devices).toEqual([]);
    const { kinds, lang, quiet } = device();
    for (const [path, options] of [
      [`/me/devices/${id}`, { method: 'PUT', body: { kinds, lang, quiet } }],
      [`/me/devices/${id}/test`, { method: 'POST', body: {} }],
      [`/me/devices/${id}`, { method: 'DELETE' }],
    ] as const) {
      const answer = await jun.ask(path, options);
      expect([answer.status, answer.json.error.code]).toEqual([404, 'unknown-device']);
    }
    const changed = await mei.ask(`/me/devices/${id}`, {
      method: 'PUT',
      body: { kinds: ['assigned'], lang: 'en', quiet },
    });
    expect(changed.json.devices).toMatchObject([{ id, kinds: ['assigned'], lang: 'en', here: true }]);
    expect((await mei.ask(`/me/devices/${id}`, { method: 'DELETE' })).json.devices).toEqual([]);
  });

  it.each([
    ['an address without TLS', { endpoint: 'http://push.example.org/x' }],
    ['no address', { endpoint: 'javascript:alert(1)' }],
    ['an endless address', { endpoint: `https://push.example.org/${'x'.repeat(1_000)}` }],
    ['a key that is none', { keys: { p256dh: 'AAAA', auth: 'BBBB' } }],
    ['nothing to be told of', { kinds: [] }],
    ['a place without a clock', { quiet: { timeZone: 'Nowhere/At_All', urgentAtOnce: true } }],
    [
      'an hour that is none',
      { quiet: { timeZone: 'UTC', quietHours: { from: '25:00', to: '08:00' }, urgentAtOnce: true } },
    ],
  ])('with %s are refused', async (_, over) => {
    const answer = await (await bench.signIn()).post('/me/devices', device(over));
    expect([answer.status, answer.json.error.code]).toEqual([400, 'bad-request']);
  });

  it('end with the sign-in that they belong to', async () => {
    const phone = await bench.signIn('Jun');
    await phone.post('/me/devices', device());
    const answer = await phone.ask('/session', { method: 'DELETE' });
    expect(answer.status).toBe(204);
    expect(await bench.store.devices(bench.clock.now())).toEqual([]);
  });
});
