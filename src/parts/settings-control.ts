import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { zhCN, zhTW } from 'zod/locales';
import { Conflict, Refused } from '../core/failures.ts';
import type { Clock, Store } from '../core/ports.ts';
import { type Actor, may, type Right } from '../core/rights.ts';
import type { SettingsControl } from '../surfaces/web/server/index.ts';
import type { SettingsSection } from '../surfaces/web/settings-api.ts';
import { difference, settingsOf, Workspace, type WorkspaceHandle } from '../workspace/index.ts';
import { tryKeywords } from './keyword-try.ts';

export interface SettingsParts {
  workspace: WorkspaceHandle;
  store: Store;
  clock: Clock;
  previewNotice: SettingsControl['previewNotice'];
  /** What of a text is covered until somebody asks to see it. */
  findPersonal: Parameters<typeof tryKeywords>[2];
}

/** Counted by Earshot, or with a page of its own. */
const ELSEWHERE = new Set([
  'version',
  'revision',
  'changed',
  'sources',
  'lexicon',
  'standingAnswers',
  'articles',
  'articleChecks',
  'templates',
  'canaries',
]);

/** They decide who decides, or how many must, or what is erased: for those who may invite people. */
const FOR_ADMINS = new Set(['review', 'sending', 'discord', 'retention', 'canaries']);

const needsOf = (section: string): Right => (FOR_ADMINS.has(section) ? 'people' : 'settings');

type Section = keyof typeof Workspace.shape;

/** Each section of the workspace as people see it in a form. A section that is added to the schema is here by itself. */
const SECTIONS = (Object.keys(Workspace.shape) as Section[]).filter((id) => !ELSEWHERE.has(id)).map(describeSection);

function describeSection(id: Section): Omit<SettingsSection, 'value'> {
  const part = Workspace.shape[id];
  const { $schema: _, ...schema } = z.toJSONSchema(part, { io: 'output', unrepresentable: 'any' });
  return { id, schema, optional: part instanceof z.ZodExactOptional, needs: needsOf(id) };
}

/** Reading, changing and going back, each change with its author in the versions and in the audit log. */
export function controlSettings({
  workspace,
  store,
  clock,
  findPersonal,
  previewNotice,
}: SettingsParts): SettingsControl {
  const get: SettingsControl['get'] = () => {
    const now = workspace.current();
    const problem = workspace.problem();
    return {
      revision: now.revision,
      ...(problem !== undefined && { problem }),
      sections: SECTIONS.map((section) => ({ ...section, value: now[section.id as Section] })),
    };
  };

  const record = (by: string, action: string, detail: Record<string, unknown>) =>
    store.appendAudit({ at: clock.now(), actor: by, action, subject: 'settings', detail });

  const versionOf = async (revision: number): Promise<Workspace> => {
    const kept = await workspace.version(revision);
    if (kept) return kept;
    throw new Refused('unknown-version', `Version ${revision} of the settings is not kept. Look at the list again.`);
  };

  return {
    get,

    async set(id, { before, value }, by, lang) {
      const section = SECTIONS.find((one) => one.id === id);
      if (!section) throw new Refused('unknown-section', `There is no section "${id}" in the settings.`);
      mustBeAllowed([id], by);
      if (value !== undefined) mustBeRight(id as Section, value, lang);
      const { revision } = await workspace.update(by.name, `changed ${id}`, (draft: Record<string, unknown>) => {
        if (!isDeepStrictEqual(asJson(draft[id]), before)) {
          throw new Conflict('Somebody changed these settings in the meantime. Look at them again, then change them.');
        }
        if (value === undefined) delete draft[id];
        else draft[id] = value;
      });
      await record(by.name, 'settings-changed', { section: id, revision });
      return get();
    },

    versions: () => workspace.versions(),

    async wayBack(revision) {
      return difference(settingsOf(workspace.current()), settingsOf(await versionOf(revision)));
    },

    async restore(revision, by) {
      const old: Record<string, unknown> = settingsOf(await versionOf(revision));
      const now = await workspace.update(by.name, `restored version ${revision}`, (draft: Record<string, unknown>) => {
        const others = { ...settingsOf(draft as Workspace) };
        // Asked here, of the state that is replaced: nobody takes a rule back that was set a moment ago.
        mustBeAllowed(changedSections(others, old), by);
        for (const name of Object.keys(others)) delete draft[name];
        Object.assign(draft, old);
      });
      await record(by.name, 'settings-restored', { version: revision, revision: now.revision });
      return get();
    },

    previewNotice,
    tryKeywords: (words) => tryKeywords(store, words, findPersonal),
  };
}

/** How zod says what is wrong, where a setting has no words of its own for it. */
const SAID_IN: Readonly<Record<string, z.core.$ZodErrorMap>> = {
  'zh-Hans': zhCN().localeError,
  'zh-Hant': zhTW().localeError,
};

/** @throws Refused `invalid-settings`, in the language of whoever changes it */
function mustBeRight(id: Section, value: unknown, lang: string | undefined): void {
  const error = SAID_IN[lang ?? ''];
  const read = Workspace.shape[id].safeParse(value, error ? { error } : {});
  if (read.success) return;
  const lines = read.error.issues.map(({ path, message }) => `${[id, ...path.map(String)].join('.')}: ${message}`);
  throw new Refused('invalid-settings', lines.join('\n'));
}

function mustBeAllowed(sections: readonly string[], by: Actor): void {
  const closed = sections.find((id) => !may(by, needsOf(id)));
  if (closed === undefined) return;
  throw new Refused('no-right', `Only an admin may change "${closed}". Ask one of them.`);
}

function changedSections(one: Record<string, unknown>, other: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter((name) => !isDeepStrictEqual(one[name], other[name]));
}

const asJson = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
