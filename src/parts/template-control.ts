import { Conflict, Refused } from '../core/failures.ts';
import type { ReplyLanguage } from '../core/nouns.ts';
import { type Template, TemplateError, tryOut, withOwn } from '../stages/draft/index.ts';
import type { TemplateControl } from '../surfaces/web/server/index.ts';
import type { TemplateChange, TemplateTry } from '../surfaces/web/template-api.ts';
import {
  changedOwn,
  everyTemplate,
  freeId,
  type OwnTemplates,
  readBeside,
  twinOf,
  withEntry,
} from './template-changes.ts';
import { templateHistory } from './template-history.ts';
import type { TemplateParts } from './template-parts.ts';
import { limitOn, previewTemplates } from './template-preview.ts';
import { proposeChanges } from './template-proposals.ts';

/** So many of the last edited replies are compared. */
const REPLIES = 3000;

/** The templates as a team reads and changes them; each change is one of the settings, with its author and a way back. */
export function controlTemplates(parts: TemplateParts): TemplateControl {
  const { shipped, workspace, store, clock } = parts;
  const own = () => workspace.current().templates;
  const stamp = (by: string) => ({ by, at: new Date(clock.now()).toISOString() });

  const save = async (by: string, what: string, id: string, next: (now: OwnTemplates) => OwnTemplates) => {
    const { revision } = await workspace.update(by, what, (draft) => {
      draft.templates = plainly(() => next(draft.templates));
      plainly(() => withOwn(shipped, draft.templates));
    });
    const [action, subject] = ['template-changed', `template/${id}`];
    await store.appendAudit({ at: clock.now(), actor: by, action, subject, detail: { what, revision } });
  };

  return {
    list: (platform) => previewTemplates(parts, platform),
    tryOut({ id, text, platform }) {
      const stub = { id: twinOf(id), text: '{{greeting}}', off: false, declined: [], ...stamp('nobody') };
      const isThere = knownIn(parts, id) !== undefined;
      const tried = changedOwn(shipped, isThere ? own() : [...own(), stub], { id, before: '', text }, stamp('nobody'));
      return tryTemplate(parts, tried, id, platform);
    },
    async change(asked, { name }) {
      const template = known(parts, asked.id);
      await save(name, whatOf(asked), asked.id, (now) => {
        if (everyTemplate(shipped, now).find(({ id }) => id === asked.id)?.version !== asked.before) {
          throw new Conflict('Somebody changed this template in the meantime. Look at it again, then change it.');
        }
        const next = changedOwn(shipped, now, asked, stamp(name));
        if (asked.text !== undefined) mustPass(parts, next, template);
        return next;
      });
    },
    async add({ problemType, platform = '', en, 'zh-Hans': zh }, { name }) {
      const id = freeId([...parts.inForce(), ...own()], problemType, platform);
      await save(name, `added the template ${id}`, id, (now) => {
        const pair = withEntry(withEntry(now, id, en, stamp(name)), twinOf(id), zh, stamp(name));
        const added = readBeside(shipped, pair, id, stamp(name));
        const platforms = [platform === '' ? 'any' : platform];
        for (const one of [id, twinOf(id)]) mustPass(parts, added, { id: one, platforms });
        return added;
      });
      return id;
    },
    async back(id, { name }) {
      known(parts, id);
      const came = shipped.some((one) => one.id === id);
      const what = came ? `took the template ${id} back to how it came` : `removed the template ${id}`;
      await save(name, what, id, (now) => now.filter((one) => one.id !== id && (came || one.id !== twinOf(id))));
    },
    history: (id) => templateHistory(parts, known(parts, id)),
    async proposals() {
      const edited = await store.editedReplies(REPLIES);
      const declined = new Set(own().flatMap((one) => one.declined));
      return proposeChanges(parts.inForce(), edited, parts.facts())
        .filter(({ key }) => !declined.has(key))
        .map((one) => ({ ...one, title: known(parts, one.id).title }));
    },
    async decline({ id, key }, { name }) {
      known(parts, id);
      await save(name, `turned down a change of the template ${id}`, id, (now) => {
        const declined = now.find((one) => one.id === id)?.declined ?? [];
        return withEntry(now, id, { declined: [...declined, key] }, stamp(name));
      });
    },
    wouldBe(asked) {
      known(parts, asked.id);
      const templates = plainly(() => changedOwn(shipped, own(), asked, stamp('nobody')));
      plainly(() => withOwn(shipped, templates));
      return templates;
    },
  };
}

function whatOf({ id, off }: TemplateChange): string {
  if (off === undefined) return `changed the template ${id}`;
  return off ? `took the template ${id} out of use` : `put the template ${id} in use again`;
}

const knownIn = ({ shipped, workspace }: TemplateParts, id: string) =>
  everyTemplate(shipped, workspace.current().templates).find((one) => one.id === id);

/** In force, or out of use. @throws Refused `unknown-template` */
function known(parts: TemplateParts, id: string): Template {
  const found = plainly(() => knownIn(parts, id));
  if (found) return found;
  throw new Refused('unknown-template', `There is no template "${id}". Look at the list again.`);
}

/** Without file and line, which mean nothing in a form. */
const sentenceOf = ({ message }: TemplateError) => message.replace(/^\S+?\.md:\d+: /, '');

/** @throws Refused `invalid-template` instead of TemplateError */
function plainly<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (thrown instanceof TemplateError) throw new Refused('invalid-template', sentenceOf(thrown));
    throw thrown;
  }
}

/** One template of a set that nobody saved, in each of its languages. */
function tryTemplate(parts: TemplateParts, own: OwnTemplates, id: string, platform: string): TemplateTry {
  try {
    const template = everyTemplate(parts.shipped, own).find((one) => one.id === id);
    if (!template) return { previews: [] };
    const regulated = template.problemTypes.some((type) => parts.regulated.has(type));
    const at = { facts: parts.facts(), limit: limitOn(platform), regulated };
    return { previews: template.languages.map((lang) => tryOut(template, at, lang as ReplyLanguage)) };
  } catch (thrown) {
    if (thrown instanceof TemplateError) return { fault: sentenceOf(thrown), previews: [] };
    throw thrown;
  }
}

/** Wherever it is used it must pass every guard rail. @throws Refused `check-failed`, `invalid-template` */
function mustPass(
  parts: TemplateParts,
  own: OwnTemplates,
  { id, platforms }: Pick<Template, 'id' | 'platforms'>,
): void {
  for (const platform of platforms) {
    const { fault, previews } = tryTemplate(parts, own, id, platform === 'any' ? '' : platform);
    if (fault !== undefined) throw new Refused('invalid-template', fault);
    const failed = previews.flatMap(({ checks }) => checks.filter(({ ok }) => !ok));
    if (failed.length === 0) continue;
    throw new Refused('check-failed', [...new Set(failed.map(({ name, why }) => `${name}: ${why}`))].join(' · '));
  }
}
