import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Assessment, Draft, Mention } from '../../src/core/nouns.ts';
import type { Facts, ReplyLimit } from '../../src/core/ports.ts';
import { loadTemplates, openTemplateBook } from '../../src/stages/draft/index.ts';
import { answerIn } from '../../src/stages/draft/script.ts';
import { assessment, BARE, FULL, LONG, mention, SHORT } from './helpers.ts';

const templates = await loadTemplates(resolve(import.meta.dirname, '../../templates'));

function open(over: { facts?: Facts; limit?: ReplyLimit } = {}) {
  const { facts = FULL, limit = LONG } = over;
  return openTemplateBook({ templates, facts: () => facts, limitFor: () => limit });
}
function drafted(over: Partial<Mention>, about: Partial<Assessment>, book = open(), said: string[] = []): Draft {
  const draft = book.draft(mention(over), assessment(about), 1000, { said });
  if ('none' in draft) throw new Error(draft.none);
  return draft;
}
const folderOf = (draft: Draft) => draft.template?.id.split('/')[0];

describe('where the platform charges for a link', () => {
  const charging: ReplyLimit = { ...SHORT, priceOf: (text) => (/https?:|\w\.\w/.test(text) ? 0.2 : 0.01) };
  const onX = { platform: 'twitter' };
  const types = [...new Set(templates.flatMap(({ problemTypes }) => problemTypes))];

  it('every problem type is answered without one, in each language, whatever the workspace has set', () => {
    const facts = { ...FULL, signature: 'Lanternpay Care, lanternpay.example' };
    const book = open({ facts, limit: charging });
    for (const problemType of types) {
      for (const lang of ['en', 'zh-Hans', 'zh-Hant'] as const) {
        const draft = drafted(onX, { problemType, lang }, book);
        expect([problemType, lang, charging.priceOf?.(draft.text)]).toEqual([problemType, lang, 0.01]);
        expect(draft.checks.every(({ ok }) => ok)).toBe(true);
      }
    }
  });

  it('a signature without a link stays', () => {
    expect(drafted(onX, {}, open({ limit: charging })).text).toContain('— Lanternpay Care');
  });

  it('the cheaper of two templates is chosen, also where none was written for the platform', () => {
    const general = templates.filter(({ platforms }) => platforms.includes('any'));
    const at = (limit: ReplyLimit) =>
      openTemplateBook({ templates: general, facts: () => FULL, limitFor: () => limit });
    expect(drafted({}, { problemType: 'fees' }, at(LONG)).text).toContain('https://');
    const cheap = drafted(
      {},
      { problemType: 'fees' },
      at({ ...LONG, priceOf: (text) => (text.includes('://') ? 2 : 1) }),
    );
    expect(cheap.text).not.toContain('://');
  });
});

describe('a draft', () => {
  it('is a first revision, greets, is signed, and brings its twin, its checks and its length', () => {
    const draft = drafted({}, {});
    expect(draft).toMatchObject({ mentionId: '0000000000000001', revision: 1, lang: 'en', by: 'earshot', at: 1000 });
    expect(draft.text).toMatch(/^Hi Kim Invented,\n\n[\s\S]*\n\n— Lanternpay Care$/);
    expect(draft.twin).toMatch(/^Kim Invented 您好，/);
    expect(draft.template?.version).toMatch(/^[0-9a-f]{12}$/);
    expect(draft.checks.map(({ name }) => name)).toContain('nothing-about-account');
    expect(draft.length).toEqual({ used: draft.text.length, max: 2000 });
  });

  it('is the same each time it is written', () => {
    expect(drafted({}, {})).toEqual(drafted({}, {}));
  });

  it('is in the language and script of the author', () => {
    expect(drafted({}, { lang: 'zh-Hans' }).text).toMatch(/充值/);
    expect(drafted({}, { lang: 'zh-Hant' }).text).toMatch(/儲值/);
    expect(drafted({ text: 'top up broken AGAIN. 充值 failed 4 times, fix please' }, { lang: 'mixed' }).lang).toBe(
      'en',
    );
    expect(drafted({ text: '你们这个 app 的 customer service 真的服了，一直让我 wait' }, { lang: 'mixed' }).lang).toBe(
      'zh-Hans',
    );
  });

  it('is not written where nobody could read or post it', () => {
    expect(open().draft(mention(), assessment({ lang: 'other' }), 0)).toEqual({
      none: expect.stringContaining('language'),
    });
    const never = mention({ permission: { how: 'never', why: 'Replies are switched off here.' } });
    expect(open().draft(never, assessment(), 0)).toEqual({ none: 'Replies are switched off here.' });
  });

  it('names the product of the workspace as it is now', () => {
    let facts: Facts = FULL;
    const book = openTemplateBook({ templates, facts: () => facts, limitFor: () => LONG });
    const about = { problemType: 'scam-spam' };
    expect(drafted({}, about, book).text).toContain('Lanternpay');
    facts = { product: 'Blue Heron', allowedLinks: [] };
    expect(drafted({}, about, book).text).toContain('Blue Heron');
  });

  it('leaves the greeting by name and the signature out where they do not fit', () => {
    const tight: ReplyLimit = {
      max: drafted({ platform: 'twitter' }, {}, open({ facts: BARE, limit: SHORT })).length.used - 5,
      lengthOf: SHORT.lengthOf,
    };
    const draft = drafted(
      { platform: 'twitter' },
      {},
      open({ facts: { ...BARE, signature: '— the team' }, limit: tight }),
    );
    expect(draft.checks.every(({ ok }) => ok)).toBe(true);
    expect(draft.text).not.toMatch(/the team|Kim/);
  });
});

