import { describe, expect, test } from 'vitest';
import { shapeOf, startOf, tidy } from './shape.ts';

const lane = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'What people call it.' },
    tell: { type: 'array', items: { type: 'string' }, default: [] },
    minutes: { type: 'number', minimum: 1, maximum: 100, default: 30 },
    note: { type: 'string' },
    hours: {
      type: 'object',
      properties: { from: { type: 'string', format: 'time-of-day' } },
      required: ['from'],
    },
  },
  required: ['name', 'tell', 'minutes'],
};
const target = {
  oneOf: [
    {
      type: 'object',
      properties: { kind: { const: 'mail', type: 'string' }, to: { type: 'string' } },
      required: ['kind', 'to'],
    },
    {
      type: 'object',
      properties: { kind: { const: 'hook', type: 'string' }, url: { type: 'string' } },
      required: ['kind', 'url'],
    },
  ],
};

describe('a form made from a schema', () => {
  test('knows what each setting is, and which may be left out', () => {
    expect(shapeOf(lane)).toEqual({
      kind: 'group',
      fields: [
        { name: 'name', description: 'What people call it.', optional: false, shape: { kind: 'text' }, start: '' },
        { name: 'tell', description: '', optional: false, shape: { kind: 'lines', of: 'text' }, start: [] },
        { name: 'minutes', description: '', optional: false, shape: { kind: 'number', min: 1, max: 100 }, start: 30 },
        { name: 'note', description: '', optional: true, shape: { kind: 'text' }, start: '' },
        expect.objectContaining({ name: 'hours', optional: true, start: { from: '09:00' } }),
      ],
    });
  });

  test('starts a new member of a list with the defaults of its first kind', () => {
    expect(startOf(shapeOf(lane))).toEqual({ name: '', tell: [], minutes: 30 });
    expect(startOf(shapeOf(target))).toEqual({ kind: 'mail', to: '' });
  });

  test('saves no blank lines, nothing empty that may be left out, and nothing of another kind', () => {
    const written = { name: ' Night ', tell: ['  mei', '', ' lin '], minutes: 5, note: '' };
    expect(tidy(shapeOf(lane), written)).toEqual({ name: ' Night ', tell: ['mei', 'lin'], minutes: 5 });
    const list = shapeOf({ type: 'array', items: target });
    expect(tidy(list, [{ kind: 'hook', url: 'https://hook.example', to: 'mei' }])).toEqual([
      { kind: 'hook', url: 'https://hook.example' },
    ]);
  });

  test('leaves to JSON what it cannot draw, rather than leave it out', () => {
    expect(shapeOf({ type: 'object', additionalProperties: {} })).toEqual({ kind: 'json' });
    expect(shapeOf({})).toEqual({ kind: 'json' });
  });
});
