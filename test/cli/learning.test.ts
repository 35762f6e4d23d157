import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../src/settings.ts';
import { PROBLEM_TYPES, posts } from './game-shop.ts';
import { type Home, jsonLines, openHome } from './support.ts';

let home: Home;
const heard = [
  { id: '1', text: 'my activation key is rejected on my laptop', author: 'invented_ann' },
  { id: '2', text: 'somebody logged in, my library was stolen by a hacker', author: 'invented_ben' },
  { id: '3', text: 'the patch is broken and the key too, what now', author: 'invented_chen' },
];
const audit = async () => {
  const { openSqliteStore } = await import('../../src/store/sqlite/index.ts');
  const store = await openSqliteStore(join(home.data, 'earshot.db'));
  const events = await store.audit(0, 500);
  await store.close();
  return events
    .filter(({ subject }) => subject === 'model')
    .map(({ actor, action, detail }) => ({ actor, action, detail }));
};

beforeAll(async () => {
  home = await openHome();
  await home.run(['queue']); // makes the data directory
  await writeFile(join(home.data, 'problem-types.yml'), PROBLEM_TYPES);
  await writeFile(join(home.dir, 'shop.jsonl'), jsonLines(posts()));
  await writeFile(join(home.dir, 'swapped.jsonl'), jsonLines(posts(['stolen-library', 'refund-wish'])));
  await writeFile(join(home.dir, 'heard.jsonl'), jsonLines(heard));
  await writeFile(join(home.dir, 'foreign.jsonl'), jsonLines([{ text: 'x', label: 'weather' }]));
});
afterAll(() => home.close());

