import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alertRound } from '../../src/alerts/index.ts';
import type { Role } from '../../src/core/rights.ts';
import { openLog } from '../../src/observe/log.ts';
import { alertParts } from '../../src/parts/alerts.ts';
import { openParts, type Parts } from '../../src/parts/index.ts';
import { readSettings } from '../../src/settings.ts';
import type { NewDevice } from '../../src/surfaces/web/device-api.ts';
import { assessment, found } from '../contract/stores/support.ts';
import { openPushService, type PushService, type SubscribedBrowser } from '../platforms/push.ts';

const NOON = Date.UTC(2026, 10, 25, 12);
const HOUR = 3_600_000;
const SAID = 'Somebody emptied my account! Call me at +44 7700 900123, I am @robbed_one';
/** So few that all of it is encrypted into one size. */
const ONE_SIZE = 4096;

let service: PushService;
let folder: string;
let parts: Parts;
let now: number;
let round: () => Promise<void>;
beforeAll(async () => {
  service = await openPushService();
});
afterAll(() => service.close());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'devices-'));
  now = NOON;
  await open();
});
afterEach(async () => {
  await parts.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(privateHosts = `127.0.0.1:${service.port}`) {
  const variables = {
    EARSHOT_DATA: folder,
    EARSHOT_PRIVATE_HOSTS: privateHosts,
    EARSHOT_ORIGIN: 'https://inbox.example.org',
  };
  parts = await openParts(readSettings(variables), openLog('silent'), 'server');
  parts.clock.now = () => now;
  const own = alertParts(parts);
  round = () => alertRound(own);
}

/** Somebody with a browser that is signed in. */
async function signIn(name: string, role: Role = 'approver') {
  const event = { at: now, actor: name, action: 'signed-in', subject: 'people', detail: {} };
  const person = { id: `p-${name}`, name, role, hasPassword: false, disabled: false, since: now };
  await parts.store.access.savePerson(person, event);
  const session = { id: `s-${name}`, personId: person.id, at: now, usedAt: now, until: now + 900 * HOUR, agent: '' };
  await parts.store.access.beginSession(session, `h-${name}`, event);
  return { id: session.id, person };
}

type Me = Awaited<ReturnType<typeof signIn>>;
const ALL: NewDevice['kinds'] = ['urgent', 'assigned', 'regulated'];
const AWAKE: NewDevice['quiet'] = { timeZone: 'UTC', urgentAtOnce: true };

/** A browser that is told, whose first message is not counted. */
async function tell(me: Me, wish: Partial<NewDevice> = {}): Promise<SubscribedBrowser> {
  const { key } = await parts.devices.list(me);
  const browser = service.subscribe(key);
  await parts.devices.add({ kinds: ALL, lang: 'en', quiet: AWAKE, ...browser.subscription, ...wish }, 'A phone', me);
  browser.received.length = 0;
  return browser;
}

async function hear(
  problemType = 'security-fraud',
  priority: 'urgent' | 'normal' = 'urgent',
  nativeId = 'm1',
  { sample = false, saidAt = now } = {},
) {
  const { added } = await parts.store.savePage({
    ...{ source: 'f', connector: 'forum', sample, at: now },
    found: [found(nativeId, { text: SAID, saidAt, place: '#help', author: { id: 'a1', handle: 'robbed_one' } })],
  });
  const id = added[0] as string;
  await parts.store.saveAssessments([{ id, version: 1, assessment: assessment({ problemType, priority }) }]);
  return id;
}

async function assign(id: string, to: string, by: string) {
  const { version } = (await parts.store.find(id))?.mention ?? { version: 0 };
  await parts.review.assign({ mentionId: id, version, by, to });
}

const titles = ({ received }: SubscribedBrowser) => received.map(({ message }) => message.title);

describe('a device that is added', () => {
  it('gets a first message, encrypted for it alone and signed with the key that it was told', async () => {
    const mei = await signIn('Mei');
    const { key } = await parts.devices.list(mei);
    const browser = service.subscribe(key);
    await parts.devices.add({ kinds: ALL, lang: 'zh-Hans', quiet: AWAKE, ...browser.subscription }, 'A phone', mei);
    const [first] = browser.received;
    expect(first?.message).toMatchObject({ title: '通知已可用', lang: 'zh-Hans', at: './#/urgent' });
    expect(first?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '43200' });
    expect(first?.claims).toMatchObject({ aud: `https://127.0.0.1:${service.port}`, sub: 'https://inbox.example.org' });
    const valid = (first?.claims.exp ?? 0) - Date.now() / 1000;
    expect(valid).toBeGreaterThan(0);
    expect(valid, 'RFC 8292: a day at most').toBeLessThanOrEqual(86_400);
    const { devices } = await parts.devices.list(mei);
    expect(devices).toMatchObject([{ agent: 'A phone', kinds: ALL, lang: 'zh-Hans', here: true }]);
    expect(JSON.stringify(devices)).not.toMatch(/endpoint|push\/|auth|p256dh/);
  });

  it('is not kept when it cannot be reached, and the address of a device is in no sentence', async () => {
    const mei = await signIn('Mei');
    const { key } = await parts.devices.list(mei);
    const browser = service.subscribe(key);
    const add = () =>
      parts.devices.add({ kinds: ALL, lang: 'en', quiet: AWAKE, ...browser.subscription }, 'A phone', mei);
    browser.answer(403);
    const refused = await add().catch((thrown: Error) => thrown);
    expect(refused).toMatchObject({ code: 'not-reached' });
    expect((refused as Error).message).toContain(`The push service 127.0.0.1:${service.port} answered 403.`);
    expect((refused as Error).message).not.toContain('/push/');
    browser.answer(410);
    await expect(add()).rejects.toMatchObject({ code: 'unknown-device' });
    expect((await parts.devices.list(mei)).devices).toEqual([]);
  });

  it('may not lead into a private network that whoever runs Earshot did not allow', async () => {
    await parts.close();
    await open('');
    const mei = await signIn('Mei');
    const { key } = await parts.devices.list(mei);
    const browser = service.subscribe(key);
    const [, ...rest] = browser.subscription.endpoint.split('127.0.0.1');
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '169.254.169.254', '[::ffff:127.0.0.1]']) {
      const endpoint = browser.subscription.endpoint.replace('127.0.0.1', host);
      const asked = { ...browser.subscription, endpoint, kinds: ALL, lang: 'en' as const, quiet: AWAKE };
      await expect(parts.devices.add(asked, '', mei), `${host}${rest}`).rejects.toThrow(/private network/);
    }
    expect(browser.received).toEqual([]);
  });

  it('is one of ten at most, and the same browser is there once', async () => {
    const mei = await signIn('Mei');
    const { key } = await parts.devices.list(mei);
    const add = (browser: SubscribedBrowser) =>
      parts.devices.add({ kinds: ['urgent'], lang: 'en', quiet: AWAKE, ...browser.subscription }, '', mei);
    const first = service.subscribe(key);
    await add(first);
    await add(first);
    for (let n = 1; n < 10; n++) await add(service.subscribe(key));
    expect((await parts.devices.list(mei)).devices).toHaveLength(10);
    await expect(add(service.subscribe(key))).rejects.toMatchObject({ code: 'too-many-devices' });
    await add(first);
  });
});

