import { openSource, type World } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { asFailure, Conflict, Refused } from '../core/failures.ts';
import type { Clock, Source, SourceStatus, Store } from '../core/ports.ts';
import type { SourcesControl } from '../surfaces/web/server/index.ts';
import type { SourceEntry, WorkspaceHandle } from '../workspace/index.ts';
import type { Canaries } from './canary.ts';
import { connectorOf, type OpenedSources } from './opened-sources.ts';
import { otherWords } from './other-words.ts';
import type { PullSource } from './pull.ts';
import { called, inWords, isAsSeen, nameOf, neverPulled, offering, settingsOf, whatChanged } from './source-info.ts';
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
      ...nameOf(entry),
      sample: entry.sample,
      enabled: entry.enabled,
      schedule: entry.schedule ?? workspace.current().schedules.pull,
      status,
      messageIn: otherWords(status.message, entry.connector),
      coverage: (await store.coverage(entry.id)).map((span) => ({
        ...span,
        ...(span.cause !== undefined && { causeIn: otherWords(span.cause, entry.connector) }),
      })),
      ...(spending && { spending }),
      ...(canary && { canary: inWords(canary, entry.connector) }),
      ...called(entry, world.origin),
    };
  };

  /** Opened once for its checks: wrong options or a missing secret are said now, not at the first pull. */
  const mustOpen = (connector: string, settings: { id: string; options: unknown }) =>
    refuseFailure(connector, async () => openSource(connectorOf(connector), settings, world).close());

  const testOf = async (connector: string, prove: (signal: AbortSignal) => Promise<Proof>) => {
    const said = ({ ok, message }: Proof) => ({ ok, message, messageIn: otherWords(message, connector) });
    try {
      return said(await prove(AbortSignal.any([stopping, AbortSignal.timeout(TEST_LIMIT_MS)])));
    } catch (thrown) {
      return said({ ok: false, message: asFailure(thrown).message });
    }
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
      await mustOpen(connector, { id, options });
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

    settings: (id) => settingsOf(entryOf(id)),

    async change(id, { before, after }, by) {
      const { connector } = entryOf(id);
      if (after.enabled) await mustOpen(connector, { id, options: after.options });
      const what = whatChanged(before, after);
      await workspace.update(by, `source ${id} ${what}`, ({ sources }) => {
        const at = sources.findIndex((source) => source.id === id);
        const entry = sources[at];
        if (!entry || !isAsSeen(entry, before))
          throw new Conflict('Somebody changed this source in the meantime. Look at it again, then change it.');
        const { name: _name, schedule: _schedule, ...rest } = entry;
        sources[at] = { ...rest, ...after };
      });
      return infoOf(entryOf(id), await store.statuses());
    },

    async try({ connector, id, options }) {
      const known = connectorOf(connector);
      return testOf(connector, async (signal) => {
        const source = openSource(known, { id, options }, world);
        try {
          return await proofOf(source, signal);
        } finally {
          await source.close();
        }
      });
    },

    async test(id) {
      const { connector } = entryOf(id);
      return testOf(connector, (signal) => proofOf(opened.get(id), signal));
    },

    async pull(id) {
      const result = await pull(id, { signal: stopping, asked: true });
      if (result.elsewhere) throw new Refused('pull-elsewhere', ELSEWHERE);
      if (result.state !== 'ok') throw new Refused('pull-failed', result.message, entryOf(id).connector);
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

type Proof = { ok: boolean; message: string };

/** Who we are there, and what is not right. @throws ConnectorError when nothing can be asked */
async function proofOf(source: Source, signal: AbortSignal): Promise<Proof> {
  const { handle } = await source.check(signal);
  const wrong = ((await source.examine?.(signal)) ?? []).filter(({ ok }) => !ok).map(({ message }) => message);
  const works = handle ? `It works, as ${handle}.` : 'It works.';
  return { ok: wrong.length === 0, message: [works, ...wrong].join(' ') };
}

/** A connector's failure as something a person asked for and that cannot be. */
async function refuseFailure<T>(connector: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Refused) throw thrown;
    throw new Refused('source-not-right', asFailure(thrown).message, connector);
  }
}