describe('problem types of your own, from a file to a learned correction', () => {
  it('a model is needed first: what to do is said', async () => {
    const { code, err } = await home.run(['classify', 'my key is rejected']);
    expect(code).toBe(1);
    expect(err).toMatch(/knows none of your problem types.*earshot train --examples FILE, then earshot promote/s);
  });

  it('labels that are no problem type here are refused by name, and learned into a folder', async () => {
    const { code, err } = await home.run(['train', '--examples', 'foreign.jsonl']);
    expect(code).toBe(3);
    expect(err).toMatch(/No problem type here is called weather\. Describe your own in .*problem-types\.yml/);
  });

  it('a challenger is trained, shown beside itself, and put in use', async () => {
    const trained = await home.run(['train', '--examples', 'shop.jsonl', '--json']);
    expect(trained).toMatchObject({ code: 0, json: [{ labels: 5, lessons: 0 }] });
    expect(trained.json[0].heldOut).toBeGreaterThan(60);
    const compared = await home.run(['evaluate', '--compare', '--json']);
    expect(compared.json[0]).toMatchObject({
      first: true,
      mayPromote: true,
      comparison: { n: trained.json[0].heldOut },
    });
    expect(compared.json[0].comparison.macroF1.challenger).toBeGreaterThan(0.9);
    const promoted = await home.run(['promote', '--as', 'Jun', '--json']);
    expect(promoted).toMatchObject({ code: 0, json: [{ model: trained.json[0].version, before: 'shipped' }] });
  });

  it('mentions are sorted, queued and drafted by it, with the general template where none is written', async () => {
    expect(await home.run(['import', 'heard.jsonl'])).toMatchObject({ code: 0 });
    const rows = (await home.run(['queue', '--json'])).json;
    const typeOf = (word: string) => rows.find(({ mention }) => mention.text.includes(word))?.assessment.problemType;
    expect([typeOf('activation'), typeOf('hacker')]).toEqual(['key-rejected', 'stolen-library']);
    for (const { draft } of rows) expect(draft.template.id).toMatch(/^other\//);
    expect((await home.run(['queue', '--type', 'fees'])).err).toMatch(
      /There is no problem type "fees"\. There are: download-stuck/,
    );
  });

  it('what is least certain is labelled, one answer a line, and undone', async () => {
    const input = 'weather\nkey-rejected\nundo\ndownload-stuck\nok\nquit\n';
    const { code, out } = await home.run(['label'], { input });
    expect(code).toBe(0);
    expect(out).toMatch(/1 of 3.*patch is broken/s);
    expect(out).toContain('"weather" is no answer.');
    expect(out).toContain('2 of 3 mentions labelled.');
    const again = await home.run(['label', '--json'], { input: 'skip\n' });
    expect(again.out).toBe('');
    const { json } = await home.run(['queue', '--search', 'patch', '--json']);
    expect(json[0].assessment).toMatchObject({ problemType: 'download-stuck', confidence: 1, unsure: false });
  });

  it('corrections make a challenger, which is compared on what neither has learned', async () => {
    const { code, json } = await home.run(['train', '--from-corrections', '--examples', 'shop.jsonl', '--json']);
    expect(code).toBe(0);
    expect(json[0].lessons).toBeGreaterThan(0);
    const table = await home.run(['evaluate', '--compare']);
    expect(table.out).toMatch(/PROBLEM TYPE +N +CHAMPION +CHALLENGER +DIFFERENCE +95 % OF SAMPLES/);
    expect(table.out).toMatch(/stolen-library \* +\d+/);
  });

  it('a replay shows what the challenger and other templates would have done, and changes nothing', async () => {
    const before = await home.run(['queue', '--json']);
    const challenger = await home.run(['replay', '--json']);
    expect(challenger).toMatchObject({ code: 0, json: [{ difference: { mentions: 3 } }] });
    const templates = join(home.dir, 'templates');
    await cp(join(ROOT, 'templates'), templates, { recursive: true });
    for (const file of await readdir(join(templates, 'other'))) {
      const at = join(templates, 'other', file);
      const text = await readFile(at, 'utf8');
      await writeFile(at, file.startsWith('en') ? `${text.trimEnd()} See you soon.\n` : text);
    }
    const other = await home.run(['replay', '--templates', 'templates', '--json']);
    expect(other.json[0].difference).toMatchObject({ mentions: 3, retagged: { n: 0 }, drafts: { changed: 3 } });
    const said = await home.run(['replay', '--templates', 'templates']);
    expect(said.out).toMatch(/3 mentions, 3 of them would change/);
    expect(said.out).toContain('words of the draft');
    const settings = JSON.parse((await home.run(['workspace', 'export'])).out);
    const own = (file: string) => ({
      id: `other/${file.slice(0, -'.md'.length)}`,
      text: '{{greeting}}\n\nWords to be tried.',
      ...{ by: 'Lin', at: '2026-11-20T10:00:00Z' },
    });
    const english = (await readdir(join(templates, 'other'))).filter((file) => file.startsWith('en'));
    await writeFile(join(home.dir, 'tried.json'), JSON.stringify({ ...settings, templates: english.map(own) }));
    const tried = await home.run(['replay', '--settings', 'tried.json', '--json']);
    expect(tried.json[0].difference).toMatchObject({ mentions: 3, drafts: { changed: 3 } });
    const keyword = { phrase: 'patch', problemType: 'stolen-library', weight: 3 };
    const misspelt = { ...settings, lexicon: [{ ...keyword, weight: 9 }] };
    await writeFile(join(home.dir, 'misspelt.json'), JSON.stringify(misspelt));
    const refused = await home.run(['replay', '--settings', 'misspelt.json']);
    expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('misspelt.json, line 1, lexicon.0.weight') });
    expect((await home.run(['queue', '--json'])).out).toBe(before.out);
  });

  it('a challenger under which a protected type gets worse is not promoted, and the refusal is kept', async () => {
    await home.run(['train', '--examples', 'swapped.jsonl']);
    const compared = await home.run(['evaluate', '--compare', '--examples', 'shop.jsonl', '--json']);
    expect(compared.json[0]).toMatchObject({ champion: expect.stringMatching(/^[0-9a-f]{8}$/) });
    await writeFile(join(home.data, 'models/challenger/held-out.json'), JSON.stringify(await heldOutOfShop()));
    const { code, err } = await home.run(['promote']);
    expect(code).toBe(3);
    expect(err).toMatch(/Not promoted, the model in use stays\. stolen-library would get worse: F1 \d/);
    expect((await audit()).at(-1)).toMatchObject({
      actor: 'Lin',
      action: 'promotion-refused',
      detail: { code: 'gets-worse' },
    });
  });

  it('one command goes back to the model before, and the log says who did what', async () => {
    const { code, out } = await home.run(['rollback', '--as', 'Jun']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('The shipped model is in use again') });
    expect(await home.run(['rollback'])).toMatchObject({
      code: 3,
      err: expect.stringContaining('The shipped model is in use'),
    });
    const events = (await audit()).filter(({ action }) => action !== 'model-trained');
    expect(events.map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'Jun model-promoted',
      'Lin promotion-refused',
      'Jun model-rolled-back',
    ]);
  });
});

/** The held-out posts as they are labelled right. */
async function heldOutOfShop() {
  const held = JSON.parse(await readFile(join(home.data, 'models/challenger/held-out.json'), 'utf8')) as {
    text: string;
  }[];
  const right = new Map(posts().map(({ text, label }) => [text, label]));
  return held.map(({ text }) => ({ text, label: right.get(text) ?? 'other' }));
}
