/** App feedback on one screen: what it is, which addresses it answers at, who does what, and what `earshot doctor` says. */
import { type Call, type CallAnswer, CallRefused, defineConnector, type Finding, type Hear } from '#kit';
import { AppFeedbackClient } from './client.ts';
import { FORM_STYLE, showForm, takeForm } from './form.ts';
import { takeFeedback, withdraw } from './intake.ts';
import { JSON_MAX_BYTES, MOST_SCREENSHOTS, SCREENSHOT_MAX_BYTES } from './messages.ts';
import { Cursor, Options, SETTINGS_WORDS } from './settings.ts';
import { SAID } from './words.ts';

export const appFeedback = defineConnector({
  about: {
    id: 'app-feedback',
    name: 'App feedback',
    summary: 'Takes feedback from our own app or website, with screenshots, and answers in the app or by e-mail.',
    docs: 'https://www.standardwebhooks.com',
    rules: 'https://www.standardwebhooks.com',
    status: 'experimental',
    words: SETTINGS_WORDS,
    said: SAID,
  },
  options: Options,
  secrets: {
    secret: {
      env: 'APP_FEEDBACK_SECRET',
      describe:
        'Signs what the app sends and what it is sent: at least 24 characters. Never put it into the app itself.',
    },
    secretBefore: {
      env: 'APP_FEEDBACK_SECRET_BEFORE',
      describe: 'While the secret is changed, the one before it.',
      optional: true,
    },
    mailPassword: {
      env: 'APP_FEEDBACK_MAIL_PASSWORD',
      describe: 'For replies by e-mail: the password of "mailUser".',
      optional: true,
    },
  },
  cursor: Cursor,
  limits: {
    maxReplyChars: 5000,
    pullEverySeconds: 3600,
    requests: { count: 60, perSeconds: 60 },
    verified: { at: 'https://www.standardwebhooks.com', on: '2026-11-27' },
  },

  open: (env) => new AppFeedbackClient(env),

  async check(client) {
    client.mustBeSafe();
    return { id: 'earshot (app-feedback)' };
  },

  examine,

  intake: {
    maxBytes: MOST_SCREENSHOTS * SCREENSHOT_MAX_BYTES + JSON_MAX_BYTES + 64 * 1024,
    // Signed calls come from one server of the app; the form is open to everybody.
    perMinute: { all: 1200, each: 1200, at: { form: 12 } },
    answer,
  },

  reply: {
    once: 'look-up',
    send: (client, order, signal) => client.send(order, signal),
    find: (client, order, signal) => client.find(order, signal),
  },
});

function answer(client: AppFeedbackClient, call: Call, hear: Hear): Promise<CallAnswer> | CallAnswer {
  client.mustBeSafe();
  switch (`${call.method} ${call.path}`) {
    case 'POST v1/feedback':
      return takeFeedback(client, call, hear);
    case 'POST v1/withdraw':
      return withdraw(client, call, hear);
    case 'GET form.css':
      return {
        status: 200,
        headers: { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' },
        body: FORM_STYLE,
      };
  }
  if (client.options.form && call.path === 'form') {
    return call.method === 'GET' ? showForm(client, call) : takeForm(client, call, hear);
  }
  const there = ['POST v1/feedback', 'POST v1/withdraw', ...(client.options.form ? ['GET form'] : [])].join(', ');
  throw new CallRefused(
    404,
    'unknown-address',
    `There is nothing at this address. Below the address of this source there is: ${there}.`,
  );
}

/** Where it is called, and whether replies get out. */
async function examine(client: AppFeedbackClient, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [
    client.address?.startsWith('https:')
      ? { what: 'address', ok: true, message: `is called at ${client.address}` }
      : {
          what: 'address',
          ok: false,
          message: 'An app cannot reach Earshot yet. Set EARSHOT_ORIGIN to its https address from outside.',
        },
  ];
  const ways = client.ways();
  if (ways.app)
    findings.push(
      await found('replies in the app', () => client.lookUp('earshot-doctor', signal), 'the server of the app answers'),
    );
  if (ways.email)
    findings.push(await found('replies by e-mail', () => client.tryMail(), 'the mail server takes the sign-in'));
  return findings;
}

async function found(what: string, look: () => Promise<unknown>, message: string): Promise<Finding> {
  try {
    await look();
    return { what, ok: true, message };
  } catch (thrown) {
    return { what, ok: false, message: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}
