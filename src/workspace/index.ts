export type { Difference } from './difference.ts';
export { BrokenWorkspace, type Fault, type FurtherChecks, readWorkspace as parseWorkspace } from './read.ts';
export { officialHandles, SourceEntry, Workspace, type WorkspaceInput } from './schema.ts';
export { openSharedWorkspace } from './shared.ts';
export { recordOf } from './shared-document.ts';
export { settingsOf, type Version } from './versions.ts';
export { type OpenWorkspaceOptions, openWorkspace, type WorkspaceHandle } from './workspace.ts';
