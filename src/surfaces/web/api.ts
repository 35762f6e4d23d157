/**
 * What the inbox's page and its server say to each other, once, as schemas. The server checks both directions with
 * them and publishes them as OpenAPI; the page imports the types only.
 */
import * as z from 'zod';
import { RIGHTS, ROLES } from '../../core/rights.ts';
import {
  ApprovalShape,
  AssessmentShape,
  AuditEventShape,
  CheckShape,
  CoverageSpanShape,
  DraftShape,
  type HoldShape,
  InstantShape,
  LengthShape,
  MentionShape,
  named,
  PriorityShape,
  type QueuePageShape,
  ReceiptShape,
  SourceStatusShape,
  SpendingShape,
  VoidCodeShape,
} from './shapes.ts';

export * from './report-api.ts';
export * from './shapes.ts';

/** Every route of the API stands under it. */
export const BASE = '/api/v1';

// ---------------------------------------------------------------------------------------------------------------------
// Errors

export const ErrorShape = named(
  'Error',
  z.object({
    error: z.object({
      code: z.string().describe('A stable word for machines, such as `conflict` or `check-failed`.'),
      message: z.string().describe('A sentence for people: what happened and what to do next.'),
      /** Only with 500: what to look for in the log. */
      id: z.string().exactOptional(),
    }),
  }),
);
export type ApiError = z.output<typeof ErrorShape>;

// ---------------------------------------------------------------------------------------------------------------------
// Who is here

export const TitleShape = z.object({ en: z.string(), 'zh-Hans': z.string(), 'zh-Hant': z.string() });
export type Title = z.output<typeof TitleShape>;

export const ProblemTypeShape = named(
  'ProblemType',
  z.object({
    id: z.string(),
    title: TitleShape,
    lane: z.string().describe('`general`, `quiet`, or one with rules of its own: `security`, `legal`.'),
    priority: PriorityShape,
    meaning: z.string(),
  }),
);
export type ProblemTypeInfo = z.output<typeof ProblemTypeShape>;

export const DismissReasonShape = z.object({ id: z.string(), title: TitleShape });

export const RoleShape = z.enum(ROLES);
export const RightShape = z.enum(RIGHTS);

export const MeShape = named(
  'Me',
  z.object({
    name: z.string(),
    role: RoleShape,
    rights: z.array(RightShape).describe('What I may do here.'),
    hasPassword: z.boolean(),
    alone: z.boolean().describe('Nobody else here may approve, so that no second approval can be given.'),
    product: z.string(),
    version: z.string(),
    sample: z.boolean().describe('True while sample mentions are in the store.'),
    /** Names that have signed in, for assigning. */
    people: z.array(z.string()),
    problemTypes: z.array(ProblemTypeShape),
    dismissReasons: z.array(DismissReasonShape),
    store: z.string(),
    localPlatforms: z.url().exactOptional().describe('Where local platforms with invented people are looked at.'),
  }),
);
export type Me = z.output<typeof MeShape>;

export const PersonName = z
  .string()
  .trim()
  .min(1, 'Give a name: decisions are recorded under it.')
  .max(60, 'A name has at most 60 characters.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]*$/u, 'A name holds no control characters.');

export const RenameBody = z.object({ name: PersonName });
const key = z.string().min(1).max(200);
const password = z.string().min(1).max(500);
export const KeyBody = z.object({ key });
export const SignInBody = z.union([z.object({ key }), z.object({ name: z.string().min(1).max(200), password })]);
export const WaysShape = z.object({
  login: z.string().exactOptional().describe('The name of a login elsewhere: GET /sign-in/openid leads there.'),
});
export type Ways = z.output<typeof WaysShape>;
export const InvitedShape = z.object({ name: z.string(), role: RoleShape, by: z.string() });
export type Invited = z.output<typeof InvitedShape>;
export const AcceptBody = z.object({ key, name: PersonName, password });
export const InvitationBody = z.object({ name: PersonName, role: RoleShape.default('approver') });
export const InvitationShape = z.object({ url: z.string().describe('Works once.'), expiresAt: z.number() });
export type Invitation = z.output<typeof InvitationShape>;

export const PasswordBody = z.object({ current: z.string().max(500).optional(), password });

export const SessionShape = named(
  'Session',
  z.object({
    id: z.string(),
    at: InstantShape,
    usedAt: InstantShape,
    agent: z.string().describe('The program, as it calls itself.'),
    here: z.boolean(),
  }),
);
export type SessionInfo = z.output<typeof SessionShape>;

export const TokenShape = named(
  'Token',
  z.object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(RightShape),
    at: InstantShape,
    usedAt: InstantShape.exactOptional(),
    until: InstantShape.exactOptional(),
  }),
);
export type TokenInfo = z.output<typeof TokenShape>;
export const NewTokenBody = z.object({
  name: PersonName,
  scopes: z.array(RightShape).min(1),
  days: z.int().min(1).max(366).optional().describe('How long it holds. Without: until it is ended.'),
});
export const NewTokenShape = TokenShape.extend({
  key: z.string().describe('Shown this once. Send it as "Authorization: Bearer …".'),
});
export type NewToken = z.output<typeof NewTokenShape>;

