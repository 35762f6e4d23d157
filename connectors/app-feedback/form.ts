import type { Call, CallAnswer, Hear } from '#kit';
import { keepPictures } from './api.ts';
import type { AppFeedbackClient } from './client.ts';
import { asPage, FORM_TEXT_MAX, type FormPage, formPage, thanksPage } from './form-page.ts';
import { readForm } from './form-parts.ts';
import { Contact, Feedback, toMention } from './schema.ts';
import { makeTicket, readTicket } from './ticket.ts';
import { type Lang, langOf, WORDS } from './words.ts';

const DAY_MS = 86_400_000;

/** The public form, empty. What the app knows of itself may stand in the address. */
export function showForm(client: AppFeedbackClient, call: Call): CallAnswer {
  const lang = langOf(call.query.get('lang'), call.headers.get('accept-language'));
  return answerWith(client, {
    lang,
    version: short(call.query.get('version')),
    device: short(call.query.get('device')),
  });
}

/** The form as somebody sent it. Nobody is known here, so nothing is believed: a page of ours, once, and not in a flood. */
export async function takeForm(client: AppFeedbackClient, call: Call, hear: Hear): Promise<CallAnswer> {
  const now = client.now();
  // The ticket stands before the pictures: without a good one they are not read.
  const stop = new Stopped();
  const { fields, files } = await readForm(call, (so) => {
    const read = readTicket(client.secret(), so.get('ticket') ?? '', now);
    if (typeof read === 'string') throw stop.with(read, so);
    stop.id = read.id;
  }).catch((thrown: unknown) => {
    if (thrown !== stop) throw thrown;
    return { fields: stop.fields, files: [] };
  });
  const lang = langOf(fields.get('lang') ?? null, call.headers.get('accept-language'));
  const filled = { lang, ...filledIn(fields) };
  const again = (trouble: keyof Troubles) => answerWith(client, { ...filled, trouble: WORDS[lang][trouble] }, 422);
  if (stop.why) return again(stop.why);
  // Only a program fills in what no person sees. It is thanked, so that it learns nothing.
  if (fields.get('website')) return thanks(client, lang, stop.id, []);

  if (filled.text.length > FORM_TEXT_MAX) return again('tooMuch');
  const offered = filled.email !== '' && client.ways().email;
  const contact = Contact.safeParse(offered ? { by: 'email', email: filled.email } : { by: 'none' });
  if (!contact.success) return again('wrongEmail');
  const said = Feedback.safeParse({ text: filled.text, lang, version: filled.version, device: filled.device });
  if (!said.success) return again('missingText');

  const mark = `form ${stop.id}`;
  if (await hear.taken(mark)) return again('outdated');
  const { attachments, results } = await keepPictures(
    client,
    stop.id,
    files.map((file) => ({ ...file, sha256: '' })),
  );
  const feedback = { ...said.data, contact: contact.data };
  const mention = toMention(stop.id, feedback, attachments, { app: client.options.app, ways: client.ways() });
  await hear({ found: [mention], once: [{ id: mark, until: now + DAY_MS }] });
  return thanks(
    client,
    lang,
    stop.id,
    files.flatMap(({ name }, index) => (results[index]?.kept ? [] : [name])),
  );
}

type Troubles = Pick<(typeof WORDS)['en'], 'tooQuick' | 'outdated' | 'tooMuch' | 'wrongEmail' | 'missingText'>;

/** Why a form is not read to its end. */
class Stopped extends Error {
  why: 'tooQuick' | 'outdated' | undefined;
  id = '';
  fields: ReadonlyMap<string, string> = new Map();

  with(why: 'tooQuick' | 'outdated', fields: ReadonlyMap<string, string>): this {
    this.why = why;
    this.fields = fields;
    return this;
  }
}

function filledIn(fields: ReadonlyMap<string, string>) {
  return {
    text: (fields.get('text') ?? '').replaceAll('\r\n', '\n'),
    email: short(fields.get('email') ?? null).trim(),
    version: short(fields.get('version') ?? null),
    device: short(fields.get('device') ?? null),
  };
}

type Shown = Pick<FormPage, 'lang' | 'version' | 'device' | 'text' | 'email' | 'trouble'>;

function answerWith(client: AppFeedbackClient, shown: Shown, status = 200): CallAnswer {
  const { app, embedOn } = client.options;
  const ticket = makeTicket(client.secret(), client.now());
  return asPage(formPage({ app, ticket, offersEmail: client.ways().email, ...shown }), embedOn, status);
}

function thanks(client: AppFeedbackClient, lang: Lang, reference: string, notKept: readonly string[]): CallAnswer {
  const { app, embedOn } = client.options;
  return asPage(thanksPage(lang, app, reference, notKept), embedOn);
}

const short = (text: string | null) => (text ?? '').slice(0, 200).toWellFormed();