describe('the keys that sign', () => {
  it('are made once, lie beside the secrets of connectors for their owner alone, and in no copy of the records', async () => {
    const mei = await signIn('Mei');
    const { key } = await parts.devices.list(mei);
    await tell(mei);
    const file = join(folder, 'kept', 'earshot%3Apush', 'keys');
    const { publicKey, privateKey } = JSON.parse(await readFile(file, 'utf8'));
    expect(publicKey).toBe(key);
    expect(privateKey).toMatch(/^[\w-]{43}$/);
    await parts.store.backup(join(folder, 'backup.db'));
    const records = (await readdir(folder)).filter((name) => /\.db|\.json|\.log/.test(name));
    expect(records).toContain('backup.db');
    for (const name of records) expect(await readFile(join(folder, name), 'latin1'), name).not.toContain(privateKey);
    await parts.close();
    await open();
    expect((await parts.devices.list(mei)).key).toBe(key);
  });
});

describe('people are told', () => {
  it('of urgent mentions by problem type and case number, without a word of anybody', async () => {
    const browser = await tell(await signIn('Mei'), { lang: 'zh-Hans' });
    const id = await hear('top-up-failed');
    await round();
    await round();
    expect(browser.received.map(({ message }) => message)).toEqual([
      { title: '紧急：充值失败', body: `编号 ${id}`, tag: id, at: `./#/all/${id}`, lang: 'zh-Hans' },
    ]);
    expect(browser.received[0]?.headers.topic).toBe(id);
    expect(browser.received[0]?.size, 'its length tells nothing').toBe(ONE_SIZE);
  });

  it('of each thing once, whichever of their devices want it, and only of what they asked for', async () => {
    const mei = await signIn('Mei');
    const [all, urgent, regulated, assigned] = [
      await tell(mei),
      await tell(mei, { kinds: ['urgent'] }),
      await tell(await signIn('Jun'), { kinds: ['regulated'] }),
      await tell(mei, { kinds: ['assigned'] }),
    ];
    await hear('security-fraud', 'urgent', 'm1');
    await hear('dispute-legal', 'normal', 'm2');
    await hear('top-up-failed', 'urgent', 'm3');
    await hear('top-up-failed', 'normal', 'm4');
    await round();
    await round();
    expect(titles(all).toSorted()).toEqual([
      'Regulated lane: Dispute or legal matter',
      'Regulated lane: Stolen account or fraud',
      'Urgent: Top-up failed',
    ]);
    expect(titles(urgent)).toHaveLength(2);
    expect(titles(regulated)).toHaveLength(2);
    expect(titles(assigned)).toEqual([]);
  });

  it('once more when the time to answer a regulated mention is over', async () => {
    const browser = await tell(await signIn('Mei'));
    await hear();
    await round();
    now += 24 * HOUR;
    await round();
    await round();
    expect(titles(browser)).toEqual([
      'Regulated lane: Stolen account or fraud',
      'Answer overdue: Stolen account or fraud',
    ]);
  });

  it('of what a colleague gives them, each time, not of what they take themselves', async () => {
    const mei = await tell(await signIn('Mei'));
    const jun = await tell(await signIn('Jun'));
    const id = await hear('fees', 'normal');
    await assign(id, 'Mei', 'Mei');
    await round();
    await assign(id, 'Jun', 'Mei');
    await round();
    await assign(id, 'Mei', 'Jun');
    await round();
    await assign(id, 'Jun', 'Mei');
    await parts.close();
    await open();
    await round();
    expect(titles(mei)).toEqual(['Assigned to you: Fees']);
    expect(titles(jun)).toEqual(['Assigned to you: Fees', 'Assigned to you: Fees']);
  });

  it('not of what came before, of samples, of history, or of what somebody decided meanwhile', async () => {
    await hear('top-up-failed', 'urgent', 'before');
    now += 1000;
    const browser = await tell(await signIn('Mei'));
    const id = await hear('top-up-failed', 'urgent', 'decided');
    const { version } = (await parts.store.find(id))?.mention ?? { version: 0 };
    await parts.review.dismiss({ mentionId: id, version, by: 'Jun', reason: 'not-about-us' });
    await hear('top-up-failed', 'urgent', 'sample', { sample: true });
    await hear('top-up-failed', 'urgent', 'history', { saidAt: now - 72 * HOUR });
    await round();
    expect(browser.received).toEqual([]);
  });

  it('in their quiet hours only of what is urgent, and of the rest when they end', async () => {
    const night = { timeZone: 'Asia/Shanghai', quietHours: { from: '19:00', to: '23:00' } };
    const mei = await signIn('Mei');
    const duty = await tell(mei, { quiet: { ...night, urgentAtOnce: true } });
    const silent = await tell(mei, { quiet: { ...night, urgentAtOnce: false } });
    // Noon in UTC is eight in the evening there.
    const urgent = await hear('top-up-failed');
    const given = await hear('fees', 'normal', 'm2');
    await assign(given, 'Mei', 'Jun');
    await round();
    expect([titles(duty), titles(silent)]).toEqual([['Urgent: Top-up failed'], []]);
    now += 2 * HOUR;
    await round();
    expect(titles(duty)).toEqual(['Urgent: Top-up failed']);
    now += HOUR;
    await round();
    expect(titles(duty)).toEqual(['Urgent: Top-up failed', 'Assigned to you: Fees']);
    expect(titles(silent).toSorted()).toEqual(['Assigned to you: Fees', 'Urgent: Top-up failed']);
    expect((await parts.store.alertsOf([urgent])).every(({ state }) => state === 'sent')).toBe(true);
  });

  it('no more where the push service says that the device is gone, with an event', async () => {
    const mei = await signIn('Mei');
    for (const status of [404, 410]) {
      const browser = await tell(mei);
      browser.answer(status);
      await hear('top-up-failed', 'urgent', `m-${status}`);
      await round();
      expect((await parts.devices.list(mei)).devices).toEqual([]);
    }
    const events = await parts.store.audit(0, 100);
    expect(events.filter(({ action }) => action === 'device-removed')).toMatchObject([
      { actor: 'earshot', detail: { person: 'Mei', why: 'gone' } },
      { actor: 'earshot' },
    ]);
  });

  it('again when the push service had a bad moment, and no more once they are signed out there', async () => {
    const mei = await signIn('Mei');
    const browser = await tell(mei);
    browser.answer(503);
    const id = await hear('top-up-failed');
    await round();
    expect(await parts.store.alertsOf([id])).toMatchObject([
      { state: 'waiting', error: `The push service 127.0.0.1:${service.port} answered 503.` },
    ]);
    browser.answer(201);
    now += 6_000;
    await round();
    expect(titles(browser)).toEqual(['Urgent: Top-up failed']);
    const event = { at: now, actor: 'Mei', action: 'signed-out', subject: 'people', detail: {} };
    await parts.store.access.endSessions({ id: mei.id }, event);
    await hear('top-up-failed', 'urgent', 'm2');
    await round();
    expect(browser.received).toHaveLength(1);
  });
});
