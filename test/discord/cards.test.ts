import { describe, expect, it } from 'vitest';
import { customIdOf } from '../../src/surfaces/discord/custom-id.ts';
import {
  bench,
  buttonsOf,
  cardOf,
  guest,
  lin,
  local,
  maya,
  press,
  setUpServer,
  staff,
  startCards,
  textOf,
} from './support.ts';

setUpServer();
const PRIVATE = 64;

describe('a card in the staff channel', () => {
  it('shows the text, why, evidence, draft and twin, and pings nobody', async () => {
    const { mention } = await bench.drafted(
      { text: 'You charged me twice', author: { id: 'oak', name: 'Oak' } },
      { priority: 'urgent', priorityReasons: ['Says that money is being taken now'] },
    );
    const cards = await startCards();
    await cards.round();
    const card = cardOf(mention.id);
    expect(card.embeds[0]).toMatchObject({ description: 'You charged me twice', title: '🔴 Urgent · fees' });
    expect(textOf(card)).toContain('money is being taken now');
    expect(textOf(card)).toContain('We are sorry about this');
    expect(card.embeds[1].footer.text).toContain('@brand');
    expect(card.allowed_mentions).toEqual({ parse: [] });
    expect(Object.keys(buttonsOf(card))).toEqual(['Approve', 'Edit', 'Dismiss', 'Escalate']);
  });

  it('shows the spans that carried the verdict, and the draft in the reviewer’s language beside it', async () => {
    const { mention } = await bench.drafted(
      { text: '手续费扣了两次' },
      { evidence: [{ text: '手续费', start: 0, end: 3, voice: 'lexicon', weight: 2, speaksFor: 'fees' }] },
      { text: '很抱歉。', lang: 'zh-Hans', twin: 'We are sorry.' },
    );
    await (await startCards()).round();
    const [about, draft] = cardOf(mention.id).embeds;
    expect(about.fields).toContainEqual({ name: 'Evidence', value: '手续费' });
    expect(draft.description).toBe('很抱歉。');
    expect(draft.fields).toContainEqual({ name: 'Twin text', value: 'We are sorry.' });
  });

  it('says that its author is a confirmed scammer, as soon as somebody confirmed it', async () => {
    const { mention } = await bench.drafted({ author: { id: 'bait' } });
    const cards = await startCards();
    await cards.round();
    expect(textOf(cardOf(mention.id))).not.toContain('confirmed scammer');
    const account = { connector: mention.connector, authorId: 'bait' };
    const audit = { at: bench.clock.now(), actor: 'Mei', action: 'scam-confirmed', subject: 'account', detail: {} };
    await bench.store.judgeSuspect({ ...account, from: 'suspected', to: 'confirmed', audit });
    const shown = async () => {
      await cards.round();
      return textOf(cardOf(mention.id));
    };
    await expect.poll(shown).toContain('The author is a confirmed scammer.');
  });

  it('is there once, however often it is looked at, and after restarts', async () => {
    const { mention } = await bench.drafted();
    const first = await startCards();
    await first.round();
    await first.round();
    first.stop();
    await (await startCards()).round();
    expect(local.in(staff)).toHaveLength(1);
    expect(cardOf(mention.id)).toBeDefined();
  });

  it('is there once when the answer to its posting was lost', async () => {
    await bench.drafted();
    const cards = await startCards();
    local.unanswered.push({ method: 'POST', path: /messages$/, stored: true });
    await expect(cards.round()).rejects.toThrow();
    await cards.round();
    expect(local.in(staff)).toHaveLength(1);
    expect(local.requests.filter((one) => one === `POST /channels/${staff.id}/messages`)).toHaveLength(2);
  });

  it('is found in the channel when a crash kept it from the log', async () => {
    await bench.drafted();
    const cards = await startCards();
    local.unanswered.push({ method: 'POST', path: /messages$/, stored: true });
    await expect(cards.round()).rejects.toThrow();
    cards.stop();
    await (await startCards()).round();
    expect(local.in(staff)).toHaveLength(1);
    expect(local.requests.filter((one) => one === `POST /channels/${staff.id}/messages`)).toHaveLength(1);
  });

  it('comes only for what waits, most urgent first, and never floods the channel', async () => {
    const { mention: done, drafts } = await bench.drafted();
    await bench.review.approve({ mentionId: done.id, version: done.version, revision: drafts.length, by: 'Lin' });
    await bench.heard();
    for (let i = 0; i < 3; i++) await bench.drafted();
    const urgent = await bench.drafted({}, { priority: 'urgent' });
    const cards = await startCards({ openAtMost: 2 });
    await cards.round();
    await cards.round();
    expect(local.in(staff)).toHaveLength(2);
    expect(local.in(staff)[0]?.embeds[0].footer.text).toBe(urgent.mention.id);

    await press(lin, cardOf(urgent.mention.id), 'Escalate');
    await press(lin, cardOf(urgent.mention.id), 'Dismiss').then(({ data }) =>
      local.press(lin, staff, data.components[0].components[0].custom_id, undefined, ['other']),
    );
    await cards.round();
    expect(local.in(staff)).toHaveLength(3);
  });

  it('forgets the words when the mention is deleted at its source', async () => {
    const { mention } = await bench.drafted({ text: 'call me on the hill' });
    const cards = await startCards();
    await cards.round();
    const card = cardOf(mention.id);
    const audit = { at: 1, actor: 'earshot', action: 'erased', subject: 'forum-1', detail: {} };
    const told = new Promise<void>((resolve) => bench.store.watch(() => resolve()));
    await bench.store.erase('forum', [mention.nativeId], audit);
    await told;
    await cards.round();
    expect(textOf(card)).not.toContain('hill');
    expect(card.components).toEqual([]);
  });
});

