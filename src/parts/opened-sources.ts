import { openSource, type World } from '#kit';
import { connectors } from '../../connectors/index.ts';
import { Refused } from '../core/failures.ts';
import type { Mention, SourceId } from '../core/nouns.ts';
import type { Source } from '../core/ports.ts';
import type { SourceEntry, WorkspaceHandle } from '../workspace/index.ts';
import type { Endings } from './ending.ts';

/** The workspace's sources as open connectors: opened when first asked for, opened anew when their settings change. */
export class OpenedSources {
  readonly #workspace: WorkspaceHandle;
  readonly #world: World;
  readonly #open = new Map<SourceId, { source: Source; settings: string }>();

  constructor(workspace: WorkspaceHandle, world: World) {
    this.#workspace = workspace;
    this.#world = world;
  }

  /** @throws Refused `unknown-source`; ConnectorError when an option or a secret is not right. */
  get(id: SourceId): Source {
    const entry = this.#workspace.current().sources.find((source) => source.id === id);
    if (!entry) throw new Refused('unknown-source', `There is no source "${id}" in the settings.`);
    return this.#opened(entry);
  }

  /** One that is switched on. @throws as `get`; Refused `unknown-source` also for one that is switched off */
  enabled(id: SourceId): Source {
    const entry = this.#workspace.current().sources.find((source) => source.id === id);
    if (entry?.enabled) return this.#opened(entry);
    throw new Refused('unknown-source', `There is no source "${id}" that is switched on.`);
  }

  /** The source that heard this mention, where it can still be opened: posting and limits ask here. */
  of(mention: Mention): Source | undefined {
    return this.tryGet(mention.source);
  }

  /** Undefined where a source was removed or cannot be opened now; its state says why, and it waits until it is back. */
  tryGet(id: SourceId): Source | undefined {
    try {
      return this.get(id);
    } catch {
      return undefined;
    }
  }

  async close(endings: Endings): Promise<void> {
    const closing = [...this.#open].map(([id, { source }]) => endings.track(`source ${id}`, source.close()));
    await Promise.allSettled(closing);
    this.#open.clear();
  }

  #opened(entry: SourceEntry): Source {
    const settings = JSON.stringify([entry.connector, entry.options, entry.sample]);
    const known = this.#open.get(entry.id);
    if (known?.settings === settings) return known.source;
    const source = openSource(connectorOf(entry.connector), entry, this.#world);
    void known?.source.close().catch(() => {});
    this.#open.set(entry.id, { source, settings });
    return source;
  }
}

/** @throws Refused `unknown-connector`, naming those there are. */
export function connectorOf(id: string) {
  const connector = connectors.find(({ about }) => about.id === id);
  if (connector) return connector;
  const known = connectors.map(({ about }) => about.id).join(', ');
  throw new Refused('unknown-connector', `There is no connector "${id}". There are: ${known}.`);
}
