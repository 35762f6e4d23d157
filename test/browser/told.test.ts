import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertRound } from '../../src/alerts/index.ts';
import { alertParts } from '../../src/parts/alerts.ts';
import { openPushService, type PushService, type SubscribedBrowser } from '../platforms/push.ts';
import { faultsOf, PHONE } from './browser.ts';
import { startJourney } from './journey.ts';

/** Many steps, with other work on the machine. */
const LONG = 90_000;

let service: PushService;
beforeAll(async () => {
  service = await openPushService();
});
afterAll(() => service.close());
const journey = startJourney(async () => {});

/**
 * Chromium here has no push service of its own, and shows no notification: a subscription of the local one stands in for it,
 * and what would be shown is kept.
 */
async function withPushService(page: Page): Promise<SubscribedBrowser> {
  const { key } = await journey.earshot.parts.devices.list({ id: '', person: { id: '', name: '' } });
  const browser = service.subscribe(key);
  await page.context().addInitScript((subscription) => {
    Object.defineProperty(Notification, 'permission', { get: () => localStorage.getItem('asked') ?? 'default' });
    Notification.requestPermission = async () => {
      localStorage.setItem('asked', 'granted');
      return 'granted';
    };
    const own = {
      ...subscription,
      toJSON: () => subscription,
      unsubscribe: async () => {
        localStorage.removeItem('told');
        return true;
      },
    };
    const manager = PushManager.prototype as unknown as Record<string, () => Promise<unknown>>;
    manager.subscribe = async () => {
      localStorage.setItem('told', 'yes');
      return own;
    };
    manager.getSubscription = async () => (localStorage.getItem('told') ? own : null);
  }, browser.subscription);
  await page.reload();
  return browser;
}

const titles = ({ received }: SubscribedBrowser) => received.map(({ message }) => message.title);

test.each([
  ['en-GB', 'Turn on notifications', 'Send a test', 'Turn off', 'Urgent mentions', 'Save', 'Notifications work'],
  ['zh-CN', '开启通知', '发送测试通知', '关闭通知', '紧急提及', '保存', '通知已可用'],
] as const)(
  'a phone in %s is told while Earshot is closed: turned on, tried, chosen, turned off',
  async (locale, turnOn, send, turnOff, urgent, save, works) => {
    const page = await journey.open({ locale, device: PHONE, at: '#/account' });
    const phone = await withPushService(page);
    await page.getByRole('button', { name: turnOn }).click();
    await expect.poll(() => titles(phone)).toEqual([works]);
    await page.getByRole('button', { name: send }).click();
    await expect.poll(() => titles(phone)).toEqual([works, works]);
    expect(await faultsOf(page)).toEqual([]);

    await page.getByRole('checkbox', { name: urgent, exact: true }).uncheck();
    await page.getByRole('button', { name: save, exact: true }).last().click();
    const devices = async () => journey.earshot.parts.store.devices(Date.now());
    await expect.poll(async () => (await devices())[0]?.kinds).toEqual(['assigned', 'regulated']);

    await page.getByRole('button', { name: turnOff }).click();
    await page.getByRole('button', { name: turnOn }).waitFor();
    await expect.poll(devices).toEqual([]);
    await page.context().close();
  },
  LONG,
);

test(
  'a message that comes is shown in its own words, and leads to its mention',
  async () => {
    const page = await journey.open({ at: '#/account' });
    const phone = await withPushService(page);
    await page.getByRole('button', { name: 'Turn on notifications' }).click();
    await page.getByRole('button', { name: 'Send a test' }).waitFor();
    await journey.earshot.hear([{ text: 'My account was hacked and all my money is being stolen right now, help!' }]);
    await alertRound(alertParts(journey.earshot.parts));
    await expect.poll(() => titles(phone).length).toBe(2);
    const { message } = phone.received[1] ?? {};
    expect(message).toMatchObject({ title: 'Regulated lane: Stolen account or fraud', at: `./#/all/${message?.tag}` });

    const worker = page.context().serviceWorkers()[0] ?? (await page.context().waitForEvent('serviceworker'));
    await worker.evaluate(() => {
      const scope = globalThis as unknown as { registration: ServiceWorkerRegistration; shown: unknown[] };
      scope.shown = [];
      scope.registration.showNotification = async (title, options) => void scope.shown.push({ title, ...options });
    });
    const devtools = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
        const [one] = registrations;
        if (one) resolve(one.registrationId);
      });
    });
    await devtools.send('ServiceWorker.enable');
    await devtools.send('ServiceWorker.deliverPushMessage', {
      origin: journey.earshot.web.url,
      registrationId: await registered,
      data: JSON.stringify(message),
    });
    const shown = () => worker.evaluate(() => (globalThis as unknown as { shown: object[] }).shown);
    await expect.poll(shown).toMatchObject([{ title: message?.title, tag: message?.tag, data: { at: message?.at } }]);
    await page.context().close();
  },
  LONG,
);

test(
  'where no push service can be had, the page says so in words and tells while it is open',
  async () => {
    const page = await journey.open({ at: '#/account' });
    await withPushService(page);
    await page.context().addInitScript(() => {
      const manager = PushManager.prototype as unknown as Record<string, () => Promise<unknown>>;
      manager.subscribe = () => Promise.reject(new DOMException('Registration failed - push service not available'));
    });
    await page.reload();
    await page.getByRole('button', { name: 'Turn on notifications' }).click();
    await page.getByText('This browser reaches no push service').waitFor();
    await page.getByText('only while Earshot is open').waitFor();
    await page.getByRole('button', { name: 'Turn off' }).click();
    await page.getByRole('button', { name: 'Turn on notifications' }).waitFor();
    await page.context().close();
  },
  LONG,
);
