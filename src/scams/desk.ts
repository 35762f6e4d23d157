import { coverSeen, type FindPersonal } from '../core/cover.ts';
import { Refused } from '../core/failures.ts';
import { shortHash } from '../core/ids.ts';
import type { Author, Mention, MentionId } from '../core/nouns.ts';
import type { Case, Clock, NewAuditEvent, QueueRow, Store, TemplateBook } from '../core/ports.ts';
import { type Actor, may, type Right } from '../core/rights.ts';
import type { Account, LookAlike, Suspect, SuspectFile, SuspectState } from '../core/suspects.ts';
import { type Platform, takedownText } from './takedown.ts';

export interface ScamParts {
  store: Pick<Store, 'suspects' | 'suspect' | 'judgeSuspect' | 'queue' | 'find' | 'appendAudit'>;
  clock: Clock;
  templates: Pick<TemplateBook, 'choices'>;
  /** A new revision of a mention's draft, also of one that is answered already. */
  draftAgain(asked: Warning & { templateId: string }): Promise<Case>;
  product(): string;
  lookAlike(author: Author, platform: string): LookAlike | undefined;
  platformOf(mention: Mention): Platform;
  findPersonal: FindPersonal;
}

interface Warning {
  mentionId: MentionId;
  version: number;
  by: string | Actor;
}

export interface Judged extends Account {
  /** What the person saw. */
  from: SuspectState;
  to: SuspectState;
  by: string | Actor;
}

/** What a person can do about scammers, the same for the inbox and the command line. */
export interface ScamDesk {
  list(states?: readonly SuspectState[]): Promise<(Pick<SuspectFile, 'suspect' | 'lookAlike'> & { id: string })[]>;
  /** One account by the id that `list` gives, or an unambiguous beginning of it. @throws Refused `unknown-suspect`. */
  byId(id: string): Promise<Account>;
  /** The evidence, personal data covered. @throws Refused `unknown-suspect`. */
  file(account: Account): Promise<SuspectFile>;
  /** Confirms, clears, or takes either back. @throws Conflict when a colleague was faster. */
  judge(asked: Judged): Promise<SuspectFile>;
  /** A text to hand to the platform. That it was made is recorded. */
  takedown(asked: Account & { by: string | Actor }): Promise<{ text: string; at?: string }>;
  /** Drafts a warning to whoever wrote a mention: a scammer is in their conversation. @throws Refused `no-template`. */
  warn(asked: Warning): Promise<Case>;
}

const LISTED = 500;
/** The newest posts of one account that are looked at. */
const POSTS = 30;
const WARNING = 'scam-warning';

export function openScamDesk(parts: ScamParts): ScamDesk {
  const { store, clock } = parts;

  const seen = (row: QueueRow) => coverSeen(row, parts.findPersonal);
  const lookAlikeOf = ({ latest: { mention } }: Suspect) => {
    const lookAlike = parts.lookAlike(mention.author, mention.platform);
    return lookAlike && { lookAlike };
  };

  async function file(account: Account): Promise<SuspectFile> {
    const suspect = await store.suspect(account);
    if (!suspect) throw unknown();
    const posts = [];
    for (const row of await postsOf(store, account)) {
      const under = await underWhich(store, row.mention);
      posts.push({ row: seen(row), ...(under && { under: seen({ mention: under }).mention }) });
    }
    return { suspect: { ...suspect, latest: seen(suspect.latest) }, ...lookAlikeOf(suspect), posts };
  }

  const audit = (by: string | Actor, action: string, account: Account, detail: NewAuditEvent['detail'] = {}) => ({
    at: clock.now(),
    actor: nameOf(by, 'triage'),
    action,
    // The log outlives an erasure, so that it never names the account itself.
    subject: idOf(account),
    detail,
  });

  return {
    async list(states = ['suspected', 'confirmed']) {
      const all = await store.suspects({ states, limit: LISTED });
      return all.map((suspect) => ({
        id: idOf(suspect),
        suspect: { ...suspect, latest: seen(suspect.latest) },
        ...lookAlikeOf(suspect),
      }));
    },

    async byId(id) {
      const wanted = id.trim().toLowerCase();
      const all = await store.suspects({ limit: LISTED });
      const fitting = wanted.length < 4 ? [] : all.filter((one) => idOf(one).startsWith(wanted));
      const [only] = fitting;
      if (only && fitting.length === 1) return { connector: only.connector, authorId: only.authorId };
      throw unknown(id);
    },

    file,

    async judge({ connector, authorId, from, to, by }) {
      const account = { connector, authorId };
      if (!(await store.suspect(account))) throw unknown();
      await store.judgeSuspect({
        ...account,
        ...{ from, to },
        audit: audit(by, `scam-${to}`, account, { before: from, after: to, connector }),
      });
      return file(account);
    },

    async takedown({ connector, authorId, by }) {
      const found = await file({ connector, authorId });
      const platform = parts.platformOf(found.suspect.latest.mention);
      const event = audit(by, 'takedown-written', found.suspect, { connector, posts: found.posts.length });
      const text = takedownText(found, { platform, product: parts.product(), by: event.actor, at: event.at });
      await store.appendAudit(event);
      return { text, ...(platform.reports && { at: platform.reports.at }) };
    },

    async warn(asked) {
      const found = await store.find(asked.mentionId);
      if (!found?.assessment) throw new Refused('unknown-mention', 'This mention is not there, or not sorted yet.');
      // A warning is looked for as if the mention were about nothing else.
      const about = { ...found.assessment, problemType: WARNING, unsure: false, scam: 0 };
      const template = parts.templates.choices(found.mention, about).find(({ id }) => id.startsWith(`${WARNING}/`));
      if (!template) throw new Refused('no-template', 'No warning is written for this language and platform.');
      return parts.draftAgain({ ...asked, templateId: template.id });
    },
  };
}

function unknown(id?: string): Refused {
  return new Refused(
    'unknown-suspect',
    `There is no ${id === undefined ? 'such suspect' : `suspect "${id}"`}. "earshot scam list --all" shows those there are.`,
  );
}

/** The same for an account everywhere, and tells nothing about it. */
function idOf({ connector, authorId }: Account): string {
  return shortHash(`account\0${connector}\0${authorId}`);
}

/** @throws Refused `no-name`, `no-right` */
function nameOf(by: string | Actor, right: Right): string {
  const name = (typeof by === 'string' ? by : by.name).trim();
  if (name === '') throw new Refused('no-name', 'A decision needs the name of the person who makes it.');
  if (typeof by !== 'string' && !may(by, right))
    throw new Refused('no-right', `As ${by.role} you may not do this here. Ask an admin of this workspace.`);
  return name;
}

async function postsOf(store: ScamParts['store'], { connector, authorId }: Account): Promise<QueueRow[]> {
  const { rows } = await store.queue({ author: { connector, is: authorId }, order: 'newest', limit: POSTS });
  // Another account there may have this id for its handle.
  return rows.filter(({ mention }) => mention.author.id === authorId);
}

/** The message that a post answers, else the last one before it in its conversation that somebody else wrote. */
async function underWhich(store: ScamParts['store'], post: Mention): Promise<Mention | undefined> {
  const { conversation = [] } = (await store.find(post.id)) ?? {};
  const others = conversation.filter(({ author, id }) => id !== post.id && author.id !== post.author.id);
  return (
    others.find(({ nativeId }) => nativeId === post.parentId) ??
    others.findLast(({ saidAt, confirmedScammer }) => saidAt <= post.saidAt && !confirmedScammer)
  );
}
