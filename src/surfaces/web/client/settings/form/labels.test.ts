import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Workspace } from '../../../../../workspace/index.ts';
import { en } from '../../i18n/en.ts';
import { zhHans } from '../../i18n/zh-hans.ts';
import { zhHant } from '../../i18n/zh-hant.ts';
import { isNamed } from './labels.ts';
import { type Shape, shapeOf } from './shape.ts';

/** Sections with a page of their own, or counted by Earshot. */
const ELSEWHERE = [
  ...['version', 'revision', 'changed', 'sources', 'standingAnswers', 'articles', 'templates', 'canaries'],
  ...['lexicon', 'articleChecks'],
];
const SECTIONS = Object.entries(Workspace.shape).filter(([id]) => !ELSEWHERE.includes(id));

function settingsIn(shape: Shape, path: string): { path: string; description: string }[] {
  if (shape.kind === 'list') return settingsIn(shape.item, `${path}.0`);
  const fields =
    shape.kind === 'group' ? shape.fields : shape.kind === 'union' ? shape.members.flatMap((one) => one.fields) : [];
  return fields.flatMap(({ name, description, shape: inner }) => [
    { path: `${path}.${name}`, description },
    ...settingsIn(inner, `${path}.${name}`),
  ]);
}

const shapeOfSection = (section: z.ZodType) =>
  shapeOf(z.toJSONSchema(section, { io: 'output', unrepresentable: 'any' }) as Record<string, unknown>);

describe('the settings of the workspace', () => {
  test('can all be drawn: none is left to JSON', () => {
    const kinds = (shape: Shape): string[] => [
      shape.kind,
      ...(shape.kind === 'group' ? shape.fields.flatMap((field) => kinds(field.shape)) : []),
      ...(shape.kind === 'list' ? kinds(shape.item) : []),
    ];
    expect(SECTIONS.filter(([, section]) => kinds(shapeOfSection(section)).includes('json'))).toEqual([]);
  });

  test.each(['zh-Hans', 'zh-Hant'] as const)('have a name and a hint in %s', (lang) => {
    const unnamed = SECTIONS.flatMap(([id, section]) => settingsIn(shapeOfSection(section), id))
      .filter(({ path, description }) => !isNamed(lang, path, description))
      .map(({ path, description }) => `${path}: ${description}`);
    expect(unnamed).toEqual([]);
  });

  test.each([en, zhHans, zhHant])('stand in sections with a name', ({ settings }) => {
    expect(SECTIONS.map(([id]) => id).filter((id) => !settings.sections[id])).toEqual([]);
  });
});
