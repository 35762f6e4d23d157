/** The part of the API that is about who is here: people, sessions, invitations, tokens and the rules of review. */
import * as z from 'zod';
import { RIGHTS, ROLES } from '../../core/rights.ts';
import { SavedQueryShape } from './saved-view-api.ts';
import { InstantShape, named, PriorityShape } from './shapes.ts';

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
    start: SavedQueryShape.exactOptional().describe('What the inbox opens with, where I chose something.'),
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
    discord: z.string().exactOptional().describe('Id of their Discord account, where they decide as themselves.'),
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
export const ChangePersonBody = z.object({
  role: RoleShape.optional(),
  disabled: z.boolean().optional(),
  discord: z
    .string()
    .regex(/^(\d{15,20})?$/, 'The id of a Discord account has 15 to 20 digits: "Copy User ID" in its menu.')
    .optional()
    .describe('Empty: none.'),
});
