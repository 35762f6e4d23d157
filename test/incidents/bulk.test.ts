import { beforeEach, expect, it } from 'vitest';
import type { Incident } from '../../src/core/incidents.ts';
import type { MentionId } from '../../src/core/nouns.ts';
import { type IncidentDesk, openDesk } from '../../src/incidents/index.ts';
import { accountOf } from '../platforms/desk.ts';
import { openForum } from '../platforms/open-forum.ts';
import { answerThrough, clock, desk, forum, hear, run, SECOND, setUpPosting, store } from '../platforms/posting.ts';

setUpPosting();

const PACE = 30 * SECOND;
const WORDINGS = {
  answer: {
    zh: ['充值暂时失败，我们正在处理。'],
    en: ['Top-ups fail for now; we are on it.', 'We know of failed top-ups.'],
  },
  solved: { zh: ['充值已恢复。'], en: ['Top-ups work again.'] },
};

let incidents: IncidentDesk;
let incident: Incident;
let ids: MentionId[];

/** Four people wrote on one forum; somebody made an incident of it. */
beforeEach(async () => {
  for (let n = 1; n <= 4; n++) forum.say(`lena_${n}`, `My top-up failed (${n})`);
  const source = openForum(forum, 'look-up', { clock });
  answerThrough(source);
  await hear();
  await desk.sortAll();
  const { review, templates } = desk;
  incidents = openDesk({
    ...{ store, clock, review, templates, accountOf },
    sourceOf: () => source,
    toTraditional: (text) => text,
    paceMs: () => PACE,
    wordings: (kind) => WORDINGS[kind],
  });
  const { rows } = await store.queue({ states: ['drafted'], limit: 10 });
  ids = rows.map(({ mention }) => mention.id);
  incident = await incidents.start({ mentionIds: ids, by: 'Lin' });
});

/** Approves what the list shows, or only some of it. */
async function approve(kind: 'answer' | 'solved' = 'answer', only: readonly MentionId[] = ids) {
  const rows = (await incidents.plan(incident.id, kind)).filter(({ mentionId }) => only.includes(mentionId));
  const { revision } = (await incidents.find(incident.id)).incident[kind];
  const seen = rows.map(({ mentionId, version, text = '' }) => ({ mentionId, version, text }));
  return incidents.approve({ id: incident.id, by: 'Lin', kind, revision, rows: seen });
}

/** One pass of the outbox, at this time after the approval. */
async function sentBy(ms: number): Promise<number> {
  clock.pass(ms);
  await run();
  return forum.replies.length;
}

const states = async () => Promise.all(ids.map(async (id) => (await desk.see(id)).mention.state));

it('replies on one platform go out one at a time, each in words of its own', async () => {
  const results = await approve();
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('approved'));
  expect([await sentBy(0), await sentBy(PACE - 1), await sentBy(1), await sentBy(PACE), await sentBy(PACE)]).toEqual([
    1, 1, 2, 3, 4,
  ]);
  expect(new Set(forum.replies.map(({ body }) => body)).size).toBe(4);
  expect(new Set(forum.replies.map(({ parentId }) => parentId)).size).toBe(4);
});

it('closing it stops what has not gone out yet, and says why', async () => {
  await approve();
  expect(await sentBy(PACE)).toBe(2);
  await incidents.close({ id: incident.id, reason: 'solved', by: 'Mei' });
  expect(await sentBy(10 * PACE)).toBe(2);
  expect((await states()).toSorted()).toEqual(['drafted', 'drafted', 'posted', 'posted']);
  const stopped = (await store.outbox(['void'], 10)).map(({ reason }) => reason);
  expect(stopped).toEqual(Array(2).fill('The incident was closed before this was sent.'));
  await expect(approve()).rejects.toThrow('This incident is closed, so nothing more is sent for it.');
});

