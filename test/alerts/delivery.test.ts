import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alertRound } from '../../src/alerts/index.ts';
import { openLog } from '../../src/observe/log.ts';
import { alertParts, sendAlerts } from '../../src/parts/alerts.ts';
import { openParts, type Parts } from '../../src/parts/index.ts';
import { markChecked } from '../../src/parts/knowledge.ts';
import { readSettings } from '../../src/settings.ts';
import { verifyAudit } from '../../src/store/audit.ts';
import { assessment, found } from '../contract/stores/support.ts';
import { mailServer, receiver, silent } from './receivers.ts';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const SAID = 'Somebody emptied my account! Call me at +44 7700 900123, card 4111 1111 1111 1111';

let folder: string;
let parts: Parts;
let mail: Awaited<ReturnType<typeof mailServer>>;
let hook: Awaited<ReturnType<typeof receiver>>;
let now = 0;

async function open(privateHosts: string): Promise<void> {
  const variables = {
    EARSHOT_DATA: folder,
    EARSHOT_WEBHOOK_SECRET: SECRET,
    EARSHOT_PRIVATE_HOSTS: privateHosts,
    EARSHOT_ORIGIN: 'https://inbox.example.org',
  };
  parts = await openParts(readSettings(variables), openLog('silent'), 'server');
  parts.clock.now = () => Date.now() + now;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alerts-'));
  now = 0;
  mail = await mailServer();
  hook = await receiver([{ status: 200 }]);
  await open(receivers());
});
afterEach(async () => {
  await parts.close();
  await Promise.all([mail.close(), hook.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** What whoever runs Earshot has allowed of this machine. */
const receivers = () => `127.0.0.1:${hook.port},127.0.0.1:${mail.port}`;

/** Targets and rules, as a person would write them into the workspace. */
function rules(targets: string[], escalateTo: string[] = []) {
  return parts.workspace.update('Mei', 'alerts', (draft) => {
    draft.alerts.targets = [
      { id: 'hook', kind: 'webhook', url: hook.url, secretVariable: 'EARSHOT_WEBHOOK_SECRET' },
      { id: 'mail', kind: 'email', to: ['security@example.org'] },
    ];
    draft.alerts.smtp = { host: '127.0.0.1', port: mail.port, secure: false, from: 'earshot@example.org' };
    Object.assign(draft.alerts.lanes.security, { targets, escalateTo });
  });
}

async function hear(nativeId = 'm1'): Promise<string> {
  const { store, clock } = parts;
  const at = clock.now();
  const { added } = await store.savePage({
    source: 'f',
    connector: 'forum',
    sample: false,
    found: [found(nativeId, { text: SAID, saidAt: at })],
    at,
  });
  const id = added[0] as string;
  const start = SAID.indexOf('4111');
  const personal = [
    { kind: 'phone' as const, start: SAID.indexOf('+44'), end: SAID.indexOf(', card') },
    { kind: 'card-number' as const, start, end: SAID.length },
  ];
  await store.saveAssessments([
    { id, version: 1, assessment: assessment({ problemType: 'security-fraud', priority: 'urgent', personal }) },
  ]);
  return id;
}

const round = () => alertRound(alertParts(parts));

describe('a mention in a regulated lane', () => {
  it('reaches a webhook, signed over the raw body, and a mailbox, with personal data covered', async () => {
    await rules(['hook', 'mail']);
    const id = await hear();
    await round();
    const [request] = hook.received;
    const {
      'webhook-id': alertId,
      'webhook-timestamp': seconds,
      'webhook-signature': signature,
    } = request?.headers ?? {};
    // As the guide says it, written anew.
    const key = Buffer.from(SECRET.slice(6), 'base64');
    const expected = createHmac('sha256', key).update(`${alertId}.${seconds}.${request?.body}`).digest('base64');
    expect(signature).toBe(`v1,${expected}`);
    const { data } = JSON.parse(request?.body ?? '{}');
    expect(data).toMatchObject({
      id: alertId,
      kind: 'mention',
      subject: id,
      step: 'first',
      problemType: 'security-fraud',
      link: `https://inbox.example.org/#/all/${id}`,
    });
    expect(data.text).toContain('Somebody emptied my account!');
    expect(mail.mails).toHaveLength(1);
    expect(mail.mails[0]?.subject).toBe('[Earshot] New · security-fraud');
    for (const sent of [request?.body, mail.mails[0]?.text])
      expect(sent).not.toMatch(/4111 1111|7700 900|user_m1|author-m1/);
    await round();
    expect([hook.received.length, mail.mails.length]).toEqual([1, 1]);
  });

  it('is tried again with the same id until the receiver takes it, also by another process after a crash', async () => {
    await hook.close();
    hook = await receiver([{ status: 503 }, { status: 200 }]);
    await parts.close();
    await open(receivers());
    await rules(['hook']);
    const id = await hear();
    await round();
    expect(await parts.store.alertsOf([id])).toMatchObject([
      { state: 'waiting', attempts: 1, error: 'The webhook "hook" answered 503.' },
    ]);
    // Taken, and never settled: the process died there.
    now += 10_000;
    expect(await parts.store.takeAlerts(parts.clock.now(), 60_000, 10)).toHaveLength(1);
    await parts.close();
    await open(receivers());
    await round();
    expect(hook.received).toHaveLength(1);
    now += 61_000;
    await round();
    expect(hook.received).toHaveLength(2);
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await parts.store.alertsOf([id])).toMatchObject([{ state: 'sent' }]);
  });

  it('is acknowledged by the answer of the receiver, and escalated when nobody does', async () => {
    await rules(['mail'], ['hook']);
    const id = await hear();
    await round();
    expect(hook.received).toHaveLength(0);
    now += 16 * 60_000;
    await round();
    expect(hook.received.map(({ body }) => JSON.parse(body).data.step)).toEqual(['escalated']);
    expect(mail.mails.map(({ subject }) => subject)).toEqual([
      '[Earshot] New · security-fraud',
      '[Earshot] Nobody has acknowledged this · security-fraud',
    ]);
    const alert = (await parts.store.alertsOf([id]))[0];
    if (alert) await parts.alerts.acknowledge(alert, 'Noor');
    now += 60 * 60_000;
    await round();
    expect(mail.mails).toHaveLength(2);
    expect(await parts.alerts.clocks()).toMatchObject([
      { mentionId: id, lane: 'security', acknowledgedBy: 'Noor', failing: false },
    ]);
  });

  it.each(['hook', 'mail'])(
    'is not sent into a private network that whoever runs Earshot did not allow (%s)',
    async (target) => {
      await parts.close();
      await open('');
      await rules([target]);
      const id = await hear();
      await round();
      expect([hook.received.length, mail.connections()]).toEqual([0, 0]);
      expect((await parts.store.alertsOf([id]))[0]?.error).toMatch(/127\.0\.0\.1 is inside a private network/);
    },
  );

  it('is not sent to a mail server whose name leads into one', async () => {
    await parts.close();
    await open('');
    await rules(['mail']);
    await parts.workspace.update('Mei', 'moved', (draft) => {
      if (draft.alerts.smtp) draft.alerts.smtp.host = 'localhost';
    });
    const id = await hear();
    await round();
    expect(mail.connections()).toBe(0);
    expect((await parts.store.alertsOf([id]))[0]?.error).toMatch(/localhost is inside a private network/);
  });

  it('is said to nobody once it is decided or erased', async () => {
    await rules(['hook']);
    const id = await hear();
    await parts.store.erase('forum', ['m1'], {
      at: parts.clock.now(),
      actor: 'earshot',
      action: 'erased',
      subject: id,
      detail: {},
    });
    await round();
    expect(hook.received).toHaveLength(0);
  });
});

describe('the evidence of a mention', () => {
  it('holds what was seen and done, with its place in a log that verifies', async () => {
    const id = await hear();
    const pack = (await parts.alerts.evidence(id, 'Noor')) as {
      history: { action: string; hash: string }[];
      log: { events: number };
      mention: { text: string };
      sha256: string;
    };
    expect(pack.mention.text).toBe(SAID);
    expect(pack).toMatchObject({ notes: [] });
    expect(pack.history.at(-1)).toMatchObject({ action: 'evidence-exported', actor: 'Noor' });
    expect(await verifyAudit(parts.store)).toEqual({ events: pack.log.events });
    expect(pack.sha256).toMatch(/^[0-9a-f]{64}$/);
    await expect(parts.alerts.evidence('nothing', 'Noor')).rejects.toThrow(/not there any more/);
  });
});

describe('the weekly digest', () => {
  const MONDAY = Date.UTC(2026, 10, 23, 9);
  const HOUR = 3_600_000;
  const at = (moment: number) => {
    parts.clock.now = () => moment;
  };

  it('tells the numbers of the last seven days, once, to whoever is named, and names nobody', async () => {
    await rules([]);
    await parts.workspace.update('Mei', 'digest', ({ alerts }) => {
      alerts.digest = { to: ['hook', 'mail'], weekday: 1, at: '09:00', timeZone: 'UTC' };
      alerts.language = 'zh-Hans';
    });
    at(MONDAY - 9 * 24 * HOUR);
    await hear('before');
    at(MONDAY - 5 * 24 * HOUR);
    await hear('in-the-week');
    at(MONDAY - 1);
    await round();
    expect(hook.received).toHaveLength(0);
    at(MONDAY);
    await round();
    at(MONDAY + HOUR);
    await round();
    expect([hook.received.length, mail.mails.length]).toEqual([1, 1]);
    const { type, data } = JSON.parse(hook.received[0]?.body ?? '{}');
    expect({ type, ...data }).toMatchObject({
      type: 'earshot.alert.digest',
      subject: 'digest-2026-11-23',
      link: 'https://inbox.example.org/#/report',
    });
    expect(data.body).toContain('听到 1 (0%)，已回复 0，已忽略 0\n最多的问题：账户被盗/欺诈 1');
    expect(data.body).toContain('目前待处理 2，其中紧急 2');
    expect(data).not.toHaveProperty('acknowledge');
    expect(mail.mails[0]?.subject).toContain('一周报告');
    for (const sent of [hook.received[0]?.body, mail.mails[0]?.text]) expect(sent).not.toMatch(/4111|user_|emptied/);
  });

  it('names the help articles that are past the day of their check, with who answers for them', async () => {
    await rules([]);
    const written = { en: { title: 'Limits', text: 'Some.' }, 'zh-Hans': { title: '转账限额', text: '一些。' } };
    await parts.workspace.update('Mei', 'digest', (draft) => {
      draft.alerts.digest = { to: ['hook'], weekday: 1, at: '09:00', timeZone: 'UTC' };
      draft.alerts.language = 'zh-Hant';
      draft.articles = [{ id: 'limits', ...written, by: 'Mei', at: '2000-01-01T00:00:00Z' }];
    });
    at(MONDAY);
    await round();
    const body = () => JSON.parse(hook.received.at(-1)?.body ?? '{}').data.body;
    expect(body()).toContain('已過檢查日期的說明文章：轉帳限額（team）');
    await markChecked(parts, 'limits', 'Ana');
    at(MONDAY + 7 * 24 * HOUR);
    await round();
    expect(hook.received).toHaveLength(2);
    expect(body()).not.toContain('檢查日期');
  });

  it('is late after a stop, but not by days', async () => {
    await rules([]);
    const digest = { to: ['hook'], weekday: 1, at: '09:00', timeZone: 'Asia/Shanghai' };
    await parts.workspace.update('Mei', 'digest', ({ alerts }) => void Object.assign(alerts, { digest }));
    const inShanghai = MONDAY - 8 * HOUR;
    at(inShanghai - 1 + 48 * HOUR - 7 * 24 * HOUR + HOUR);
    await round();
    expect(hook.received).toHaveLength(0);
    at(inShanghai + 40 * HOUR);
    await round();
    expect(hook.received).toHaveLength(1);
  });
});

describe('a receiver that hangs', () => {
  /** The targets lead to somebody who takes what comes and says nothing. */
  async function toNobody(targets: string[]) {
    const hanging = await silent();
    await parts.close();
    await open(`127.0.0.1:${hanging.port},${receivers()}`);
    await rules(targets);
    await parts.workspace.update('Mei', 'moved', (draft) => {
      const [first] = draft.alerts.targets;
      if (first?.kind === 'webhook') first.url = `http://127.0.0.1:${hanging.port}/hook`;
    });
    return hanging;
  }

  it('holds up no alert to anybody else', async () => {
    const [hanging, stop] = [await toNobody(['hook', 'mail']), new AbortController()];
    const ended = sendAlerts(parts, stop.signal, 0);
    await hear('m1');
    await expect.poll(() => hanging.sockets.size).toBe(1);
    await hear('m2');
    await expect.poll(() => mail.mails.length).toBe(2);
    stop.abort();
    await ended;
    await hanging.close();
  });

  it.each(['hook', 'mail'])('as a %s is not waited for by a stop: it is told after the next start', async (target) => {
    const [hanging, stop] = [await toNobody([target]), new AbortController()];
    await parts.workspace.update('Mei', 'moved', (draft) => {
      if (draft.alerts.smtp) draft.alerts.smtp.port = hanging.port;
    });
    const id = await hear();
    const ended = sendAlerts(parts, stop.signal, 0);
    await expect.poll(() => hanging.sockets.size).toBe(1);
    stop.abort();
    await ended;
    // Nothing of it holds the process.
    await expect.poll(() => [...hanging.sockets].every((socket) => socket.closed)).toBe(true);
    const [alert] = await parts.store.alertsOf([id]);
    expect(alert).toMatchObject({ state: 'waiting', error: expect.stringContaining('stopped') });
    expect(alert?.notBefore).toBeLessThanOrEqual(parts.clock.now());

    await rules([target]); // Where somebody answers.
    await round();
    expect(await parts.store.alertsOf([id])).toMatchObject([{ id: alert?.id, state: 'sent' }]);
    expect(hook.received.length + mail.mails.length).toBe(1);
    await hanging.close();
  });

  it('is no reason for a stop to let one that answers wait', async () => {
    await rules(['hook']);
    const id = await hear();
    const stop = new AbortController();
    const ended = sendAlerts(parts, stop.signal, 600_000);
    await expect.poll(async () => (await parts.store.alertsOf([id])).length).toBe(1);
    stop.abort();
    await ended;
    await expect.poll(() => hook.received.length).toBe(1);
  });
});
