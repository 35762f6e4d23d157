import { describe, expect, it } from 'vitest';
import type { ConnectorInfo } from '../../api.ts';
import { fieldsOf } from './fields.ts';
import { inWords } from './in-words.ts';

const said = (mark: string) => ({
  name: `信箱${mark}`,
  summary: `收信${mark}`,
  options: { host: { label: `主機${mark}`, describe: `例如${mark}` } },
  secrets: { MAIL_PASSWORD: `密碼${mark}` },
});
const connector = {
  id: 'mail',
  name: 'Mail',
  summary: 'Hears mail.',
  options: { properties: { host: { type: 'string', description: 'Such as' }, port: { type: 'integer' } } },
  secrets: { password: { env: 'MAIL_PASSWORD', describe: 'Password', optional: true } },
  words: { 'zh-Hans': said('1'), 'zh-Hant': said('2') },
} as unknown as ConnectorInfo;

describe('what the settings form says of a connector', () => {
  it('is in the language of the page, and leaves what has no words as it is', () => {
    const { name, summary, options, secrets } = inWords(connector, 'zh-Hant');
    expect([name, summary]).toEqual(['信箱2', '收信2']);
    expect(fieldsOf(options).map(({ label, description }) => [label, description])).toEqual([
      ['主機2', '例如2'],
      [undefined, ''],
    ]);
    expect(secrets.password).toEqual({ env: 'MAIL_PASSWORD', describe: '密碼2', optional: true });
  });

  it('is English where the page is, and where the connector speaks nothing else', () => {
    const { words: _, ...silent } = connector;
    expect(inWords(connector, 'en')).toBe(connector);
    expect(inWords(silent, 'zh-Hans')).toBe(silent);
  });
});