export const PersonShape = named(
  'Person',
  z.object({
    id: z.string(),
    name: z.string(),
    role: RoleShape,
    hasPassword: z.boolean(),
    login: z.boolean().describe('Signs in elsewhere.'),
    disabled: z.boolean(),
    since: InstantShape,
    seenAt: InstantShape.exactOptional(),
    sessions: z.number(),
    tokens: z.array(TokenShape),
  }),
);
export type PersonInfo = z.output<typeof PersonShape>;
export const PeopleShape = z.object({
  people: z.array(PersonShape),
  invitations: z.array(
    z.object({ id: z.string(), name: z.string(), role: RoleShape, by: z.string(), until: InstantShape }),
  ),
});
export type People = z.output<typeof PeopleShape>;
export const ChangePersonBody = z.object({ role: RoleShape.optional(), disabled: z.boolean().optional() });

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 22:00.');
export const RulesShape = named(
  'Rules',
  z.object({
    secondApprover: z.boolean().describe('Replies in regulated lanes need two people.'),
    secondApproverRole: z.enum(['approver', 'lead']),
    sending: z.object({
      timeZone: z.string().min(1).max(60),
      quietHours: z.object({ from: timeOfDay, to: timeOfDay }).exactOptional(),
      urgentAtOnce: z.boolean(),
    }),
  }),
);
export type Rules = z.output<typeof RulesShape>;

// ---------------------------------------------------------------------------------------------------------------------
// The queue

export const VIEWS = ['urgent', 'waiting', 'mine', 'by-hand', 'scam', 'later', 'done', 'all'] as const;
export type View = (typeof VIEWS)[number];