it('a changed reply stops the old words, and the new ones go to those who have none', async () => {
  await approve();
  expect(await sentBy(0)).toBe(1);
  const { version } = (await incidents.find(incident.id)).incident;
  const words = { zh: ['充值将在今晚恢复。'], en: ['Top-ups will work again tonight.'] };
  await incidents.edit({ id: incident.id, version, kind: 'answer', ...words, by: 'Mei' });
  expect(await sentBy(10 * PACE)).toBe(1);
  expect((await incidents.plan(incident.id, 'answer')).map(({ how }) => how).toSorted()).toEqual([
    ...Array(3).fill('api'),
    'done',
  ]);
  await approve();
  await sentBy(0);
  await sentBy(PACE);
  expect(await sentBy(PACE)).toBe(4);
  expect(forum.replies.filter(({ body }) => body.includes('tonight'))).toHaveLength(3);
});

it('a list that is older than the reply lets nothing out', async () => {
  const rows = await incidents.plan(incident.id, 'answer');
  const seen = rows.map(({ mentionId, version, text = '' }) => ({ mentionId, version, text }));
  const { version } = incident;
  await incidents.edit({ id: incident.id, version, kind: 'answer', zh: ['稍候。'], en: ['One moment.'], by: 'Mei' });
  const asked = { id: incident.id, by: 'Lin', kind: 'answer' as const, rows: seen };
  await expect(incidents.approve({ ...asked, revision: 1 })).rejects.toThrow(/changed the reply to everybody/);
  const results = await incidents.approve({ ...asked, revision: 2 });
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(4).fill('refused'));
  expect(await sentBy(10 * PACE)).toBe(0);
});

it('opened again, it can be answered again; nobody is told that it is over, and what went out stays', async () => {
  const [first = ''] = ids;
  await approve('answer', [first]);
  expect(await sentBy(PACE)).toBe(1);
  await approve();
  await incidents.close({ id: incident.id, reason: 'solved', by: 'Mei' });
  await approve('solved', [first]);
  const open = await incidents.reopen({ id: incident.id, by: 'Mei' });
  expect(open).toMatchObject({ state: 'open' });
  expect([open.closedAt, open.closedBy, open.closeReason]).toEqual([undefined, undefined, undefined]);
  expect(await sentBy(10 * PACE)).toBe(1);
  const results = await approve('answer', ids.slice(1));
  expect(results.map(({ outcome }) => outcome)).toEqual(Array(3).fill('approved'));
  await sentBy(0);
  await sentBy(PACE);
  expect(await sentBy(PACE)).toBe(4);
});

it('a mention that is in another incident by now stays there, and after a day none is opened again', async () => {
  const [first = ''] = ids;
  await incidents.close({ id: incident.id, reason: 'false-alarm', by: 'Mei' });
  clock.pass(SECOND);
  const other = await incidents.start({ mentionIds: [first], by: 'Lin' });
  await incidents.reopen({ id: incident.id, by: 'Mei' });
  const inIt = async (id: string) => (await incidents.find(id)).members.map(({ mentionId }) => mentionId);
  expect(await inIt(other.id)).toEqual([first]);
  expect((await inIt(incident.id)).toSorted()).toEqual(ids.slice(1).toSorted());
  await incidents.close({ id: incident.id, reason: 'other', by: 'Mei' });
  clock.pass(86_400_001);
  await expect(incidents.reopen({ id: incident.id, by: 'Mei' })).rejects.toThrow('closed more than a day ago');
});

it('once it is solved, those who were answered are told so, once, and nobody else', async () => {
  const [first = '', second = ''] = ids;
  await approve('answer', [first, second]);
  await expect(approve('solved')).rejects.toThrow('Only when an incident is closed as solved');
  expect(await sentBy(PACE)).toBe(2);
  await incidents.close({ id: incident.id, reason: 'solved', by: 'Mei' });
  await approve('solved', [first, second]);
  await sentBy(0);
  expect(await sentBy(PACE)).toBe(4);
  expect(forum.replies.slice(2).every(({ body }) => body.includes('Top-ups work again'))).toBe(true);
  const plan = await incidents.plan(incident.id, 'solved');
  expect(plan.map(({ how }) => how).toSorted()).toEqual(['cannot', 'cannot', 'done', 'done']);
});
