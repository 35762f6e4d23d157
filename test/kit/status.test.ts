import { describe, expect, it } from 'vitest';
import { failureOf } from '#kit';

const NOW = Date.UTC(2026, 0, 15);
const answer = (status: number, headers: Record<string, string> = {}, body = '{}') => ({
  status,
  headers: new Headers(headers),
  bytes: new TextEncoder().encode(body),
  url: 'https://platform.example/api',
});
const kindOf = (status: number, sending: boolean, headers?: Record<string, string>, body?: string) =>
  failureOf(answer(status, headers, body), { what: 'The platform', now: NOW, sending })?.kind;

describe('what a status means', () => {
  it.each([
    [429, 'rate-limited', 'rate-limited'],
    [401, 'unauthorized', 'unauthorized'],
    [402, 'unauthorized', 'unauthorized'],
    [403, 'unauthorized', 'unauthorized'],
    [404, 'rejected', 'rejected'],
    [422, 'rejected', 'rejected'],
    // Whatever may have been taken in before the answer got lost is never sent again blindly.
    [408, 'unavailable', 'unknown-outcome'],
    [425, 'unavailable', 'unknown-outcome'],
    [500, 'unavailable', 'unknown-outcome'],
    [503, 'unavailable', 'unknown-outcome'],
    [504, 'unavailable', 'unknown-outcome'],
  ])('%i is %s when reading and %s when sending', (status, reading, sending) => {
    expect(kindOf(status, false)).toBe(reading);
    expect(kindOf(status, true)).toBe(sending);
  });

  it('a block page is told from a missing right', () => {
    const page = answer(403, { 'content-type': 'text/html' }, '<!doctype html><title>Blocked</title>');
    expect(failureOf(page, { what: 'The platform', now: NOW })).toMatchObject({ kind: 'unauthorized', blocked: true });
    expect(failureOf(answer(403), { what: 'The platform', now: NOW })).toMatchObject({ blocked: false });
  });
});
