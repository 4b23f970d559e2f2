// Identifiers of classes, interfaces, items and log lines (mobsync 3.1): text, compared without
// regard to case and braces. Inside the face they always stand in their canonical form.

/** 32 hexadecimal digits in groups of 8-4-4-4-12; braces and capitals are allowed on the way in. */
export type GUID = string;
export type CLSID = GUID;
export type IID = GUID;
export type SYNCMGRITEMID = GUID;
export type SYNCMGRERRORID = GUID;

/** "The handler itself" in ShowProperties, "all of mine" in DeleteLogError. */
export const GUID_NULL = '00000000-0000-0000-0000-000000000000';

export const CLSID_SyncMgr = '6295df27-35ee-11d1-8707-00c04fd93327';
export const IID_ISyncMgrSynchronize = '6295df40-35ee-11d1-8707-00c04fd93327';
export const IID_ISyncMgrSynchronizeCallback = '6295df41-35ee-11d1-8707-00c04fd93327';
export const IID_ISyncMgrRegister = '6295df42-35ee-11d1-8707-00c04fd93327';
export const IID_ISyncMgrEnumItems = '6295df2a-35ee-11d1-8707-00c04fd93327';
export const IID_ISyncMgrSynchronizeInvoke = '6295df2c-35ee-11d1-8707-00c04fd93327';
export const IID_IUnknown = '00000000-0000-0000-c000-000000000046';

const form = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/** Lower case without braces, or null if it is no identifier. */
export function canonicalGuid(value: unknown): GUID | null {
  if (typeof value !== 'string' || value.startsWith('{') !== value.endsWith('}')) return null;
  return form.exec(value)?.[1]?.toLowerCase() ?? null;
}

export function isEqualGuid(one: GUID, other: GUID): boolean {
  const canonical = canonicalGuid(one);
  return canonical !== null && canonical === canonicalGuid(other);
}
