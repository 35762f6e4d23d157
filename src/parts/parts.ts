import type { World } from '#kit';
import type { FindPersonal } from '../core/cover.ts';
import type { Mention } from '../core/nouns.ts';
import type { Attachments, Classifier, Clock, QueueRow, Store, TemplateBook } from '../core/ports.ts';
import type { IncidentDesk, IncidentWatch } from '../incidents/index.ts';
import type { Log } from '../observe/log.ts';
import type { CsvTable, figuresOf, lastDays } from '../report/index.ts';
import type { ScamDesk } from '../scams/index.ts';
import type { Settings } from '../settings.ts';
import type { ModelLibrary, ProblemType } from '../stages/classify/index.ts';
import type { Collector } from '../stages/collect/index.ts';
import type { Article, Template } from '../stages/draft/index.ts';
import type { Review } from '../stages/review/index.ts';
import type {
  AlertDesk,
  AnswerDesk,
  DeviceDesk,
  LearningDesk,
  LexiconControl,
  SettingsControl,
  SourcesControl,
  TemplateControl,
} from '../surfaces/web/server/index.ts';
import type { Workspace, WorkspaceHandle } from '../workspace/index.ts';
import type { Canaries } from './canary.ts';
import type { Endings } from './ending.ts';
import type { OpenedSources } from './opened-sources.ts';
import type { otherWords } from './other-words.ts';
import type { PullSource } from './pull.ts';
import type { Push } from './push.ts';
import type { SharedModels } from './shared-models.ts';
import type { Taxonomy } from './taxonomy.ts';
import type { Together } from './together.ts';

/** Everything that runs, put together once: `main.ts` starts all of it, a command uses what it needs. */
export interface Parts {
  settings: Settings;
  log: Log;
  clock: Clock;
  workspace: WorkspaceHandle;
  store: Store;
  /** Pictures that came with mentions. */
  attachments: Attachments;
  problemTypes: readonly ProblemType[];
  taxonomy: Taxonomy;
  models: ModelLibrary;
  /** The same for all machines; undefined where there is one. */
  sharedModels: SharedModels | undefined;
  templates: TemplateBook;
  /** The knowledge base that the templates rest on. */
  knowledge: readonly Article[];
  /** Its articles with owner, check and the templates that rest on them. */
  knowledgeRows(): KnowledgeRow[];
  /** The mentions whose label teaches most, at most so many. */
  uncertain(limit: number): Promise<QueueRow[]>;
  /** The templates that came along, as nobody here has changed them. */
  shipped: readonly Template[];
  /** A book over other templates, filled and checked by these settings or others: to try them. */
  bookOf(templates: readonly Template[] | (() => readonly Template[]), tried?: Workspace): TemplateBook;
  review: Review;
  settingsControl: SettingsControl;
  lexicon: LexiconControl;
  learning: LearningDesk;
  templateControl: TemplateControl;
  answers: AnswerDesk;
  incidents: Incidents;
  alerts: AlertDesk;
  /** Sends to people's devices. */
  push: Push;
  devices: DeviceDesk;
  scams: ScamDesk;
  report: ReportDesk;
  collector: Collector;
  /** Marked posts that must be heard again. */
  canaries: Canaries;
  /** What a connector gets of the world when it is opened. */
  world: World;
  opened: OpenedSources;
  sources: SourcesControl;
  pull: PullSource;
  /** Who we answer a mention as: what an approval is bound to. */
  accountOf(mention: Mention): string;
  /** What a connector said, in the other languages of the page, as far as it speaks them. */
  otherWords: typeof otherWords;
  /** What posting a text as an answer costs, in US dollars, where the platform charges. */
  priceOf(mention: Mention, text: string): number | undefined;
  /** How this process works beside others. */
  together: Together;
  ourHandles(platform: string): readonly string[];
  findPersonal: FindPersonal;
  /** The one in use. Loaded when first asked for, since it takes the longest, and again when another model was promoted. */
  classifier(): Promise<Classifier>;
  /** @param endings told what is waited for */
  close(endings?: Endings): Promise<void>;
}

/** One article with what its owner wants to know. */
export interface KnowledgeRow {
  id: string;
  title: string;
  /** In Simplified Chinese, where it is written. */
  titleZh?: string;
  owner: string;
  languages: string[];
  /** The day of the last check; of two languages the earlier one. */
  checked: string;
  /** Whoever said so here. Left out where the file says it. */
  checkedBy?: string;
  /** The day on which the next one is due. */
  due: string;
  overdue: boolean;
  /** Ids of the templates that rest on it. */
  templates: string[];
}

/** What is asked about the numbers. */
export interface ReportDesk {
  /** The last so many UTC days, today as far as it goes. @param rowDays how many of them a row is for; one without it */
  last(days: number, rowDays?: number): ReturnType<typeof lastDays>;
  between(from: number, to: number): ReturnType<typeof figuresOf>;
  /** One of its tables for a spreadsheet. */
  csv(days: number, table: CsvTable): Promise<string>;
}

export interface Incidents {
  desk: IncidentDesk;
  watch: IncidentWatch;
}
