import { expect, test } from 'vitest';
import { detectLanguage } from '../../src/stages/classify/language.ts';

test('eld', () => {
  expect(detectLanguage('ang tagal naman pumasok, bakit ganun')).toBe('other');
});
