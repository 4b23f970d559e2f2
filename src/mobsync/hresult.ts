// Result codes (mobsync 3.2). They are signed 32-bit integers: a failure is negative, as it is in C,
// so that `hr < 0` and FAILED(hr) agree. FAILED also understands the unsigned spelling 0x80004005.

/** A result code: a 32-bit integer; negative is a failure. */
export type HRESULT = number;

/** What a method of a handler may return: the code, or a promise of it. */
export type EventualHRESULT = HRESULT | Promise<HRESULT>;

export const S_OK = 0;
/** Success, with the answer "no": not my event, not registered, the end of the list. */
export const S_FALSE = 1;
/** 0x80004001 */
export const E_NOTIMPL = -2147467263;
/** 0x80004002: what QueryInterface answers for an interface that the object does not have. */
export const E_NOINTERFACE = -2147467262;
/** 0x80004005 */
export const E_FAIL = -2147467259;
/** 0x8000FFFF: also the answer to a call in the wrong state or after detaching (A27, A28). */
export const E_UNEXPECTED = -2147418113;
/** 0x8007000E */
export const E_OUTOFMEMORY = -2147024882;
/** 0x80070057 */
export const E_INVALIDARG = -2147024809;

/** Handler to manager, from EnumSyncMgrItems: the list is incomplete, keep preferences (2.3.3). */
export const S_SYNCMGR_MISSINGITEMS = 0x00040201;
/** Handler to manager, in ShowErrorCompleted: prepare and synchronize again (2.5.9). */
export const S_SYNCMGR_RETRYSYNC = 0x00040202;
/** Manager to handler, from Progress: stop this item (2.5.1). */
export const S_SYNCMGR_CANCELITEM = 0x00040203;
/** Manager to handler, from Progress: stop all items of this handler (2.5.1). */
export const S_SYNCMGR_CANCELALL = 0x00040204;
/** Handler to manager, in ShowPropertiesCompleted: the item is gone (A37). */
export const S_SYNCMGR_ITEMDELETED = 0x00040210;
/** Handler to manager, in ShowPropertiesCompleted and ShowErrorCompleted: list again (A37). */
export const S_SYNCMGR_ENUMITEMS = 0x00040211;

/** Whether a code is any success code, not only S_OK. */
export function SUCCEEDED(hr: HRESULT): boolean {
  return (hr | 0) >= 0;
}

export function FAILED(hr: HRESULT): boolean {
  return (hr | 0) < 0;
}
