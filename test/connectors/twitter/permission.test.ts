import { describe, expect, it } from 'vitest';
import { type Me, type PageOfPosts, permissionFor, postOf } from '../../../connectors/twitter/messages.ts';

const US: Me = { id: '42', username: 'OKPayHelp' };

function allowed(fields: object, quoted: object[] = []) {
  const parse = (value: object) => {
    const read = postOf({ id: '1', text: '', author_id: '7', ...value });
    if (!('post' in read)) throw new Error(read.reason);
    return read.post;
  };
  return permissionFor(parse(fields), { quoted: quoted.map(parse) } as Pick<PageOfPosts, 'quoted'>, US);
}
const quotes = { referenced_tweets: [{ type: 'quoted', id: '5' }] };

describe('a reply by program is allowed', () => {
  it.each([
    ['by its entities', { text: '', entities: { mentions: [{ username: 'okpayhelp' }] } }],
    ['by the id in its entities', { text: '', entities: { mentions: [{ username: 'renamed', id: '42' }] } }],
    ['by its text alone', { text: '充值失败@OKPayHelp，救命' }],
    [
      'at the head of an answer to us',
      { text: '@OKPayHelp still waiting', referenced_tweets: [{ type: 'replied_to', id: '9' }] },
    ],
    ['in the hidden part of a long post', { text: 'long…', note_tweet: { text: 'long and longer @okpayhelp' } }],
  ])('where the author mentions us: %s', (_, fields) => {
    expect(allowed(fields)).toEqual({ how: 'api' });
  });

  it('where the author quotes a post of ours', () => {
    expect(allowed(quotes, [{ id: '5', author_id: '42' }])).toEqual({ how: 'api' });
    const urls = [{ url: 'https://t.co/x', expanded_url: 'https://x.com/OKPayHelp/status/5' }];
    expect(allowed({ ...quotes, entities: { urls } })).toEqual({ how: 'api' });
  });

  it('where only mentioned accounts may reply, and we are', () => {
    expect(allowed({ text: '@OKPayHelp', reply_settings: 'mentionedUsers' })).toEqual({ how: 'api' });
  });
});

describe('a reply is left to a person, with the reason', () => {
  it.each([
    ['a keyword alone', { text: 'OKPay ate my money' }],
    ['a name that only begins like ours', { text: '@OKPayHelpDesk hi' }],
    ['a look-alike', { text: '@0KPayHelp hi' }],
    ['an e-mail address', { text: 'me@OKPayHelp.example' }],
    [
      'a link to a post of ours that is not quoted',
      { entities: { urls: [{ url: 'a', expanded_url: 'https://x.com/OKPayHelp/status/5' }] } },
    ],
    [
      'a link that hides whose post is quoted',
      {
        ...quotes,
        entities: { urls: [{ url: 'a', expanded_url: 'https://evil.example/https://x.com/OKPayHelp/status/5' }] },
      },
    ],
  ])('%s', (_, fields) => {
    expect(allowed(fields)).toMatchObject({
      how: 'by-hand',
      why: expect.stringMatching(/neither mentioned @OKPayHelp/),
    });
  });

  it('the mention stands only in the quoted post of somebody else', () => {
    expect(allowed({ ...quotes, text: 'look' }, [{ id: '5', author_id: '8', text: '@OKPayHelp' }])).toMatchObject({
      how: 'by-hand',
    });
  });

  it.each(['following', 'subscribers', 'verified', 'other'])('the author lets only %s reply', (reply_settings) => {
    expect(allowed({ text: '@OKPayHelp', reply_settings })).toMatchObject({
      how: 'by-hand',
      why: expect.stringContaining(reply_settings),
    });
  });

  it('only mentioned accounts may reply, and we are only quoted', () => {
    const fields = { ...quotes, reply_settings: 'mentionedUsers' };
    expect(allowed(fields, [{ id: '5', author_id: '42' }])).toMatchObject({ how: 'by-hand' });
  });
});
