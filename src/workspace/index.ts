export type { Difference } from './difference.ts';
export { BrokenWorkspace, type Fault, type FurtherChecks } from './read.ts';
export { officialHandles, SourceEntry, Workspace, type WorkspaceInput } from './schema.ts';
export type { Version } from './versions.ts';
export { type OpenWorkspaceOptions, openWorkspace, type WorkspaceHandle } from './workspace.ts';
