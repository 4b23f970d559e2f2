// The old contract of `mobsync.h` under its own names, over the manager of this package: what
// `syncmgr/mobsync` exports. docs/mobsync.md tells where each name lives and what differs.
export {
  type ClassFactory,
  type ClassFinder,
  mobsyncHandler,
  mobsyncHandlerName,
} from './adapter/handler.ts';
export {
  type PFNRFCDCALLBACK,
  type RFCDLGPARAM,
  SyncMgrResolveConflict,
} from './conflict-dialog.ts';
export * from './constants/conflict-dialog.ts';
export * from './constants/handler-info.ts';
export * from './constants/initialize.ts';
export * from './constants/invoke.ts';
export * from './constants/item.ts';
export * from './constants/log.ts';
export * from './constants/progress.ts';
export * from './constants/register.ts';
export * from './constants/status.ts';
export * from './guid.ts';
export { SyncMgrHandler } from './handler-base.ts';
export * from './hresult.ts';
export type { ISyncMgrSynchronizeCallback } from './interfaces/callback.ts';
export type { ISyncMgrEnumItems } from './interfaces/enum-items.ts';
export type { ISyncMgrSynchronizeInvoke } from './interfaces/invoke.ts';
export type { ISyncMgrRegister } from './interfaces/register.ts';
export type { ISyncMgrSynchronize } from './interfaces/synchronize.ts';
export { ItemEnumerator } from './item-enumerator.ts';
export * from './structures.ts';
export { SyncMgr, type SyncMgrPorts } from './sync-mgr.ts';
export * from './unknown.ts';
