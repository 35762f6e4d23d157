import type { Right, Role } from '../../../core/rights.ts';
import type { ClockInfo } from '../alert-api.ts';
import type { AnswerInfo, AnswerTry, AnswerVersion, ProposeAsked } from '../answer-api.ts';
import type {
  ApiError,
  AuthorInfo,
  CheckResult,
  ConnectorInfo,
  CountsAnswer,
  CsvTable,
  DecisionBody,
  DecisionName,
  Detail,
  Hold,
  Invitation,
  Invited,
  Me,
  NewSource,
  NewToken,
  OtherWords,
  People,
  PullResult,
  QueueAnswer,
  QueueQueryInput,
  Report,
  SavedViews,
  SaveView,
  SessionInfo,
  SourceChange,
  SourceInfo,
  SourceSettings,
  SourceTest,
  SourceTry,
  TemplateOffer,
  TokenInfo,
  ViewCounts,
  Ways,
} from '../api.ts';
import type { Devices, DeviceWish, NewDevice } from '../device-api.ts';
import type {
  IncidentBody,
  IncidentDetail,
  IncidentInfo,
  IncidentSummaryInfo,
  PlanRowInfo,
  RowOutcome,
} from '../incident-api.ts';
import type { JobAsked, JobInfo, Learning, ReplayAnswer } from '../learning-api.ts';
import type {
  KeywordList,
  KeywordListChange,
  KeywordListTry,
  KeywordVersion,
  OwnKeywordAsked,
} from '../lexicon-api.ts';
import type { AccountAsked, JudgeAsked, SuspectEntry, SuspectFileInfo, Takedown } from '../scam-api.ts';
import type {
  KeywordTry,
  NoticePreview,
  SettingsAnswer,
  SettingsChange,
  SettingsDifference,
  SettingsVersion,
} from '../settings-api.ts';
import type {
  NewTemplate,
  Proposal,
  TemplateChange,
  TemplatesAnswer,
  TemplateTry,
  TemplateUseInfo,
  TemplateVersionInfo,
} from '../template-api.ts';

const BASE = '/api/v1';

/** Told to the window when the server says that the session has ended. */
export const SIGNED_OUT = 'earshot-signed-out';

/** The server's answer was no, with a sentence for people. `network` when there was no answer at all. */
export class ApiFailure extends Error {
  readonly status: number;
  /** A stable word such as `conflict` or `check-failed`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.code = code;
  }
}

/** @throws ApiFailure for every answer but 2xx, and when none came. */
async function call<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: {
        'accept-language': document.documentElement.lang,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (thrown) {
    if (signal?.aborted) throw thrown;
    throw new ApiFailure(0, 'network', 'Earshot does not answer.');
  }
  if (response.status === 204) return undefined as T;
  const answer: unknown = await response.json().catch((thrown: unknown) => {
    // Cut off while it was read: no answer, and not an empty one.
    if (signal?.aborted) throw thrown;
    return undefined;
  });
  if (!response.ok) {
    if (response.status === 401 && !path.startsWith('/session') && path !== '/me') dispatchEvent(new Event(SIGNED_OUT));
    throw asApiFailure(response.status, answer);
  }
  return answer as T;
}

function asApiFailure(status: number, answer: unknown): ApiFailure {
  const error = (answer as Partial<ApiError> | undefined)?.error;
  const own = error?.messageIn?.[document.documentElement.lang as keyof OtherWords];
  const message = own ?? error?.message ?? `Earshot answered ${status}.`;
  return new ApiFailure(status, error?.code ?? `http-${status}`, message);
}

function queryString(query: QueueQueryInput): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  return parameters.toString();
}

const at = (id: string) => `/mentions/${encodeURIComponent(id)}`;
const note = (id: string, noteId: string) => `${at(id)}/notes/${encodeURIComponent(noteId)}`;
const savedView = (id: string) => `/views/${encodeURIComponent(id)}`;
const incident = (id: string) => `/incidents/${encodeURIComponent(id)}`;
const source = (id: string) => `/sources/${encodeURIComponent(id)}`;

