import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/cli/fail.ts';
import { jsonLine, plain } from '../../src/cli/output.ts';
import { readSettings } from '../../src/settings.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;
const nasty = fc.string({
  unit: fc.constantFrom('a', '怎', '\u001b[31m', '\u009b', '\u202e', '\u2028', '\u0007', '\ud800', '\n'),
});

describe('what goes to a terminal', () => {
  it('is text, whatever stands in it', () => {
    fc.assert(fc.property(nasty, (text) => !OBEYED.test(plain(text))));
  });

  it('as JSON is one line that says the same', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const line = jsonLine({ text });
        expect(line).not.toMatch(OBEYED);
        expect(line).not.toMatch(/[\n\u2028]/);
        expect(JSON.parse(line)).toEqual({ text });
      }),
    );
  });
});

describe('what went wrong', () => {
  it('is a sentence, and a stack only where the fault is ours', () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: '/data/earshot.db' });
    expect(explain(full)).toBe('The disk of /data/earshot.db is full. Make room, then try again.');
    expect(explain(new Error('Port 4600 is taken.'))).toBe('Port 4600 is taken.');
    expect(explain('thrown as text')).toBe('thrown as text');
    expect(explain(new TypeError('x is undefined'))).toMatch(/x is undefined\n {4}at /);
  });
});

describe('the environment', () => {
  it('may leave everything out, also as empty words', () => {
    const empty = { EARSHOT_PORT: '', EARSHOT_HOST: '', EARSHOT_DATA: '', EARSHOT_LOG: '' };
    const read = readSettings(empty);
    expect(read).toMatchObject({ port: 4600, host: '127.0.0.1', logLevel: 'info' });
    expect(read.dataDir).toMatch(/data[/\\]live$/);
  });

  it.each([
    ['EARSHOT_PORT', 'abc'],
    ['EARSHOT_PORT', '65536'],
    ['EARSHOT_PORT', '0x10'],
    ['EARSHOT_PORT', '-1'],
    ['EARSHOT_LOG', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(`${name} is "${value}", but`);
  });
});
