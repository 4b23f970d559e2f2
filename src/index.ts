// The library's face: the manager of this computer, for programs that embed it. Whoever writes a
// handler imports `syncmgr/handler` instead. Nothing else of the package is promised.
export type { Client, LogQuery } from './api/client.ts';
export type * from './api/shapes.ts';
export { openClient, openSyncMgr } from './compose.ts';
export { SyncError } from './model/error.ts';