describe('the choice of a template', () => {
  it('goes by problem type', () => {
    for (const problemType of ['fees', 'app-bug', 'praise', 'dispute-legal'])
      expect(folderOf(drafted({}, { problemType }))).toBe(problemType);
  });

  it('takes the careful general words when the classifier is unsure', () => {
    expect(folderOf(drafted({}, { problemType: 'praise', unsure: true }))).toBe('other');
  });

  it('warns the public under a likely scam, whatever it claims to be', () => {
    const draft = drafted({}, { problemType: 'contact-support', scam: 0.9 });
    expect(folderOf(draft)).toBe('scam-spam');
    expect(draft.text).not.toMatch(/Kim|^Hi/);
  });

  it('never uses a template for what its never-for names, not even on request', () => {
    const fraudIsLikely = { problemType: 'top-up-failed', others: [{ type: 'security-fraud', confidence: 0.4 }] };
    expect(folderOf(drafted({}, fraudIsLikely))).toBe('other');
    expect(folderOf(drafted({}, { problemType: 'praise', priority: 'urgent' }))).toBe('other');
    const asked = open().draft(mention(), assessment(fraudIsLikely), 0, { templateId: 'top-up-failed/en' });
    expect(asked).toEqual({ none: 'This template must never be used for "security-fraud".' });
  });

  it('takes the words written for the platform, and no others there', () => {
    for (const problemType of new Set(templates.flatMap((one) => one.problemTypes))) {
      // Replies to everybody of an incident are short enough for every platform.
      if (problemType.startsWith('incident')) continue;
      const draft = drafted({ platform: 'twitter' }, { problemType }, open({ limit: SHORT }));
      expect(draft.template?.id).toMatch(/\.twitter$/);
      expect(draft.checks.every(({ ok }) => ok)).toBe(true);
    }
  });

  it('uses what the workspace knows, and does without in a bare one', () => {
    for (let id = 0; id < 10; id++) {
      expect(drafted({ id: `${id}` }, {}).text).toMatch(/help\.lanternpay\.example|care@lanternpay\.example/);
    }
    expect(drafted({}, {}, open({ facts: BARE })).template?.id).toBe('top-up-failed/en.2');
  });

  it('says something else when the thread has heard the words already', () => {
    const first = drafted({}, {});
    const second = drafted({}, {}, open(), [first.text]);
    const third = drafted({}, {}, open(), [first.text, second.text]);
    expect(new Set([first, second, third].map(({ template }) => template?.id)).size).toBe(3);
    const exhausted = drafted({}, {}, open(), [first.text, second.text, third.text]);
    expect(exhausted.checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual(['not-repeated']);
  });

  it('does not tell ten people with one problem the same', () => {
    const ids = Array.from({ length: 10 }, (_, at) => `000000000000000${at}`);
    const said = ids.map((id) => drafted({ id, platform: 'twitter' }, {}, open({ limit: SHORT })).template?.id);
    expect(new Set(said).size).toBeGreaterThan(1);
  });
});

describe('the other templates', () => {
  it('are offered best first, in the author’s language, the one in use among them', () => {
    const about = assessment({ lang: 'zh-Hant', others: [{ type: 'fees', confidence: 0.1 }] });
    const choices = open().choices(mention(), about);
    const used = open().draft(mention(), about, 0) as Draft;
    expect(choices[0]?.id).toBe(used.template?.id);
    expect(choices.map(({ id }) => id.split('/')[0]).filter((type, at, all) => all.indexOf(type) === at)).toEqual([
      'top-up-failed',
      'fees',
      'other',
    ]);
    expect(choices.every(({ id }) => id.includes('/zh-Hans'))).toBe(true);
    expect(choices[0]?.title).toMatch(/儲值/);
    expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
  });

  it('each give a draft', () => {
    const about = assessment({ unsure: true, others: [{ type: 'fees', confidence: 0.2 }] });
    for (const { id } of open().choices(mention(), about)) {
      expect(open().draft(mention(), about, 0, { templateId: id })).toMatchObject({ template: { id } });
    }
  });

  it('are asked for by an id that exists', () => {
    expect(open().draft(mention(), assessment(), 0, { templateId: '../secrets' })).toEqual({
      none: 'There is no template "../secrets".',
    });
  });
});

describe('a text that a person wrote', () => {
  it('is checked with the same rails and measured with the place’s own rule', () => {
    const post = mention({ text: 'my order is AB-1234', platform: 'twitter' });
    const about = assessment({ personal: [{ kind: 'order-id', start: 12, end: 19 }] });
    const { checks, length } = open({ limit: SHORT }).check(post, about, '好的，AB-1234 我们会退款。', 'en');
    expect(checks.filter(({ ok }) => !ok).map(({ name }) => name)).toEqual([
      'no-personal-data',
      'no-promise',
      'language',
    ]);
    expect(length).toEqual({ used: 26, max: 280 });
  });

  it('needs no assessment', () => {
    expect(
      open()
        .check(mention(), undefined, 'Please tell support in the app.', 'en')
        .checks.every(({ ok }) => ok),
    ).toBe(true);
  });
});

describe('the language of an answer', () => {
  it.each([
    ['en', 'x', 'en'],
    ['zh-Hans', 'x', 'zh-Hans'],
    ['zh-Hant', 'x', 'zh-Hant'],
    ['other', 'hola', undefined],
    ['mixed', 'transfer 一直 pending 三个小时了，余额已经扣了，可以 cancel 吗', 'zh-Hans'],
    ['mixed', 'transfer 一直 pending 三個小時了，餘額已經扣了，可以 cancel 嗎', 'zh-Hant'],
    ['mixed', 'the 充值 button does nothing at all since the update', 'en'],
    ['mixed', '', 'zh-Hans'],
  ] as const)('%s %j is answered in %s', (lang, text, answer) => {
    expect(answerIn(lang, text)).toBe(answer);
  });
});

describe('the sample mentions', () => {
  const sample = readFileSync(resolve(import.meta.dirname, '../../data/sample/mentions.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  it('are about sixty, each with an id of its own and a place in its thread', () => {
    const ids = new Set(sample.map(({ nativeId }) => nativeId));
    expect(sample.length).toBe(62);
    expect(ids.size).toBe(62);
    for (const { parentId } of sample) if (parentId) expect(ids).toContain(parentId);
  });

  it('lead nowhere', () => {
    for (const { url, text } of sample) {
      for (const link of [url, ...(text.match(/https?:\/\/\S+/g) ?? [])]) {
        if (link) expect(new URL(link).hostname).toMatch(/\.(example|invalid)$/);
      }
    }
  });

  it('can all be answered, each under another problem type and in another language, without a failed check', () => {
    const limitFor = ({ platform }: Mention) => (platform === 'twitter' ? SHORT : LONG);
    const book = openTemplateBook({ templates, facts: () => FULL, limitFor });
    const types = [...new Set(templates.flatMap((one) => one.problemTypes))];
    const langs = ['en', 'zh-Hans', 'zh-Hant'] as const;
    sample.forEach(({ minutesAgo: _, ...found }, at) => {
      for (let step = 0; step < 3; step++) {
        const about = {
          problemType: types[(at + step) % types.length] as string,
          lang: langs[(at + step) % 3] as 'en',
        };
        expect(drafted(found, about, book).checks.filter(({ ok }) => !ok)).toEqual([]);
      }
    });
  });
});
