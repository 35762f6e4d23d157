import { isDeepStrictEqual } from 'node:util';
import { type AnyConnector, describeConnector } from '#kit';
import { connectors } from '../../connectors/index.ts';
import type { CanaryState } from '../core/canary.ts';
import { intakeAddress } from '../core/intake.ts';
import type { SourceStatus } from '../core/ports.ts';
import type { SourceChange, SourceInfo, SourceSettings } from '../surfaces/web/api.ts';
import type { SourceEntry } from '../workspace/index.ts';
import { otherWords } from './other-words.ts';

/** What a person set about it. */
export function settingsOf({ connector, name, enabled, schedule, options }: SourceEntry): SourceSettings {
  return {
    connector,
    enabled,
    options,
    ...(name !== undefined && { name }),
    ...(schedule !== undefined && { schedule }),
  };
}

/** Whether it stands as whoever changes it saw it. */
export const isAsSeen = (entry: SourceEntry, seen: SourceSettings): boolean =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(settingsOf(entry))), seen);

/** The word under which the history of the settings has it. */
export function whatChanged(before: SourceSettings, { enabled }: SourceChange['after']): string {
  if (enabled === before.enabled) return 'changed';
  return enabled ? 'resumed' : 'paused';
}

/** The form of a source that can be searched begins with the brand's keywords; where a search costs money, nobody is led to it. */
export function offering(keywords: readonly string[], connector: AnyConnector) {
  const info = describeConnector(connector);
  const { properties = {} } = info.options;
  const searches = properties.searches;
  if (connector.spending || keywords.length === 0 || typeof searches !== 'object') return info;
  return {
    ...info,
    options: { ...info.options, properties: { ...properties, searches: { ...searches, examples: [[...keywords]] } } },
  };
}

/** Whoever gave it no other name than its connector's reads that in their language. */
export function nameOf({ id, name = id, connector }: SourceEntry): Pick<SourceInfo, 'name' | 'nameIn'> {
  const about = connectors.find((one) => one.about.id === connector)?.about;
  if (name !== about?.name || !about.words) return { name };
  const { 'zh-Hans': hans, 'zh-Hant': hant } = about.words;
  return { name, nameIn: { 'zh-Hans': hans.name, 'zh-Hant': hant.name } };
}

/** Where a source is called, and whether there is anything to read besides. */
export function called({ connector, id }: SourceEntry, origin = ''): Pick<SourceInfo, 'calledAt' | 'isRead'> {
  const known = connectors.find(({ about }) => about.id === connector);
  const isRead = known?.pull !== undefined || known?.listen !== undefined;
  return { isRead, ...(known?.intake && { calledAt: intakeAddress(origin, id) }) };
}

/** Why a canary was not posted is said by the connector, too. */
export function inWords(canary: CanaryState, connector: string): NonNullable<SourceInfo['canary']> {
  return canary.problem === undefined ? canary : { ...canary, problemIn: otherWords(canary.problem, connector) };
}

/** Before its first pull. */
export function neverPulled(source: string): SourceStatus {
  return { source, state: 'new', message: '', failuresInARow: 0, stored: 0, skipped: 0 };
}
