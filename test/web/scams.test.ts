import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWebBench, type Person, type WebBench } from './support.ts';

let bench: WebBench;
let mei: Person;
beforeEach(async () => {
  bench = await openWebBench();
  mei = await bench.signIn();
});
afterEach(() => bench.close());

const SCAMMER = { id: 'u-7', handle: 'wallet_helpdesk', name: 'Wallet Helpdesk', url: 'https://forum.example/u/7' };
const CONVERSATION = { conversationId: 'topic-1' };

/** A customer asks, and a minute later somebody poses as us below. */
async function scene() {
  const minute = 60_000;
  const at = bench.clock.now();
  const victim = (
    await bench.drafted({
      ...CONVERSATION,
      nativeId: 'victim',
      author: { id: 'kim' },
      text: 'My top-up is missing',
      saidAt: at,
      url: 'https://forum.example/1',
    })
  ).mention;
  const post = (
    await bench.drafted(
      {
        ...CONVERSATION,
        nativeId: 'bait',
        parentId: 'victim',
        author: SCAMMER,
        text: 'Write to me at help@wallet-desk.example, I get your money back',
        saidAt: at + minute,
        url: 'https://forum.example/2',
      },
      {
        scam: 0.9,
        scamReasons: ['Offers to get lost money back for others'],
        personal: [{ kind: 'email', start: 15, end: 39 }],
      },
    )
  ).mention;
  return { victim, post, account: { connector: post.connector, authorId: 'u-7' } };
}
const fileOf = ({ connector, authorId }: { connector: string; authorId: string }) =>
  mei.get(`/suspects/file?connector=${connector}&authorId=${authorId}`);

describe('scam watch', () => {
  it('lists who looks like a scammer, with the look-alike score and the evidence', async () => {
    const { victim, post, account } = await scene();
    const { json } = await mei.get('/suspects');
    expect(json).toMatchObject([
      {
        suspect: { ...account, state: 'suspected', posts: 1, likely: 1, scam: 0.9 },
        lookAlike: { score: 0.9, reason: expect.stringContaining('poses as support') },
      },
    ]);
    const file = (await fileOf(account)).json;
    expect(file.posts).toMatchObject([{ row: { mention: { id: post.id } }, under: { id: victim.id } }]);
    expect(file.posts[0].row.mention.text).not.toContain('help@wallet-desk.example');
  });

  it('a confirmation is named, in the log without the account, flags later posts, and can be taken back', async () => {
    const { account } = await scene();
    const confirm = { ...account, from: 'suspected', to: 'confirmed' };
    const answer = await mei.post('/suspects/judge', confirm);
    expect(answer.json.suspect).toMatchObject({ state: 'confirmed', by: 'Mei' });
    const later = await bench.heard({ nativeId: 'later', author: SCAMMER, text: 'Anybody else?' });
    expect((await mei.get(`/mentions/${later.id}`)).json.mention.confirmedScammer).toBe(true);
    const [event] = (await bench.store.audit(0, 100)).filter(({ action }) => action === 'scam-confirmed');
    expect(event).toMatchObject({ actor: 'Mei', detail: { before: 'suspected', after: 'confirmed' } });
    expect(JSON.stringify(event)).not.toMatch(/u-7|wallet_helpdesk/);

    expect((await mei.post('/suspects/judge', confirm)).status).toBe(409);
    await mei.post('/suspects/judge', { ...account, from: 'confirmed', to: 'suspected' });
    expect((await mei.get(`/mentions/${later.id}`)).json.mention.confirmedScammer).toBeUndefined();
  });

  it('somebody whom the sorting missed can be confirmed as well', async () => {
    const { victim } = await scene();
    const account = { connector: victim.connector, authorId: 'kim' };
    expect((await fileOf(account)).json.suspect).toMatchObject({ state: 'suspected', likely: 0 });
    await mei.post('/suspects/judge', { ...account, from: 'suspected', to: 'confirmed' });
    expect((await mei.get('/suspects')).json).toHaveLength(2);
    const back = await mei.post('/suspects/judge', { ...account, from: 'confirmed', to: 'suspected' });
    expect(back.json.suspect.state).toBe('suspected');
    expect((await mei.get('/suspects')).json).toHaveLength(1);
  });

  it('one that is cleared is listed apart', async () => {
    const { account } = await scene();
    await mei.post('/suspects/judge', { ...account, from: 'suspected', to: 'cleared' });
    expect((await mei.get('/suspects')).json).toEqual([]);
    expect((await mei.get('/suspects?cleared=true')).json).toMatchObject([{ suspect: { state: 'cleared' } }]);
  });

  it('writes a report for the platform, with what it needs and nothing private, and records that', async () => {
    const { account } = await scene();
    await mei.post('/suspects/judge', { ...account, from: 'suspected', to: 'confirmed' });
    const { json } = await mei.post('/suspects/takedown', account);
    expect(json.at).toBe('https://forum.example/report');
    for (const part of [
      'Account impersonating Wallet',
      '@wallet_helpdesk',
      'u-7',
      'https://forum.example/u/7',
      'https://forum.example/2',
      'https://forum.example/1',
      'Offers to get lost money back for others',
      'confirmed by Mei',
      '2026-11-20 09:01 UTC',
      'The forum asks for links.',
    ])
      expect(json.text).toContain(part);
    expect(json.text).not.toContain('help@wallet-desk.example');
    const events = await bench.store.audit(0, 100);
    expect(events.at(-1)).toMatchObject({ actor: 'Mei', action: 'takedown-written' });
  });

  it('drafts a warning below the customer’s post, also where it is answered already', async () => {
    const { victim } = await scene();
    const warned = await mei.post('/suspects/warn', { mentionId: victim.id, version: victim.version });
    expect(warned.json.drafts.at(-1)).toMatchObject({ revision: 2, template: { id: 'scam-warning/en' } });
    expect((await mei.post('/suspects/warn', { mentionId: victim.id, version: victim.version })).status).toBe(409);

    const { mention } = await bench.drafted({ permission: { how: 'by-hand', why: 'no API' } });
    await mei.post(`/mentions/${mention.id}/approve`, { version: mention.version, revision: 1 });
    const { version } = (await bench.caseOf(mention.id)).mention;
    const answered = (await mei.post(`/mentions/${mention.id}/posted`, { version })).json.mention;
    expect(answered.state).toBe('posted');
    const again = await mei.post('/suspects/warn', { mentionId: answered.id, version: answered.version });
    expect(again.json.mention.state).toBe('drafted');
    expect(again.json.drafts).toHaveLength(2);
  });

  it('asks for the right to it, and says so where there is nobody of the kind', async () => {
    const { account, victim } = await scene();
    const viewer = await bench.signIn('Vera', 'viewer');
    expect((await viewer.get('/suspects')).status).toBe(200);
    expect((await viewer.post('/suspects/judge', { ...account, from: 'suspected', to: 'confirmed' })).status).toBe(403);
    expect((await viewer.post('/suspects/takedown', account)).status).toBe(403);
    expect((await viewer.post('/suspects/warn', { mentionId: victim.id, version: victim.version })).status).toBe(403);
    expect((await fileOf({ connector: 'forum', authorId: 'nobody' })).status).toBe(404);
    const answer = await mei.post('/suspects/judge', {
      ...account,
      authorId: 'nobody',
      from: 'suspected',
      to: 'confirmed',
    });
    expect(answer.status).toBe(404);
  });
});