const oneOrMore = z
  .union([z.string().min(1).max(100), z.array(z.string().min(1).max(100)).max(50)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

export const QueueQueryShape = z.object({
  view: z.enum(VIEWS).default('waiting'),
  search: z.string().max(200).optional().describe('Words that must all occur, also inside Chinese sentences.'),
  problemType: oneOrMore.optional().describe('May be given several times.'),
  source: oneOrMore.optional(),
  lang: oneOrMore.optional(),
  unsure: z.enum(['true', 'false']).optional().describe('`true`: only those the classifier is unsure about.'),
  cameBack: z.literal('true').optional().describe('Only those whose author wrote again after our answer.'),
  order: z.enum(['urgency', 'newest']).optional().describe('Default: by urgency; `done` and `all` by newest.'),
  after: z.string().max(500).optional().describe('The `next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type QueueQueryInput = z.input<typeof QueueQueryShape>;

export const CountsShape = z.object({
  urgent: z.number(),
  waiting: z.number(),
  mine: z.number(),
  byHand: z.number(),
  scam: z.number(),
  later: z.number(),
  done: z.number(),
  sample: z.number(),
});
export type CountsAnswer = z.output<typeof CountsShape>;

// ---------------------------------------------------------------------------------------------------------------------
// One mention

export const ReplyToShape = named(
  'ReplyTo',
  z.object({
    how: z.enum(['api', 'by-hand', 'never']),
    as: z.string().exactOptional().describe('The account we post as.'),
    where: z.string().describe('Platform and place in words.'),
    why: z.string().exactOptional().describe('Why only by hand, or why never.'),
  }),
);
export type ReplyTo = z.output<typeof ReplyToShape>;

export const TemplateChoiceShape = z.object({ id: z.string(), title: z.string() });

export const DetailShape = named(
  'Detail',
  z.object({
    mention: MentionShape,
    assessment: AssessmentShape.exactOptional(),
    drafts: z.array(DraftShape).describe('Newest revision last.'),
    approval: ApprovalShape.exactOptional(),
    receipt: ReceiptShape.exactOptional(),
    conversation: z.array(MentionShape).describe('The thread as far as we hold it, oldest first, this one included.'),
    history: z.array(AuditEventShape),
    replyTo: ReplyToShape,
    templates: z.array(TemplateChoiceShape),
    needsTwo: z.boolean().describe('Two people are needed for a reply here.'),
    sendAt: z.number().describe('When a reply that is approved now would go out.'),
    voided: z
      .object({ approver: z.string(), code: VoidCodeShape, first: z.boolean() })
      .exactOptional()
      .describe('An approval that something took away, and nobody has seen to since.'),
    changed: VoidCodeShape.exactOptional().describe('What changed under a reply that waits to be posted by hand.'),
    mayUndo: z.boolean().describe('Whether `undo` takes the last decision back. False once a reply is on its way.'),
    /** Names of others who have this mention open. */
    lookingAt: z.array(z.string()),
  }),
);
export type Detail = z.output<typeof DetailShape>;

const version = z.int().min(0).describe('The version of the mention that the decision is about.');
const note = z.string().trim().max(500);
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'Give the address of the reply, starting with http:// or https://.' })
  .max(2000);

/** The body of each decision, by the last part of its address. All answer the fresh `Detail`. */
export const DECISIONS = {
  approve: z.object({ version, revision: z.int().min(1), sendAt: z.number().optional() }),
  edit: z.object({ version, text: z.string().max(50_000) }),
  template: z.object({ version, templateId: z.string().min(1).max(300) }),
  dismiss: z.object({ version, reason: z.string().min(1).max(60), note: note.optional() }),
  snooze: z.object({ version, until: z.number() }),
  assign: z.object({ version, to: PersonName.nullable() }),
  escalate: z.object({ version, note }),
  correct: z.object({ version, problemType: z.string().min(1).max(100) }),
  undo: z.object({ version }),
  posted: z.object({ version, url: httpUrl.optional() }),
  settle: z.object({ version, outcome: z.enum(['posted', 'not-posted']), url: httpUrl.optional() }),
  retry: z.object({ version }),
} as const;
export type DecisionName = keyof typeof DECISIONS;
export type DecisionBody<Name extends DecisionName> = z.input<(typeof DECISIONS)[Name]>;

export const RevealBody = z.object({ start: z.number().int().min(0).describe('Where the covered span begins.') });
export const RevealedShape = z.object({ text: z.string() });
export type Hold = z.output<typeof HoldShape>;
export const HoldBody = z.object({ takeOver: z.boolean().optional() });
export const CheckBody = z.object({ text: z.string().max(50_000) });
export const CheckAnswer = z.object({ checks: z.array(CheckShape), length: LengthShape });
export type CheckResult = z.output<typeof CheckAnswer>;

// ---------------------------------------------------------------------------------------------------------------------
// Live

export const ChangeShape = z.object({
  mentions: z
    .array(z.string())
    .describe('Ids that changed. Empty: look again at everything that is shown, sources too.'),
  sources: z.boolean(),
});
export type ChangeEvent = z.output<typeof ChangeShape>;

export const PresenceShape = z.object({
  people: z.array(z.object({ name: z.string(), mentionId: z.string().nullable() })),
});
export type PresenceEvent = z.output<typeof PresenceShape>;
export const PresenceBody = z.object({ mentionId: z.string().min(1).max(40).nullable() });

// ---------------------------------------------------------------------------------------------------------------------
// Sources and numbers

export const SourceShape = named(
  'Source',
  z.object({
    id: z.string(),
    connector: z.string(),
    name: z.string(),
    sample: z.boolean(),
    enabled: z.boolean(),
    schedule: z.string().describe('Cron, UTC. Empty when nothing is pulled.'),
    status: SourceStatusShape,
    coverage: z.array(CoverageSpanShape),
    spending: SpendingShape.exactOptional().describe('For sources that cost money.'),
  }),
);
export type SourceInfo = z.output<typeof SourceShape>;

export const ConnectorShape = named(
  'Connector',
  z.object({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    docs: z.string(),
    rules: z.string(),
    status: z.enum(['stable', 'experimental', 'retired']),
    can: z.object({
      pull: z.boolean(),
      listen: z.boolean(),
      recheck: z.boolean(),
      reply: z.string().describe('`platform-key`, `look-up`, `cannot` or `by-hand`.'),
    }),
    limits: z.object({
      maxReplyChars: z.number(),
      pullEverySeconds: z.number(),
      requests: z.object({ count: z.number(), perSeconds: z.number() }),
      verified: z.object({ at: z.string(), on: z.string() }),
    }),
    options: z
      .record(z.string(), z.unknown())
      .describe('JSON Schema of the options: the settings form is made from it.'),
    secrets: z.record(
      z.string(),
      z.object({ env: z.string(), describe: z.string(), optional: z.literal(true).optional() }),
    ),
  }),
);
export type ConnectorInfo = z.output<typeof ConnectorShape>;

export const NewSourceBody = z.object({
  connector: z.string().min(1).max(60),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'An id holds small letters, digits and hyphens, such as "my-forum".'),
  name: z.string().trim().min(1).max(100).optional(),
  options: z.record(z.string().max(100), z.unknown()),
  schedule: z.string().max(100).optional(),
});
export type NewSource = z.output<typeof NewSourceBody>;

export const SourceTestShape = z.object({ ok: z.boolean(), message: z.string() });
export type SourceTest = z.output<typeof SourceTestShape>;
export const PullShape = z.object({ added: z.number(), changed: z.number(), known: z.number(), skipped: z.number() });
export type PullResult = z.output<typeof PullShape>;
export const RemovedShape = z.object({ removed: z.number() });

export const UncertainQuery = z.object({ limit: z.coerce.number().int().min(1).max(100).default(20) });

export const AliveShape = z.object({ status: z.literal('alive'), version: z.string() });
export const HealthShape = z.object({
  status: z
    .enum(['ready', 'degraded', 'not-ready'])
    .describe('`degraded`: it works, and somebody should look. `not-ready` comes with 503.'),
  version: z.string(),
  troubles: z.array(
    z.object({
      code: z.enum(['store', 'stopping', 'disk', 'source', 'sorting', 'posting', 'unsure']),
      message: z.string(),
    }),
  ),
  store: z.string(),
  sources: z.array(z.object({ id: z.string(), state: SourceStatusShape.shape.state })),
});

export type { QueuePage, QueueRow } from '../../core/ports.ts';
export type QueueAnswer = z.output<typeof QueuePageShape>;
