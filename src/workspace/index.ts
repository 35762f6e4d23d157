export { type Difference, difference } from './difference.ts';
export { settingsRecords, writeSettingsFile } from './move.ts';
export {
  BrokenWorkspace,
  checkWorkspace,
  type Fault,
  type FurtherChecks,
  lineIn,
  readWorkspace as parseWorkspace,
} from './read.ts';
export { type CanaryEntry, officialHandles, SourceEntry, Workspace, type WorkspaceInput } from './schema.ts';
export { openSharedWorkspace } from './shared.ts';
export { settingsOf, type Version } from './versions.ts';
export { type OpenWorkspaceOptions, openWorkspace, type WorkspaceHandle } from './workspace.ts';
