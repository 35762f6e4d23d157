import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, jsonLines, openHome, type Ran } from './support.ts';

const HOSTILE = 'My transfer never arrived \u001b]0;owned\u0007\u001b[31m\u009b2J \u202eevil';
let home: Home;
let imported: Ran;
const idOf = async (words: string): Promise<string> =>
  (await home.run(['queue', '--all', '--search', words, '--json'])).json[0].mention.id;

beforeAll(async () => {
  home = await openHome();
  const good = jsonLines([
    { id: '1', text: 'I was charged twice and my top-up failed', author: 'invented_ann' },
    { id: '2', text: HOSTILE, author: 'invented_\u001b[2Jben' },
    { id: '3', text: '怎么改绑定的手机号？忘记密码了', author: 'invented_chen' },
    { id: '4', text: 'Top up failed with card 4111 1111 1111 1111', author: 'invented_dee' },
  ]);
  await writeFile(join(home.dir, '反馈.jsonl'), `${good}{broken \u001b[31m\n`);
  imported = await home.run(['import', '反馈.jsonl']);
});
afterAll(() => home.close());

describe('from a file to a decision', () => {
  it('an import says what was skipped, where and why, and that it is not all', () => {
    expect(imported.code).toBe(4);
    expect(imported.out).toContain('4 new mentions, 0 known before, 1 skipped; 4 sorted.');
    expect(imported.out).toMatch(/skipped: line 5: .*JSON/);
    expect(imported.err).toBe('');
  });

  it('the same file again changes nothing', async () => {
    const again = await home.run(['import', '反馈.jsonl', '--json']);
    expect(again).toMatchObject({ code: 0, json: [{ state: 'ok', added: 0, classified: 0 }] });
  });

  it('nothing of a text reaches the terminal as a command', async () => {
    const id = await idOf('transfer');
    const seen = [await home.run(['queue']), await home.run(['show', id]), await home.run(['show', id, '--json'])];
    for (const { code, out, err } of [...seen, imported]) {
      expect(code).not.toBe(1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(out + err).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/);
    }
    expect(seen[2]?.json[0].mention.text).toContain('\u202eevil');
  });

  it('personal data is covered, and seeing it is recorded', async () => {
    const id = await idOf('card');
    const covered = [await home.run(['queue']), await home.run(['show', id]), await home.run(['show', id, '--json'])];
    for (const { out } of covered) expect(out).not.toContain('4111');
    expect((await home.run(['show', id, '--personal', '--as', 'Ada'])).out).toContain('4111 1111 1111 1111');
    expect((await home.run(['show', id])).out).toMatch(/Ada {2}personal-data-seen/);
  });

  it('a person edits and approves: the text that goes out is shown, under their name', async () => {
    const id = await idOf('charged');
    const asked = await home.run(['edit', id, '--text', 'Please tell us your password.', '--json']);
    expect(asked.json[0].checks).toContainEqual(expect.objectContaining({ name: 'no-secret-asked', ok: false }));
    expect(await home.run(['approve', id])).toMatchObject({ code: 3, err: expect.stringContaining('no-secret-asked') });

    const mine = 'Sorry about that. Our team looks into it; please write to us in the app.';
    expect(await home.run(['edit', id.slice(0, 6)], { input: `${mine}\n` })).toMatchObject({ code: 0 });
    const old = await home.run(['approve', id, '--draft', '2']);
    expect(old).toMatchObject({ code: 3, err: expect.stringMatching(/draft/i) });
    const approved = await home.run(['approve', id, '--draft', '3', '--as', 'Ada']);
    expect(approved).toMatchObject({ code: 0 });
    expect(approved.out).toContain(mine);
    expect(approved.out).toContain('Ada');
    const [{ mention, approval, history }] = (await home.run(['show', id, '--json'])).json;
    expect(mention.state).toBe('by-hand');
    expect(approval.reply).toMatchObject({ text: mine, approver: 'Ada' });
    expect(history.map(({ actor, action }: { actor: string; action: string }) => `${actor} ${action}`)).toEqual([
      'Lin edited',
      'Lin edited',
      'Ada approved',
    ]);
    expect(await home.run(['approve', id])).toMatchObject({ code: 3 });
  });

  it('a dismissal needs a reason, and is counted', async () => {
    const id = await idOf('密码');
    expect((await home.run(['dismiss', id])).code).toBe(2);
    expect((await home.run(['dismiss', id, '--reason', 'because'])).err).toContain('already-answered');
    const done = await home.run(['dismiss', id, '--reason', 'already-answered', '--json']);
    expect(done).toMatchObject({ code: 0, json: [{ state: 'dismissed' }] });
    const { json } = await home.run(['report', '--json']);
    const rows = json.filter((line) => 'day' in line);
    const sum = (what: string) => rows.reduce((total, row) => total + row[what], 0);
    expect([sum('heard'), sum('dismissed')]).toEqual([4, 1]);
    expect(json.at(-1)).toMatchObject({ figures: { totals: { heard: 4 }, decisions: { dismissed: 1, approved: 1 } } });
    const { out } = await home.run(['report', '--csv', 'decisions']);
    expect(out).toMatch(/^\ufeffproblem_type,approved,edited,in_incident,dismissed\r\n/);
    expect(out).toMatch(/^[a-z-]+,0,0,0,1\r$/m);
    expect((await home.run(['audit', 'verify', '--json'])).json).toEqual([{ events: 5 }]);
  });
});

describe('a command that cannot be', () => {
  it.each([
    [3, ['show', 'nobody'], /There is no mention "nobody"/],
    [3, ['import', 'nowhere.csv'], /There is no file/],
    [1, ['import', '.'], /folder/],
    [3, ['pull', 'nowhere'], /no source "nowhere"/],
    [3, ['describe', 'nowhere'], /There are: .*feed/],
    [3, ['queue', '--type', 'nowhere'], /There are: .*app-bug/],
    [2, ['queue', '--limit', '0'], /whole number above 0/],
    [2, ['import', '反馈.jsonl', '--column', 'text'], /WHAT=NAME/],
    [2, ['import', '反馈.jsonl', '--format', 'xml'], /Allowed choices are jsonl/],
    [2, ['nowhere'], /unknown command/],
  ])('ends with %i and says what to do: %j', async (code, args, sentence) => {
    const ran = await home.run(args);
    expect(ran.code).toBe(code);
    expect(ran.out + ran.err).toMatch(sentence);
    expect(ran.err).not.toMatch(/\n {4}at |"level":/);
  });
});
