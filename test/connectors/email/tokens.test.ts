import { expect, it } from 'vitest';
import { keepInMemory } from '#kit';
import { bodyOf, sendJson, startFaulty, startServer } from '../../platforms/local-server.ts';
import { TOKEN } from '../../platforms/mail.ts';
import { mailbox, NOW, never, read } from './support.ts';

const SECRETS = {
  EMAIL_REFRESH_TOKEN: 'refresh-token-7c1e',
  EMAIL_CLIENT_ID: 'client-id-33',
  EMAIL_CLIENT_SECRET: 'client-secret-91',
};

/** A token service that gives a new refresh token with each use, as some do. */
async function tokenService(answer: { status: number; body: object }) {
  const asked: Record<string, string>[] = [];
  const server = await startServer(async (request, response) => {
    asked.push(Object.fromEntries(new URLSearchParams(await bodyOf(request))));
    const body = answer.status === 200 ? { ...answer.body, refresh_token: `rotated-${asked.length}` } : answer.body;
    sendJson(response, answer.status, body);
  });
  return { ...server, asked, [Symbol.asyncDispose]: () => server.close() };
}

it('exchanges a refresh token for access tokens, one for each hour, and goes on with the newest refresh token', async () => {
  await using service = await tokenService({ status: 200, body: { access_token: TOKEN, expires_in: 3600 } });
  let now = NOW;
  const settings = { variables: SECRETS, keeping: keepInMemory(), clock: { now: () => now } };
  await using box = await mailbox({ options: { tokenAddress: service.url } });
  box.platform.write();
  const source = box.open(settings);
  expect((await read(source)).found).toHaveLength(1);
  await read(source);
  expect(service.asked).toEqual([
    {
      grant_type: 'refresh_token',
      refresh_token: SECRETS.EMAIL_REFRESH_TOKEN,
      client_id: SECRETS.EMAIL_CLIENT_ID,
      client_secret: SECRETS.EMAIL_CLIENT_SECRET,
    },
  ]);
  now += 3_600_000;
  await read(source);
  await read(box.open(settings));
  expect(service.asked.map((form) => form.refresh_token).slice(1)).toEqual(['rotated-1', 'rotated-2']);

  // Another one was set: what was kept belongs to the old one.
  await read(box.open({ ...settings, variables: { ...SECRETS, EMAIL_REFRESH_TOKEN: 'a-new-one' } }));
  expect(service.asked.at(-1)?.refresh_token).toBe('a-new-one');
});

it.each([
  [400, { error: 'invalid_grant' }, 'unauthorized'],
  [200, { error: 'nothing' }, 'unauthorized'],
  [503, {}, 'unavailable'],
])('calls it by its name when the service answers %i %j', async (status, body, kind) => {
  await using service = await tokenService({ status, body });
  await using box = await mailbox({ options: { tokenAddress: service.url }, variables: SECRETS });
  const failure = await box
    .open()
    .check(never())
    .catch((thrown: unknown) => thrown);
  expect(failure).toMatchObject({ kind, message: expect.stringMatching(/token service answered/) });
  for (const secret of Object.values(SECRETS)) expect(`${failure} ${JSON.stringify(failure)}`).not.toContain(secret);
});

it('takes no mail for sent, or for lost, when the service breaks off', async () => {
  await using box = await mailbox({ variables: SECRETS });
  box.platform.write();
  const { found } = await read(box.open({ variables: { EMAIL_ACCESS_TOKEN: TOKEN } }));
  const { nativeId = '', replyRef = '' } = found[0] ?? {};
  const service = await startFaulty('reset');
  const source = box.open({ options: { tokenAddress: service.url } });
  const sending = source.reply?.send({ key: 'k', text: 'Hello', nativeId, replyRef, firstTriedAt: NOW }, never());
  await expect(sending).rejects.toMatchObject({ kind: 'unavailable' });
  await service.close();
});

it('says what belongs together', async () => {
  await using box = await mailbox();
  expect(() => box.open({ variables: { EMAIL_REFRESH_TOKEN: 'x' } })).toThrow(/EMAIL_CLIENT_ID.*"tokenAddress"/);
});
