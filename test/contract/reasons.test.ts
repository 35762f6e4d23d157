import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import { otherWords } from '../../src/parts/other-words.ts';
import { ROOT } from '../../src/settings.ts';

const LANGUAGES = ['zh-Hans', 'zh-Hant'] as const;
/** Stands for what differs each time. */
const FILLED = '§';

/** Every sentence with which a connector may say that a reply must go by hand, or never, as it is written in its code. */
function reasonsIn(id: string): string[] {
  const folder = join(ROOT, 'connectors', id);
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  const sentences = files.flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    const places = text.matchAll(
      /(?:how: '(?:by-hand|never)'|\b(?:byHand|machine)\(|kind: '(?:report|list)'|\bwhy =(?=[^;]*;\s*return \(\) => \(\{ how))[^;]*;/g,
    );
    return [...places].flatMap(([place]) => literalsIn(place));
  });
  return [...new Set(sentences)];
}

function literalsIn(code: string): string[] {
  const found = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)];
  return found
    .map(([, single, double, template]) => single ?? double ?? (template ?? '').replace(/\$\{[^}]*\}/g, FILLED))
    .map((text) => text.replace(/\\(.)/g, '$1'))
    .filter((text) => / .* /.test(text) && /^[\p{L}§]/u.test(text));
}

const own = connectors.map(({ about }) => about.id);

describe.each(own)('%s', (id) => {
  it('gives no reason that cannot be read in Chinese', () => {
    const untold = reasonsIn(id).flatMap((said) =>
      LANGUAGES.filter((lang) => !/\p{Script=Han}/u.test(otherWords(said, id)[lang] ?? '')).map((lang) => [lang, said]),
    );
    expect(untold).toEqual([]);
  });

  it('has the same reasons in both scripts, with the same names in them', () => {
    const { words } = connectors.find(({ about }) => about.id === id)?.about ?? {};
    const namesOf = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();
    const [hans = {}, hant = {}] = LANGUAGES.map((lang) => words?.[lang].reasons ?? {});
    expect(Object.keys(hans)).toEqual(Object.keys(hant));
    for (const [english, text] of [...Object.entries(hans), ...Object.entries(hant)])
      expect([english, namesOf(text)]).toEqual([english, namesOf(english)]);
    expect(Object.values(hans).join('')).not.toMatch(/[這們來時間問題類發帳戶體網頁設選擇確認處]/u);
    expect(Object.values(hant).join('')).not.toMatch(/[这们来时间问题类发帐户体网页设选择确认处]/u);
  });
});

it('reasons are found in the code of those who give some', () => {
  expect(own.filter((id) => reasonsIn(id).length === 0)).toEqual([]);
});

it('a sentence that nobody has put into other words is shown as it is', () => {
  expect(otherWords('An old sentence of an older version.', 'reddit')).toEqual({});
  expect(otherWords('Anything', 'no-such-connector')).toEqual({});
});

it('names and numbers in a reason stay as they are', () => {
  expect(otherWords('The thread #help › 充值 is locked. Unlock it, or answer in another place.', 'discord')).toEqual({
    'zh-Hans': '子区 #help › 充值 已锁定。请解锁，或在别处回复。',
    'zh-Hant': '討論串 #help › 充值 已鎖定。請解鎖，或在別處回覆。',
  });
});
