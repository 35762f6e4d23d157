import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Home, jsonLines, killAll, openHome } from './support.ts';

let home: Home;
let server: ChildProcess;
let link: URL;
const settings = () => join(home.data, 'workspace.json');

/** The one line that a start prints. */
async function readyLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line;
}

/** How many mentions a data directory holds, as a reader beside the process that writes. */
function heard(data: string): number {
  try {
    const database = new DatabaseSync(join(data, 'earshot.db'), { readOnly: true, timeout: 1000 });
    try {
      return Number(database.prepare('select count(*) as n from mention').get()?.n);
    } finally {
      database.close();
    }
  } catch {
    return 0; // not there yet
  }
}

beforeAll(async () => {
  home = await openHome();
  server = home.begin(['start'], { EARSHOT_HOST: 'localhost' });
  const line = await readyLine(server);
  link = new URL(line.match(/http:\S+$/)?.[0] ?? line);
});
afterAll(() => home.close());

describe('earshot start', () => {
  it('prints an address with a key, and is ready when it does', async () => {
    expect(link.searchParams.get('key')).toMatch(/^[\w-]{43}$/);
    expect(await (await fetch(new URL('/healthz', link))).json()).toEqual({ status: 'alive', version: '0.1.0' });
    const answer = await fetch(new URL('/readyz', link));
    expect(answer.status).toBe(200);
    const health = (await answer.json()) as Record<string, unknown>;
    expect(Object.keys(health)).toEqual(['status', 'version', 'troubles', 'store', 'sources']);
    // It sorts the sample at the same time: on a busy machine the records may be slow for a moment, and it says so.
    const now = async () => (await fetch(new URL('/readyz', link))).json();
    await expect
      .poll(now, { timeout: 30_000 })
      .toMatchObject({ status: 'ready', troubles: [], store: expect.stringContaining('SQLite') });
  });

  it('fills the inbox by itself, and the command line sees the same', async () => {
    const sorted = async () => (await home.run(['queue', '--limit', '100', '--json'])).json.length;
    await expect.poll(sorted, { timeout: 30_000, interval: 300 }).toBeGreaterThan(40);
    const health = await (await fetch(new URL('/readyz', link))).json();
    expect(health).toMatchObject({ sources: [{ id: 'sample', state: 'ok' }] });
  });

  it('shows the outage in the sample as one incident', { timeout: 70_000 }, async () => {
    const incidents = async () =>
      (await home.run(['incident', 'list', '--json'])).out.split('\n').filter(Boolean).length;
    await expect.poll(incidents, { timeout: 60_000, interval: 500 }).toBe(1);
  });

  it('is refused twice on the same data, and on a port that is taken', async () => {
    const twice = await home.run(['start']);
    expect(twice).toMatchObject({ code: 3, err: expect.stringMatching(/already running on .*EARSHOT_DATA/) });
    const other = { EARSHOT_DATA: join(home.dir, 'other'), EARSHOT_HOST: 'localhost', EARSHOT_PORT: link.port };
    const taken = await home.run(['start'], { env: other });
    expect(taken).toMatchObject({ code: 1, err: expect.stringMatching(/Port \d+ is taken.*EARSHOT_PORT/) });
    const nowhere = await home.run(['start'], { env: { ...other, EARSHOT_HOST: '203.0.113.9', EARSHOT_PORT: '0' } });
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringMatching(/no address "203.0.113.9".*EARSHOT_HOST/) });
  });

  it('goes on with the last good settings while an edit is broken, and no command writes over it', async () => {
    const good = await readFile(settings(), 'utf8');
    const broken = good.replace('"brand": {', '"brand": {{');
    await writeFile(settings(), broken);
    expect(await home.run(['queue', '--json'])).toMatchObject({
      code: 0,
      err: expect.stringMatching(/workspace\.json, line \d+, column \d+/),
    });
    const doctor = await home.run(['doctor', '--json']);
    expect(doctor.code).toBe(1);
    expect(doctor.json.filter(({ ok }) => !ok)).toMatchObject([{ what: 'settings' }]);
    expect(await readFile(settings(), 'utf8')).toBe(broken);
    await writeFile(settings(), good);
    expect((await home.run(['doctor', '--json'])).code).toBe(0);
  });

  it('backs up while it runs, and never over something that is there', async () => {
    const saved = await home.run(['backup', 'copy.db', '--json']);
    expect(saved.json).toMatchObject([{ file: join(home.dir, 'copy.db') }]);
    for (const target of ['copy.db', join(home.data, 'earshot.db')]) {
      expect(await home.run(['backup', target])).toMatchObject({
        code: 3,
        err: expect.stringContaining('there already'),
      });
    }
    const restored = join(home.dir, 'restored');
    await mkdir(restored);
    await cp(join(home.dir, 'copy.db'), join(restored, 'earshot.db'));
    const ids = async (env: Record<string, string>) =>
      (await home.run(['queue', '--all', '--limit', '100', '--json'], { env })).json.map(({ mention }) => mention.id);
    expect(await ids({ EARSHOT_DATA: restored })).toEqual(await ids({}));
  });

  it('serves another brand after one edit: drafts name it, and never the sample one', async () => {
    const document = JSON.parse(await readFile(settings(), 'utf8'));
    const brand = {
      product: 'Birch Wallet',
      names: ['Birch Wallet', '桦树钱包'],
      officialHandles: ['birch_help'],
      helpUrl: 'https://help.birch.example/',
      supportEmail: 'help@birch.example',
      allowedLinks: ['https://help.birch.example/'],
    };
    await writeFile(settings(), JSON.stringify({ ...document, brand, keywords: brand.names }));
    const posts = [
      'My top-up failed and the money is gone',
      'my account is locked',
      '转账失败了，对方没收到',
      '忘记密码了',
      '被骗了，账户被盗',
    ];
    await writeFile(join(home.dir, 'posts.jsonl'), jsonLines(posts.map((text, id) => ({ id: String(id), text }))));
    expect(await home.run(['import', 'posts.jsonl'])).toMatchObject({ code: 0 });
    const queued = (await home.run(['queue', '--all', '--source', 'import-posts-jsonl', '--json'])).json;
    expect(queued).toHaveLength(posts.length);
    const cases = await Promise.all(queued.map(({ mention }) => home.run(['show', mention.id, '--json'])));
    const drafts = cases.flatMap(({ json }) => json[0].drafts.map(({ text }: { text: string }) => text));
    expect(drafts.length).toBeGreaterThanOrEqual(4);
    expect(drafts.join('\n')).toMatch(/Birch Wallet|birch\.example/);
    expect(drafts.join('\n')).not.toMatch(/okpay/i);
  });

  it('stops in order when it is asked, also when a terminal asks twice at once', async () => {
    const gone = once(server, 'exit');
    server.kill('SIGINT');
    server.kill('SIGINT');
    expect(await gone).toEqual([0, null]);
    expect((await home.run(['doctor', '--json'])).code).toBe(0);
  });
});

describe('an import that is killed', () => {
  it('goes on where it was, and has everything once', async () => {
    const posts = Array.from({ length: 4000 }, (_, n) => ({ id: String(n), text: `Top-up no. ${n} failed` }));
    await writeFile(join(home.dir, 'many.jsonl'), jsonLines(posts));
    const env = { EARSHOT_DATA: join(home.dir, 'many') };
    const first = home.begin(['import', 'many.jsonl'], env);
    // Closed only once nobody holds its output any more: what it started may live a moment longer than it does.
    const gone = once(first, 'close');
    first.stdout?.resume();
    first.stderr?.resume();
    await expect.poll(() => heard(env.EARSHOT_DATA), { timeout: 30_000, interval: 20 }).toBeGreaterThan(0);
    killAll(first);
    await gone;

    const before = heard(env.EARSHOT_DATA);
    const again = await home.run(['import', 'many.jsonl', '--json'], { env });
    expect(again).toMatchObject({ code: 0, json: [{ state: 'ok', added: posts.length - before }] });
    expect(heard(env.EARSHOT_DATA)).toBe(posts.length);
  });
});