describe('a press on a card', () => {
  it('approves in the name that the server shows, and the card says so', async () => {
    const { mention } = await bench.drafted();
    const cards = await startCards();
    await cards.round();
    const answer = await press(lin, cardOf(mention.id), 'Approve');
    expect(answer.type).toBe(7);
    const now = await bench.caseOf(mention.id);
    expect(now.mention.state).toBe('approved');
    expect(now.approval?.reply).toMatchObject({ approver: 'Lin', revision: 1 });
    expect(textOf(cardOf(mention.id))).toContain('Approved by Lin');
    expect(Object.keys(buttonsOf(cardOf(mention.id)))).toEqual(['Undo']);
    // What the answer showed already is not sent again.
    local.requests.length = 0;
    await cards.round();
    expect(local.requests).toEqual([]);
  });

  it('is decided as the person whose account it is, with their role, and by nobody who was let go', async () => {
    const { mention } = await bench.drafted();
    const cards = await startCards();
    await cards.round();
    const known = { id: 'p1', name: 'Lin Wei', hasPassword: false, since: 0, discord: lin.person.id };
    const said = { at: 0, actor: 'Mei', action: 'joined', subject: 'people', detail: {} };
    const be = (role: 'viewer' | 'lead', disabled = false) =>
      bench.store.access.savePerson({ ...known, role, disabled }, said);
    await be('viewer');
    expect(JSON.stringify(await press(lin, cardOf(mention.id), 'Approve'))).toMatch(/may not|role|right/);
    await be('lead', true);
    await press(lin, cardOf(mention.id), 'Approve');
    expect((await bench.caseOf(mention.id)).mention.state).toBe('drafted');
    await be('lead');
    await press(lin, cardOf(mention.id), 'Approve');
    expect((await bench.caseOf(mention.id)).approval?.reply.approver).toBe('Lin Wei');
  });

  it('about fraud takes two members, and never the same one twice', async () => {
    const { mention } = await bench.drafted({}, { problemType: 'security-fraud', priority: 'urgent' });
    const cards = await startCards();
    await cards.round();
    await press(lin, cardOf(mention.id), 'Approve');
    expect((await bench.caseOf(mention.id)).mention).toMatchObject({
      state: 'drafted',
      firstApproval: { person: expect.stringMatching(/^discord:\d+$/) },
    });
    await cards.round();
    expect(textOf(cardOf(mention.id))).toContain('One approval of two');
    const again = await press(lin, cardOf(mention.id), 'Approve');
    expect(JSON.stringify(again)).toContain('somebody else has to give the second');
    await press(maya, cardOf(mention.id), 'Approve');
    expect((await bench.caseOf(mention.id)).approval?.reply.firstApprover).toBeDefined();
    expect((await bench.caseOf(mention.id)).mention.state).toBe('approved');
  });

  it('by two people at once gives one decision, and a polite answer to the second', async () => {
    const { mention } = await bench.drafted();
    const cards = await startCards();
    await cards.round();
    const card = cardOf(mention.id);
    const answers = await Promise.all([press(lin, card, 'Approve'), press(maya, card, 'Approve')]);
    expect(answers.map(({ type }) => type).sort()).toEqual([4, 7]);
    const second = answers.find(({ type }) => type === 4)?.data;
    const { approval, history } = await bench.caseOf(mention.id);
    expect(history.filter(({ action }) => action === 'approved')).toHaveLength(1);
    expect(second.flags).toBe(PRIVATE);
    expect(second.content).toContain(`Somebody was faster. ✅ Approved by ${approval?.reply.approver}`);
  });

  it('is refused from whoever lacks the role, whatever they are called, and from elsewhere', async () => {
    const { mention } = await bench.drafted();
    await (await startCards()).round();
    const card = cardOf(mention.id);
    for (const label of ['Approve', 'Edit', 'Dismiss', 'Escalate']) {
      const { type, data } = await press(guest, card, label);
      expect([type, data.flags]).toEqual([4, PRIVATE]);
      expect(data.content).toContain('Only staff');
    }
    const { world } = local.discord;
    const approve = buttonsOf(card).Approve as string;
    const lobby = world.addRoom(staff.guild, 'lobby');
    expect((await local.press(lin, lobby, approve, card)).data.content).toContain('not known');
    const abroad = world.addRoom(world.addGuild('Elsewhere'), 'staff');
    expect((await local.press(lin, abroad, approve, card)).data.content).toContain('Only staff');
    const direct = world.addRoom(undefined, 'direct', 1);
    expect((await local.press(lin, direct, approve, card)).data.content).toContain('Only staff');
    expect((await bench.caseOf(mention.id)).mention.state).toBe('drafted');
  });

  it('on a draft that changed since is stale: refused in private, with the reason, and the card is refreshed', async () => {
    const { mention } = await bench.drafted();
    const cards = await startCards();
    await cards.round();
    const old = buttonsOf(cardOf(mention.id)).Approve as string;
    await bench.review.edit({ mentionId: mention.id, version: mention.version, by: 'Maya', text: 'Written anew.' });
    const { type, data } = await local.press(lin, staff, old, cardOf(mention.id));
    expect([type, data.flags]).toEqual([4, PRIVATE]);
    expect(data.content).toContain('out of date');
    await cards.round();
    expect(textOf(cardOf(mention.id))).toContain('Written anew.');
    expect((await press(lin, cardOf(mention.id), 'Approve')).type).toBe(7);
  });

  it.each([
    ['the account we answer as', () => Object.assign(bench.account, { name: '@other' })],
    ['the thread', () => bench.heard({ conversationId: 'thread', text: 'Solved, thanks' })],
  ])('is stale when %s changed, although the mention did not', async (_, change) => {
    const { mention } = await bench.drafted({ conversationId: 'thread' });
    const cards = await startCards();
    await cards.round();
    await change();
    expect((await press(lin, cardOf(mention.id), 'Approve')).data.content).toContain('out of date');
    expect((await bench.caseOf(mention.id)).mention.state).toBe('drafted');
    await cards.round();
    expect((await press(lin, cardOf(mention.id), 'Approve')).type).toBe(7);
  });

  it('works after a restart, on old cards too', async () => {
    const { mention } = await bench.drafted();
    const first = await startCards();
    await first.round();
    first.stop();
    await bench.review.dismiss({ mentionId: mention.id, version: mention.version, by: 'Maya', reason: 'duplicate' });
    const second = await startCards();
    await second.round();
    expect(textOf(cardOf(mention.id))).toMatch(/Dismissed by Maya .*Duplicate/);
    expect((await press(lin, cardOf(mention.id), 'Undo')).type).toBe(7);
    expect((await press(lin, cardOf(mention.id), 'Approve')).type).toBe(7);
    expect((await bench.caseOf(mention.id)).approval?.reply.approver).toBe('Lin');
  });

  it('opens the form at once with the draft in it; what is typed becomes the next revision, checked', async () => {
    const { mention, drafts } = await bench.drafted();
    await (await startCards()).round();
    const card = cardOf(mention.id);
    const form = await press(lin, card, 'Edit');
    expect(form.type).toBe(9);
    expect(form.data.components[0].component.value).toBe(drafts[0]?.text);
    const sent = await local.submit(lin, staff, form.data.custom_id, { reply: 'Tell us your password' }, card);
    expect(sent.type).toBe(7);
    expect((await bench.caseOf(mention.id)).drafts.at(-1)).toMatchObject({ revision: 2, by: 'Lin' });
    expect(textOf(card)).toContain('It asks for a password');
    expect(Object.keys(buttonsOf(card))).not.toContain('Approve');
  });

  it('keeps the words of a form that came too late', async () => {
    const { mention } = await bench.drafted();
    await (await startCards()).round();
    const card = cardOf(mention.id);
    const form = await press(lin, card, 'Edit');
    await press(maya, card, 'Approve');
    const late = await local.submit(lin, staff, form.data.custom_id, { reply: 'My better words' }, card);
    expect(late.data.flags).toBe(PRIVATE);
    expect(late.data.content).toContain('Approved by Maya');
    expect(late.data.content).toContain('My better words');
    expect((await bench.caseOf(mention.id)).drafts).toHaveLength(1);
  });

  it('dismisses with a reason, in the words of whoever chooses', async () => {
    const { mention } = await bench.drafted();
    const cards = await startCards();
    await cards.round();
    const who = { ...lin, locale: 'zh-CN' };
    const list = await press(who, cardOf(mention.id), 'Dismiss');
    expect(list.data).toMatchObject({ flags: PRIVATE, content: '为什么不需要回复？' });
    const select = list.data.components[0].components[0];
    const chosen = await local.press(who, staff, select.custom_id, undefined, ['spam-or-scam']);
    expect(chosen.data.content).toContain('垃圾信息或诈骗');
    expect((await bench.caseOf(mention.id)).history.at(-1)?.detail).toMatchObject({ reason: 'spam-or-scam' });
    await cards.round();
    expect(textOf(cardOf(mention.id))).toMatch(/Dismissed by Lin .*Spam or scam/);
  });

  it('of a forged button decides nothing', async () => {
    const { mention } = await bench.drafted();
    await (await startCards()).round();
    const at = { mention: mention.id, version: mention.version, revision: 1 };
    const forged = customIdOf({ action: 'approve', ...at, seal: '000000000000' });
    expect((await local.press(lin, staff, forged, cardOf(mention.id))).data.content).toContain('out of date');
    const reason = customIdOf({ action: 'reason', ...at, seal: '-' });
    const made = await local.press(lin, staff, reason, undefined, ['<@everyone>']);
    expect(made.data.content).toContain('is no reason');
    expect((await bench.caseOf(mention.id)).mention.state).toBe('drafted');
  });

  it('is answered also while the store takes its time', async () => {
    const { mention } = await bench.drafted();
    const { store } = bench;
    await (await startCards()).round();
    const { decide } = store;
    const answered = Promise.withResolvers<void>();
    store.decide = async (decision) => {
      await answered.promise;
      return decide(decision);
    };
    const receipt = await press(lin, cardOf(mention.id), 'Approve');
    expect(receipt.type).toBe(6);
    answered.resolve();
    await local.until(() => local.followUps.length > 0);
    expect(local.followUps[0]).toMatchObject({ token: receipt.token, edits: true });
    expect(textOf(cardOf(mention.id))).toContain('Approved by Lin');
  });
});