/** Every route the page uses, by what it is for. */
export const api = {
  me: () => call<Me>('GET', '/me'),
  rename: (name: string) => call<Me>('PATCH', '/me', { name }),
  ways: () => call<Ways>('GET', '/session/ways'),
  signIn: (by: { key: string } | { name: string; password: string }) => call<void>('POST', '/session', by),
  signOut: () => call<void>('DELETE', '/session'),
  invitation: (key: string) => call<Invited>('POST', '/invitations/look', { key }),
  accept: (key: string, name: string, password: string) =>
    call<void>('POST', '/invitations/accept', { key, name, password }),
  invite: (name: string, role: Role) => call<Invitation>('POST', '/invitations', { name, role }),
  withdraw: (id: string) => call<void>('DELETE', `/invitations/${id}`),

  setPassword: (password: string, current?: string) => call<void>('PUT', '/me/password', { password, current }),
  sessions: () => call<SessionInfo[]>('GET', '/me/sessions'),
  endSession: (id: string) => call<void>('DELETE', `/me/sessions/${id}`),
  endOtherSessions: () => call<void>('DELETE', '/me/sessions'),
  devices: () => call<Devices>('GET', '/me/devices'),
  addDevice: (device: NewDevice) => call<Devices>('POST', '/me/devices', device),
  changeDevice: (id: string, wish: DeviceWish) => call<Devices>('PUT', `/me/devices/${id}`, wish),
  testDevice: (id: string) => call<Devices>('POST', `/me/devices/${id}/test`, {}),
  removeDevice: (id: string) => call<Devices>('DELETE', `/me/devices/${id}`),
  tokens: () => call<TokenInfo[]>('GET', '/me/tokens'),
  addToken: (name: string, scopes: Right[]) => call<NewToken>('POST', '/me/tokens', { name, scopes }),
  endToken: (id: string) => call<void>('DELETE', `/me/tokens/${id}`),
  people: () => call<People>('GET', '/people'),
  changePerson: (id: string, change: { role?: Role; disabled?: boolean; discord?: string }) =>
    call<People>('PATCH', `/people/${id}`, change),
  endSessionsOf: (id: string) => call<People>('DELETE', `/people/${id}/sessions`),

  templates: (platform: string) => call<TemplatesAnswer>('GET', `/templates?platform=${encodeURIComponent(platform)}`),
  answers: () => call<AnswerInfo[]>('GET', '/answers'),
  answerHistory: (id: string) => call<AnswerVersion[]>('GET', `/answers/history?id=${encodeURIComponent(id)}`),
  tryAnswer: (asked: ProposeAsked, signal?: AbortSignal) => call<AnswerTry>('POST', '/answers/try', asked, signal),
  proposeAnswer: (asked: ProposeAsked) => call<AnswerInfo[]>('POST', '/answers/propose', asked),
  approveAnswer: (id: string, version: string) => call<AnswerInfo[]>('POST', '/answers/approve', { id, version }),
  answerStep: (step: 'discard' | 'withdraw' | 'checked' | 'back', id: string) =>
    call<AnswerInfo[]>('POST', `/answers/${step}`, { id }),

  templateHistory: (id: string) =>
    call<TemplateVersionInfo[]>('GET', `/templates/history?id=${encodeURIComponent(id)}`),
  templateProposals: () => call<Proposal[]>('GET', '/templates/proposals'),
  tryTemplate: (asked: { id: string; text: string; platform: string }, signal?: AbortSignal) =>
    call<TemplateTry>('POST', '/templates/try', asked, signal),
  changeTemplate: (change: TemplateChange) => call<unknown>('PUT', '/templates', change),
  addTemplate: (template: NewTemplate) => call<{ id: string }>('POST', '/templates', template),
  templateBack: (id: string) => call<unknown>('POST', '/templates/back', { id }),
  declineProposal: (id: string, key: string) => call<unknown>('POST', '/templates/decline', { id, key }),
  templateUse: () => call<TemplateUseInfo[]>('GET', '/templates/use'),

  settings: () => call<SettingsAnswer>('GET', '/settings'),
  changeSettings: (section: string, change: SettingsChange) =>
    call<SettingsAnswer>('PUT', `/settings/${encodeURIComponent(section)}`, change),
  settingsVersions: () => call<SettingsVersion[]>('GET', '/settings/versions'),
  settingsWayBack: (revision: number) => call<SettingsDifference[]>('GET', `/settings/versions/${revision}`),
  restoreSettings: (revision: number) => call<SettingsAnswer>('POST', `/settings/versions/${revision}/restore`, {}),
  previewNotice: (notice: { en: string; zh: string }, signal?: AbortSignal) =>
    call<NoticePreview>('POST', '/settings/notice/preview', notice, signal),
  tryKeywords: (words: readonly string[]) => call<KeywordTry>('POST', '/settings/keywords/try', { words }),

  keywordList: () => call<KeywordList>('GET', '/lexicon'),
  keywordHistory: () => call<KeywordVersion[]>('GET', '/lexicon/history'),
  tryKeywordList: (own: readonly OwnKeywordAsked[], signal?: AbortSignal) =>
    call<KeywordListTry>('POST', '/lexicon/try', { own }, signal),
  changeKeywordList: (change: KeywordListChange) => call<KeywordList>('PUT', '/lexicon', change),
  keywordsBack: (revision: number) => call<KeywordList>('POST', '/lexicon/back', { revision }),

  savedViews: () => call<SavedViews>('GET', '/views'),
  viewCounts: () => call<ViewCounts>('GET', '/views/counts'),
  saveView: (body: SaveView) => call<SavedViews>('POST', '/views', body),
  changeView: (id: string, body: SaveView) => call<SavedViews>('PUT', savedView(id), body),
  removeView: (id: string) => call<SavedViews>('DELETE', savedView(id)),
  startWith: (view: string | null) => call<SavedViews>('PUT', '/views/start', { view }),

  queue: (query: QueueQueryInput, signal?: AbortSignal) =>
    call<QueueAnswer>('GET', `/queue?${queryString(query)}`, undefined, signal),
  counts: () => call<CountsAnswer>('GET', '/counts'),
  mention: (id: string, signal?: AbortSignal) => call<Detail>('GET', at(id), undefined, signal),
  decide: <Name extends DecisionName>(id: string, name: Name, body: DecisionBody<Name>) =>
    call<Detail>('POST', `${at(id)}/${name}`, body),
  reveal: (id: string, start: number) => call<{ text: string }>('POST', `${at(id)}/reveal`, { start }),
  check: (id: string, text: string, signal?: AbortSignal) =>
    call<CheckResult>('POST', `${at(id)}/check`, { text }, signal),
  hold: (id: string, takeOver = false) => call<Hold>('POST', `${at(id)}/hold`, { takeOver }),
  release: (id: string) => call<void>('DELETE', `${at(id)}/hold`),
  author: (id: string, signal?: AbortSignal) => call<AuthorInfo>('GET', `${at(id)}/author`, undefined, signal),
  templateOffers: (id: string, signal?: AbortSignal) =>
    call<TemplateOffer[]>('GET', `${at(id)}/templates`, undefined, signal),
  addNote: (id: string, text: string) => call<Detail>('POST', `${at(id)}/notes`, { text }),
  editNote: (id: string, noteId: string, text: string) => call<Detail>('PUT', note(id, noteId), { text }),
  removeNote: (id: string, noteId: string) => call<Detail>('DELETE', note(id, noteId)),
  restoreNote: (id: string, noteId: string) => call<Detail>('POST', `${note(id, noteId)}/restore`, {}),
  revealNote: (id: string, noteId: string, start: number) =>
    call<{ text: string }>('POST', `${note(id, noteId)}/reveal`, { start }),
  lookAt: (mentionId: string | null) => call<void>('POST', '/presence', { mentionId }),

  clocks: () => call<ClockInfo[]>('GET', '/clocks'),
  acknowledge: (id: string) => call<{ done: boolean }>('POST', `${at(id)}/acknowledge`, {}),
  /** The address of a file to keep. */
  attachmentOf: (id: string, file: string) => `${BASE}${at(id)}/attachments/${encodeURIComponent(file)}`,
  evidenceOf: (id: string) => `${BASE}${at(id)}/evidence`,

  suspects: (cleared: boolean) => call<SuspectEntry[]>('GET', `/suspects?cleared=${cleared}`),
  suspect: ({ connector, authorId }: AccountAsked) =>
    call<SuspectFileInfo>('GET', `/suspects/file?${new URLSearchParams({ connector, authorId })}`),
  judge: (body: JudgeAsked) => call<SuspectFileInfo>('POST', '/suspects/judge', body),
  takedown: (body: AccountAsked) => call<Takedown>('POST', '/suspects/takedown', body),
  warn: (body: { mentionId: string; version: number }) => call<Detail>('POST', '/suspects/warn', body),

  incidents: () => call<IncidentSummaryInfo[]>('GET', '/incidents'),
  incident: (id: string) => call<IncidentDetail>('GET', incident(id)),
  incidentPlan: (id: string, kind: 'answer' | 'solved') =>
    call<PlanRowInfo[]>('GET', `${incident(id)}/plan?kind=${kind}`),
  startIncident: (body: IncidentBody<'start'>) => call<IncidentInfo>('POST', '/incidents', body),
  decideIncident: <Name extends 'join' | 'leave' | 'reply' | 'close' | 'reopen'>(
    id: string,
    name: Name,
    body: IncidentBody<Name>,
  ) => call<IncidentInfo>('POST', `${incident(id)}/${name}`, body),
  approveIncident: (id: string, body: IncidentBody<'approve'>) =>
    call<RowOutcome[]>('POST', `${incident(id)}/approve`, body),

  sources: () => call<SourceInfo[]>('GET', '/sources'),
  connectors: () => call<ConnectorInfo[]>('GET', '/connectors'),
  addSource: (body: NewSource) => call<SourceInfo>('POST', '/sources', body),
  sourceSettings: (id: string) => call<SourceSettings>('GET', source(id)),
  changeSource: (id: string, change: SourceChange) => call<SourceInfo>('PUT', source(id), change),
  trySource: (body: SourceTry) => call<SourceTest>('POST', '/sources/try', body),
  testSource: (id: string) => call<SourceTest>('POST', `${source(id)}/test`, {}),
  pullSource: (id: string) => call<PullResult>('POST', `${source(id)}/pull`, {}),
  removeSource: (id: string) => call<unknown>('DELETE', source(id)),
  removeSample: () => call<{ removed: number }>('POST', '/sample/remove', {}),

  learning: () => call<Learning>('GET', '/learning'),
  learningJob: () => call<{ job?: JobInfo }>('GET', '/learning/job'),
  startJob: (job: JobAsked) => call<JobInfo>('POST', '/learning/job', job),
  endJob: () => call<JobInfo>('DELETE', '/learning/job'),
  rollBackModel: () => call<Learning>('POST', '/learning/rollback', {}),
  replayed: () => call<ReplayAnswer>('GET', '/learning/replay'),

  uncertain: () => call<QueueAnswer>('GET', '/uncertain?limit=20'),
  report: (days: number) => call<Report>('GET', `/report?days=${days}`),
  /** The address of a file to keep. */
  reportCsv: (days: number, table: CsvTable) => `${BASE}/report/csv?days=${days}&table=${table}`,
};

/** Where the live events come from. */
export const EVENTS = `${BASE}/events`;
