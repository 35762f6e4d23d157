import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { isLater, later, Watchdog } from '#kit';
import { ALL_RIGHTS, Buckets, type Place } from '../../../connectors/discord/access.ts';
import { Options } from '../../../connectors/discord/index.ts';
import { instantOf, type Reading, readMessage, snowflakeAt } from '../../../connectors/discord/messages.ts';

const snowflake = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n });

describe('ids', () => {
  it('are ordered as numbers, whatever their length', () => {
    expect(isLater('1000000000000000000', '999999999999999999')).toBe(true);
    expect(isLater('9007199254740993', '9007199254740992')).toBe(true);
    fc.assert(fc.property(snowflake, snowflake, (a, b) => isLater(String(a), String(b)) === a > b));
    fc.assert(
      fc.property(
        snowflake,
        snowflake,
        (a, b) =>
          later(String(a), String(b)) === String([a, b].toSorted((x, y) => Number(x > y) - Number(x < y)).at(-1)),
      ),
    );
  });

  it('hold their time: the documentation’s own example', () => {
    expect(instantOf('175928847299117063')).toBe(Date.parse('2016-04-30T11:18:25.796Z'));
    const time = fc.integer({ min: 1_420_070_400_000, max: 4_000_000_000_000 });
    fc.assert(fc.property(time, (at) => instantOf(snowflakeAt(at)) === at));
  });

  it('have none before Discord’s first millisecond', () => {
    expect([snowflakeAt(0), snowflakeAt(instantOf('5') - 10_000)]).toEqual(['0', '0']);
  });
});

const place: Place = { id: '10', name: '#help', guild: '1', thread: false, locked: false, rights: ALL_RIGHTS };
const reading = (more: Partial<Reading> = {}): Reading => ({
  options: Options.parse({}),
  me: '9',
  place,
  nameOf: (id) => (id === '10' ? '#help' : undefined),
  ...more,
});
const message = (more: object = {}) => ({
  id: '100',
  channel_id: '10',
  type: 0,
  author: { id: '7', username: 'lena' },
  content: 'hello',
  timestamp: '2026-11-23T10:00:00.123000+00:00',
  ...more,
});
const textOf = (more: object, at = reading()) => {
  const read = readMessage(message(more), at);
  return typeof read === 'object' && 'found' in read ? read.found.text : read;
};

describe('a message in our words', () => {
  it('shows names instead of numbers', () => {
    const mentions = [{ id: '7', username: 'lena', global_name: '蕾娜' }];
    const content = '<@7> <@!7> look at <#10> <a:party:55> <@8> <#11>';
    expect(textOf({ content, mentions })).toBe('@蕾娜 @蕾娜 look at #help :party: <@8> <#11>');
  });

  it('is never empty: files, stickers, polls and forwarded messages have words, too', () => {
    const attachments = [{ url: 'https://cdn.example/a.png', filename: 'a.png', content_type: 'image/png' }];
    expect(textOf({ content: '', attachments })).toBe('[a.png]');
    expect(textOf({ content: '', sticker_items: [{ name: 'sad acorn' }] })).toBe('[sad acorn]');
    expect(textOf({ content: '', poll: { question: { text: 'Down?' } } })).toBe('Down?');
    expect(textOf({ content: '', message_snapshots: [{ message: { content: 'from elsewhere' } }] })).toBe(
      'from elsewhere',
    );
    expect(textOf({ content: '' })).toBe('not for us');
  });

  it('belongs to the conversation that it answers', () => {
    const answers = { message_reference: { message_id: '90', channel_id: '10' } };
    const conversation = (more: object, at = reading()) => {
      const read = readMessage(message(more), at);
      return typeof read === 'object' && 'found' in read ? read.found.conversationId : undefined;
    };
    expect(conversation({})).toBe('100');
    expect(conversation(answers)).toBe('90');
    expect(conversation({ ...answers, referenced_message: { message_reference: { message_id: '80' } } })).toBe('80');
    expect(conversation({ message_reference: { message_id: '90', type: 1 } })).toBe('100');
    expect(conversation(answers, reading({ place: { ...place, thread: true } }))).toBe('10');
  });

  it('is skipped with its reason when it is none', () => {
    expect(readMessage({ id: '5', nothing: 'else' }, reading())).toMatchObject({ id: '5', reason: expect.any(String) });
    expect(readMessage('text', reading())).toMatchObject({ id: undefined });
  });

  it('does no harm, whatever it holds', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '\u202e evil',
      '\ud800',
      'x'.repeat(10_000_000),
      '<@'.repeat(100_000),
    ];
    for (const content of hostile) {
      const text = textOf({ content, author: { id: '7', username: content.slice(0, 50) || 'x' } });
      expect(typeof text === 'string' && text.isWellFormed()).toBe(true);
    }
    const attachments = [{ url: 'javascript:alert(1)', filename: 'x' }];
    expect(readMessage(message({ attachments }), reading())).not.toHaveProperty('found.attachments');
    fc.assert(fc.property(fc.jsonValue(), (any) => void readMessage(any, reading())));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => void readMessage(message(more), reading())),
    );
  });
});

describe('buckets', () => {
  const told = (left: number, seconds: number) =>
    new Headers({ 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset-after': String(seconds) });

  it('hold back a route of one channel, whatever the message, and no other', () => {
    const buckets = new Buckets();
    buckets.learn('GET', '/channels/1/messages/5', told(0, 10));
    expect(buckets.wait('GET', '/channels/1/messages/6')).toBeGreaterThan(9_000);
    expect(buckets.wait('GET', '/channels/2/messages/5')).toBe(0);
    expect(buckets.wait('POST', '/channels/1/messages/5')).toBe(0);
    expect(buckets.wait('GET', '/channels/1/messages?limit=1')).toBe(0);
  });

  it('let through what still has an allowance, and do not believe nonsense', () => {
    const buckets = new Buckets();
    buckets.learn('GET', '/channels/1/messages', told(1, 10));
    for (const seconds of [-1, Number.NaN, 1e9]) buckets.learn('GET', '/channels/1/messages', told(0, seconds));
    expect(buckets.wait('GET', '/channels/1/messages')).toBe(0);
  });
});

describe('the watchdog', () => {
  it('ends a connection that is silent, and lets the process end once it was stopped', () => {
    vi.useFakeTimers();
    try {
      const ended: string[] = [];
      const watchdog = new Watchdog('Discord', 60_000, ({ message }) => ended.push(message));
      watchdog.connected();
      vi.advanceTimersByTime(60_000);
      expect(ended).toEqual([expect.stringMatching(/silent for 60 s/)]);
      watchdog.stop();
      // The socket closes only after that.
      watchdog.closed();
      watchdog.heard();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
