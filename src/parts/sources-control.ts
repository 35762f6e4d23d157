import { type AnyConnector, describeConnector, openSource, type World } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { asFailure, Refused } from '../core/failures.ts';
import { intakeAddress } from '../core/intake.ts';
import type { Clock, SourceStatus, Store } from '../core/ports.ts';
import type { SourceInfo } from '../surfaces/web/api.ts';
import type { SourcesControl } from '../surfaces/web/server/index.ts';
import type { SourceEntry, WorkspaceHandle } from '../workspace/index.ts';
import type { Canaries } from './canary.ts';
import { connectorOf, type OpenedSources } from './opened-sources.ts';
import { otherWords } from './other-words.ts';
import type { PullSource } from './pull.ts';
import { spendingOf, spendingOfAll } from './spending.ts';

const TEST_LIMIT_MS = 30_000;
const ELSEWHERE = 'Another machine is reading this source at this moment. What it finds appears by itself.';

export interface SourcesParts {
  store: Store;
  workspace: WorkspaceHandle;
  opened: OpenedSources;
  world: World;
  clock: Clock;
  pull: PullSource;
  canaries: Pick<Canaries, 'states'>;
  /** Aborted when Earshot stops. */
  stopping: AbortSignal;
}

/** What people do with sources, from the inbox and the command line: settings through the workspace, pulls through collect. */
export function controlSources({
  store,
  workspace,
  opened,
  world,
  clock,
  pull,
  canaries,
  stopping,
}: SourcesParts): SourcesControl {
  const entryOf = (id: string): SourceEntry => {
    const entry = workspace.current().sources.find((source) => source.id === id);
    if (!entry) throw new Refused('unknown-source', `There is no source "${id}" in the settings.`);
    return entry;
  };

  const infoOf = async (entry: SourceEntry, statuses: SourceStatus[]) => {
    const spending = await spendingOf(opened, entry.id);
    const status = statuses.find(({ source }) => source === entry.id) ?? neverPulled(entry.id);
    const canary = (await canaries.states()).find(({ source }) => source === entry.id);
    return {
      id: entry.id,
      connector: entry.connector,
      name: entry.name ?? entry.id,
      sample: entry.sample,
      enabled: entry.enabled,
      schedule: entry.schedule ?? workspace.current().schedules.pull,
      status,
      messageIn: otherWords(status.message, entry.connector),
      coverage: await store.coverage(entry.id),
      ...(spending && { spending }),
      ...(canary && { canary }),
      ...called(entry, world.origin),
    };
  };

  return {
    async list() {
      const statuses = await store.statuses();
      return Promise.all(workspace.current().sources.map((entry) => infoOf(entry, statuses)));
    },

    spending: () => spendingOfAll(workspace, opened),

    connectors: () => connectors.map((connector) => offering(workspace.current().keywords, connector)),

    async add({ connector, id, name, options, schedule }, by) {
      if (workspace.current().sources.some((source) => source.id === id)) {
        throw new Refused('source-exists', `There is a source "${id}" already. Choose another id.`);
      }
      // Opened once for its checks: wrong options or a missing secret are said now, not at the first pull.
      await refuseFailure(async () => openSource(connectorOf(connector), { id, options }, world).close());
      await workspace.update(by, `source ${id} added`, ({ sources }) => {
        sources.push({
          id,
          connector,
          options,
          enabled: true,
          sample: false,
          lookBackDays: 7,
          ...(name !== undefined && { name }),
          ...(schedule !== undefined && { schedule }),
        });
      });
      return infoOf(entryOf(id), await store.statuses());
    },

    async test(id) {
      const { connector } = entryOf(id);
      const signal = AbortSignal.any([stopping, AbortSignal.timeout(TEST_LIMIT_MS)]);
      const outcome = (ok: boolean, message: string) => ({ ok, message, messageIn: otherWords(message, connector) });
      try {
        const source = opened.get(id);
        const { handle } = await source.check(signal);
        const wrong = ((await source.examine?.(signal)) ?? []).filter(({ ok }) => !ok).map(({ message }) => message);
        const works = handle ? `It works, as ${handle}.` : 'It works.';
        return outcome(wrong.length === 0, [works, ...wrong].join(' '));
      } catch (thrown) {
        return outcome(false, asFailure(thrown).message);
      }
    },

    async pull(id) {
      const result = await pull(id, { signal: stopping, asked: true });
      if (result.elsewhere) throw new Refused('pull-elsewhere', ELSEWHERE);
      if (result.state !== 'ok') throw new Refused('pull-failed', result.message);
      const { added, changed, known, skipped } = result;
      return { added, changed, known, skipped };
    },

    async remove(id, by) {
      entryOf(id);
      await workspace.update(by, `source ${id} removed`, (draft) => {
        draft.sources = draft.sources.filter((source) => source.id !== id);
      });
    },

    async removeSample(by) {
      if (workspace.current().sources.some(({ sample }) => sample)) {
        await workspace.update(by, 'sample removed', (draft) => {
          draft.sources = draft.sources.filter(({ sample }) => !sample);
        });
      }
      return store.removeSample({
        at: clock.now(),
        actor: by,
        action: 'sample-removed',
        subject: 'sample',
        detail: {},
      });
    },
  };
}

/** The form of a source that can be searched begins with the brand's keywords; where a search costs money, nobody is led to it. */
function offering(keywords: readonly string[], connector: AnyConnector) {
  const info = describeConnector(connector);
  const { properties = {} } = info.options;
  const searches = properties.searches;
  if (connector.spending || keywords.length === 0 || typeof searches !== 'object') return info;
  return {
    ...info,
    options: { ...info.options, properties: { ...properties, searches: { ...searches, default: [...keywords] } } },
  };
}

/** Where a source is called, and whether there is anything to read besides. */
function called({ connector, id }: SourceEntry, origin = ''): Pick<SourceInfo, 'calledAt' | 'isRead'> {
  const known = connectors.find(({ about }) => about.id === connector);
  const isRead = known?.pull !== undefined || known?.listen !== undefined;
  return { isRead, ...(known?.intake && { calledAt: intakeAddress(origin, id) }) };
}

function neverPulled(source: string): SourceStatus {
  return { source, state: 'new', message: '', failuresInARow: 0, stored: 0, skipped: 0 };
}

/** A connector's failure as something a person asked for and that cannot be. */
async function refuseFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Refused) throw thrown;
    throw new Refused('source-not-right', asFailure(thrown).message);
  }
}
