import type { Alarm } from '../core/incidents.ts';
import type { Instant } from '../core/nouns.ts';
import { distinctAuthors, type Group, type Heard, largestGroup } from './group.ts';
import { judge, type Usual, WINDOWS_MINUTES } from './spike.ts';
import type { TermReader } from './terms.ts';

export interface Spike {
  group: Group;
  alarm: Alarm;
}

/**
 * The first window that holds more mentions of one problem than is usual, or nothing. Windows end at each mention, so that
 * a burst is found whenever it is looked for: at once, or after a night in which nobody ran.
 *
 * @param own mentions of one problem type
 * @param usualAt asked for the end of a window
 */
export function firstSpike(
  problemType: string,
  own: readonly Heard[],
  usualAt: (at: Instant) => Usual,
  reader: TermReader,
): Spike | undefined {
  const sorted = [...own].sort((a, b) => a.saidAt - b.saidAt);
  for (const [last, { saidAt: at }] of sorted.entries()) {
    for (const minutes of WINDOWS_MINUTES) {
      const inside = windowBefore(sorted, last, minutes * 60_000);
      const seen = { minutes, at, platforms: [] as string[] };
      const usual = usualIn(usualAt, at, minutes);
      // A part is never more than the whole: most windows need no grouping.
      if (!judge({ ...seen, count: inside.length }, usual)) continue;
      const group = largestGroup(problemType, inside, reader);
      const people = distinctAuthors(group.members);
      const platforms = [...new Set(people.map(({ platform }) => platform))].sort();
      const alarm = judge({ ...seen, count: people.length, platforms }, usual);
      if (alarm) return { group, alarm };
    }
  }
  return undefined;
}

/** Of the hours that the window touches, the one in which more is usual. */
function usualIn(usualAt: (at: Instant) => Usual, at: Instant, minutes: number): Usual {
  const [start, end] = [usualAt(at - minutes * 60_000), usualAt(at)];
  return start.perHour > end.perHour ? start : end;
}

function windowBefore(sorted: readonly Heard[], last: number, ms: number): Heard[] {
  const end = sorted[last]?.saidAt ?? 0;
  let first = last;
  while (first > 0 && (sorted[first - 1]?.saidAt ?? 0) > end - ms) first--;
  return sorted.slice(first, last + 1);
}
