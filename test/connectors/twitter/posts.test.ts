import { describe, expect, it } from 'vitest';
import { isNothingNew, type Me, mentionOf, PageOfPosts, postOf } from '../../../connectors/twitter/messages.ts';
import { faultsOf } from '../../contract/support.ts';
import { aroundX, MINUTE } from './support.ts';

const US: Me = { id: '42', username: 'OKPayHelp' };
const LONE = '\ud800';

/** One post as X would send it, read. */
function read(fields: object, page: object = {}) {
  const post = {
    id: '1990000000000000001',
    text: 'hi',
    author_id: '7',
    created_at: '2026-11-23T10:00:00.000Z',
    ...fields,
  };
  const item = postOf(post);
  if (!('post' in item)) throw new Error(item.reason);
  return mentionOf(item.post, PageOfPosts.parse({ data: [post], ...page }), US);
}

describe('a post', () => {
  it('is read whole when it is long', async () => {
    await using around = await aroundX();
    const text = `@OKPayHelp ${'充值失败了三次，'.repeat(100)}到底怎么办`;
    around.x.say('mei', text);
    expect((await around.read()).found[0]?.text).toBe(text);
  });

  it.each(['tweet', 'post'] as const)(
    'is understood in the words of before and after the renaming (%s)',
    async (spelling) => {
      await using around = await aroundX();
      around.x.spelling = spelling;
      const text = `@OKPayHelp ${'long '.repeat(100)}end`;
      const first = around.x.say('mei', 'first');
      const { id } = around.x.say('mei', text, { repliesTo: first.id });
      around.clock.time += MINUTE;
      around.x.posts.edit(id, `${text}!`, around.clock.time);
      around.x.say('bot', '@OKPayHelp reposted', { reposts: first.id });
      const { found } = await around.read();
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ nativeId: id, text: `${text}!`, parentId: first.id, conversationId: first.id });
    },
  );

  it('has its links written out, and its three escaped characters read', () => {
    const urls = [{ url: 'https://t.co/abc', expanded_url: 'https://okpay-refund.example/$&/claim' }];
    const { text } = read({ text: 'I &lt;3 A&amp;amp;B https://t.co/abc', entities: { urls } });
    expect(text).toBe('I <3 A&amp;B https://okpay-refund.example/$&/claim');
  });

  it('does not let a link out that is no web address', () => {
    const urls = [{ url: 'https://t.co/abc', expanded_url: 'javascript:alert(1)' }];
    expect(read({ text: 'see https://t.co/abc', entities: { urls } }).text).toBe('see https://t.co/abc');
  });

  it('shows what it quotes, marked as the words of somebody else', () => {
    const quoted = { id: '5', text: 'fees doubled\n&gt; again', author_id: '8' };
    const includes = { tweets: [quoted], users: [{ id: '8', username: 'nils', name: 'Nils' }] };
    const { text } = read({ text: 'same here', referenced_tweets: [{ type: 'quoted', id: '5' }] }, { includes });
    expect(text).toBe('same here\n> @nils: fees doubled\n> > again');
  });

  it('keeps ids that are larger than numbers', () => {
    expect(read({ id: '9007199254740993123' }).nativeId).toBe('9007199254740993123');
  });

  it.each([{ id: 1.99e18 }, { id: 'abc' }, { text: undefined }])(
    'is left out with a reason when it cannot be trusted: %j',
    (fields) => {
      expect(postOf({ id: '1', text: 'x', ...fields })).toMatchObject({ reason: expect.stringMatching(/\w/) });
    },
  );

  it('survives strange fields that it can do without', () => {
    const strange = { entities: 7, note_tweet: 'no', lang: 3, edit_history_tweet_ids: ['x'], created_at: 'yesterday' };
    expect(read(strange)).toMatchObject({ text: 'hi', nativeId: '1990000000000000001' });
  });

  it('is fit for the store whatever people write', () => {
    const texts = [`a${LONE}b`, '\u202e!tfel', '<script>alert(1)</script>', 'x\0y', '长'.repeat(2_000_000)];
    const users = [{ id: '7', username: 'mei', name: `M${LONE}ei\0` }];
    for (const text of texts) expect(faultsOf(read({ text }, { includes: { users } }))).toEqual([]);
  });

  it('names the languages that are languages', () => {
    expect(read({ lang: 'zh' }).langHint).toBe('zh');
    for (const lang of ['und', 'qme', 'zxx']) expect(read({ lang })).not.toHaveProperty('langHint');
  });
});

describe('edits', () => {
  it('make one mention out of six versions, under the id of the first', async () => {
    await using around = await aroundX();
    const { id } = around.x.say('mei', '@OKPayHelp v0');
    await around.read();
    let newest = id;
    for (let version = 1; version <= 5; version++) {
      around.clock.time += MINUTE;
      newest = around.x.posts.edit(newest, `@OKPayHelp v${version}`, around.clock.time).id;
      const { found } = await around.read();
      expect(found.map(({ nativeId, text }) => [nativeId, text])).toEqual([[id, `@OKPayHelp v${version}`]]);
      expect(found[0]).toMatchObject({ replyRef: newest, editedAt: expect.any(Number) });
    }
  });

  it('leave out a version that is not the newest', () => {
    const outdated = (history: string[]) => {
      const item = postOf({ id: '10', text: 'x', edit_history_tweet_ids: history });
      return 'post' in item && isNothingNew(item.post);
    };
    expect(outdated(['10', '11'])).toBe(true);
    expect(outdated(['9', '10'])).toBe(false);
  });
});
