import type { FastifyBaseLogger } from 'fastify';
import type { Alert } from '../../../core/alerts.ts';
import type { FindPersonal } from '../../../core/cover.ts';
import type { Health } from '../../../core/health.ts';
import type { Mention } from '../../../core/nouns.ts';
import type { Attachments, Clock, QueueRow, Store, TemplateBook } from '../../../core/ports.ts';
import type { IncidentDesk } from '../../../incidents/index.ts';
import type { IntakeDesk } from '../../../intake/index.ts';
import type { ScamDesk } from '../../../scams/index.ts';
import type { Review } from '../../../stages/review/index.ts';
import type { ClockInfo } from '../alert-api.ts';
import type {
  ConnectorInfo,
  CsvTable,
  NewSource,
  OtherWords,
  ProblemTypeInfo,
  PullResult,
  Report,
  SourceChange,
  SourceInfo,
  SourceSettings,
  SourceTest,
  SourceTry,
} from '../api.ts';
import type { OpenIdSettings } from './access/open-id.ts';
import type { AnswerDesk } from './answer-desk.ts';
import type { DeviceDesk } from './device-desk.ts';
import type { LearningDesk } from './learning-desk.ts';
import type { LexiconControl } from './lexicon-control.ts';
import type { SettingsControl } from './settings-control.ts';
import type { TemplateControl } from './template-control.ts';

/**
 * What the inbox may do with sources. The main program builds it from workspace, collect and the list of connectors.
 * Every method throws Refused `unknown-source` for an id that is not there, and Refused with a sentence for what a person
 * can mend.
 */
export interface SourcesControl {
  list(): Promise<SourceInfo[]>;
  /** What the sources that cost money cost this month. */
  spending(): Promise<Report['spending']>;
  /** All there are, as `describeConnector` tells them. */
  connectors(): ConnectorInfo[];
  add(source: NewSource, by: string): Promise<SourceInfo>;
  /** What was set about it. */
  settings(id: string): SourceSettings;
  /**
   * Sets it anew, pauses it or goes on. Where it reads on from stays.
   * @throws Conflict when somebody changed it meanwhile.
   */
  change(id: string, change: SourceChange, by: string): Promise<SourceInfo>;
  /** As `test`, with options that nobody saved yet. */
  try(source: SourceTry): Promise<SourceTest>;
  /** Proves the credentials. A source that does not work is an answer, not an error. */
  test(id: string): Promise<SourceTest>;
  /** Pulls now, beside the schedule. */
  pull(id: string): Promise<PullResult>;
  /** Stops hearing. What was heard stays. */
  remove(id: string, by: string): Promise<void>;
  /** Removes all sample mentions and the sample source. Returns how many mentions went. */
  removeSample(by: string): Promise<number>;
}

/** What the inbox asks about alerts, clocks and evidence. */
export interface AlertDesk {
  clocks(): Promise<ClockInfo[]>;
  /** @throws Refused `unknown-mention`. */
  evidence(mentionId: string, by: string): Promise<object>;
  acknowledge(alert: Alert, by: string): Promise<void>;
}

/** The numbers of the last so many UTC days, in rows of `rowDays` each. */
export interface ReportDesk {
  last(days: number, rowDays: number): Promise<Report>;
  /** One of its tables for a spreadsheet. */
  csv(days: number, table: CsvTable): Promise<string>;
}

/** What the web surface needs. */
export interface WebParts {
  store: Store;
  /** Pictures that came with mentions. */
  attachments: Pick<Attachments, 'read'>;
  /** Takes what platforms and apps call us with. */
  intake: IntakeDesk;
  review: Review;
  incidents: { desk: IncidentDesk };
  alerts: AlertDesk;
  /** Where people are told while the inbox is closed. */
  devices: DeviceDesk;
  scams: ScamDesk;
  report: ReportDesk;
  templates: TemplateBook;
  sources: SourcesControl;
  clock: Clock;
  /** Who we would answer this mention as. The same function that review binds an approval to. */
  accountOf(mention: Mention): string;
  /** What a connector said, in the other languages of the page, as far as it speaks them. */
  otherWords(said: string, connector: string): OtherWords;
  /** What posting this text as an answer costs, in US dollars, where the platform charges. */
  priceOf(mention: Mention, text: string): number | undefined;
  /** What of a text is covered until somebody asks to see it. */
  findPersonal: FindPersonal;
  health(): Promise<Health>;
  metrics: {
    /** Whoever reads the numbers shows it. Undefined: nobody may. */
    token: string | undefined;
    text(): Promise<string>;
    took(request: { method: string; route: string; status: number; seconds: number }): void;
  };
  problemTypes(): readonly ProblemTypeInfo[];
  /** The mentions whose label teaches most, at most so many. */
  uncertain(limit: number): Promise<QueueRow[]>;
  /** The brand's name, from the workspace. */
  product(): string;
  /** Names a mention can be assigned to, besides those who signed in. */
  people(): readonly string[];
  version: string;
  /** Where local platforms with invented people are looked at, when this Earshot hears those. */
  localPlatforms?: string;
  /** The name of the person who follows the link that `start` prints. */
  owner: string;
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** How long open requests may take to end when it closes, in ms: 3 s unless said. */
  drainMs?: number;
  /** Proxies beside those on this machine that say for whom they ask, as addresses or ranges. */
  proxies?: readonly string[];
  /** The address behind a proxy, such as "https://inbox.example.com". Cookies are then for https only. */
  publicOrigin?: string;
  /** The built page, `dist/web`. */
  clientDir: string;
  /** Where an older version kept who may come in. Read once, where it is there. */
  accessFile: string;
  /** A login elsewhere, through OpenID Connect. */
  openId?: OpenIdSettings | undefined;
  settingsControl: SettingsControl;
  lexicon: LexiconControl;
  learning: LearningDesk;
  templateControl: TemplateControl;
  answers: AnswerDesk;
  log: FastifyBaseLogger;
}
