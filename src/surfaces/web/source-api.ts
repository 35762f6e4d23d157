/** The part of the API that is about sources, connectors and health. */
import * as z from 'zod';
import { TROUBLES } from '../../core/health.ts';
import { CoverageSpanShape, named, OtherWordsShape, SourceStatusShape, SpendingShape } from './shapes.ts';

export const SourceShape = named(
  'Source',
  z.object({
    id: z.string(),
    connector: z.string(),
    name: z.string(),
    nameIn: OtherWordsShape.exactOptional().describe(
      'Where nobody gave it a name of its own: what its connector is called.',
    ),
    sample: z.boolean(),
    enabled: z.boolean(),
    schedule: z.string().describe('Cron, UTC. Empty when nothing is pulled.'),
    status: SourceStatusShape,
    messageIn: OtherWordsShape.exactOptional(),
    coverage: z.array(CoverageSpanShape.safeExtend({ causeIn: OtherWordsShape.exactOptional() })),
    spending: SpendingShape.exactOptional().describe('For sources that cost money.'),
    canary: z
      .object({
        source: z.string(),
        verdict: z.enum(['waiting', 'heard', 'deaf', 'unsent']),
        sentAt: z.number(),
        dueAt: z.number(),
        heardAt: z.number().exactOptional(),
        deafSince: z.number().exactOptional(),
        problem: z.string().exactOptional(),
        problemIn: OtherWordsShape.exactOptional(),
      })
      .exactOptional()
      .describe('How the last marked post of a test account fared, where one is switched on.'),
    calledAt: z
      .string()
      .exactOptional()
      .describe('For sources that are called: their address, without a host where EARSHOT_ORIGIN is not set.'),
    isRead: z.boolean().describe('False for a source that is called only: there is nothing to pull.'),
  }),
);
export type SourceInfo = z.output<typeof SourceShape>;

const ConnectorWords = z.object({
  name: z.string(),
  summary: z.string(),
  options: z
    .record(z.string(), z.object({ label: z.string(), describe: z.string() }))
    .describe('What each option is called, and what it says of itself.'),
  secrets: z.record(z.string(), z.string()).describe('What each secret is, by its environment variable.'),
});

export const ConnectorShape = named(
  'Connector',
  z.object({
    id: z.string(),
    name: z.string(),
    summary: z.string(),
    docs: z.string(),
    rules: z.string(),
    status: z.enum(['stable', 'experimental', 'retired']),
    words: z
      .object({ 'zh-Hans': ConnectorWords, 'zh-Hant': ConnectorWords })
      .exactOptional()
      .describe('The same in other languages, where the connector has them.'),
    can: z.object({
      pull: z.boolean(),
      listen: z.boolean(),
      intake: z.boolean().describe('It is called, at an address of its own.'),
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

const OPTIONS = z.record(z.string().max(100), z.unknown());

export const NewSourceBody = z.object({
  connector: z.string().min(1).max(60),
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'An id holds small letters, digits and hyphens, such as "my-forum".'),
  name: z.string().trim().min(1).max(100).optional(),
  options: OPTIONS,
  schedule: z.string().max(100).optional(),
});
export type NewSource = z.output<typeof NewSourceBody>;

export const SourceSettingsShape = named(
  'SourceSettings',
  z.object({
    connector: z.string(),
    name: z.string().exactOptional(),
    enabled: z.boolean().describe('False while it is paused.'),
    schedule: z.string().exactOptional().describe('Cron, UTC. Left out: as all sources are read.'),
    options: z.record(z.string(), z.unknown()).describe('As they were set. Never secrets.'),
  }),
);
/** What a person set about one source. */
export type SourceSettings = z.output<typeof SourceSettingsShape>;

export const ChangeSourceBody = z.object({
  before: SourceSettingsShape.describe('As whoever changes it saw it: a change of somebody else is not overwritten.'),
  after: z.object({
    name: z.string().trim().min(1).max(100).exactOptional(),
    enabled: z.boolean(),
    schedule: z.string().max(100).exactOptional(),
    options: OPTIONS,
  }),
});
export type SourceChange = z.output<typeof ChangeSourceBody>;

export const TrySourceBody = NewSourceBody.pick({ connector: true, id: true, options: true });
export type SourceTry = z.output<typeof TrySourceBody>;

export const SourceTestShape = z.object({
  ok: z.boolean(),
  message: z.string(),
  messageIn: OtherWordsShape.exactOptional(),
});
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
      code: z.enum(TROUBLES),
      message: z.string(),
    }),
  ),
  store: z.string(),
  sources: z.array(z.object({ id: z.string(), state: SourceStatusShape.shape.state })),
});
