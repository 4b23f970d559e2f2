// ISyncMgrSynchronize (mobsync 2.3): a handler, as an application writes it. Implemented by the
// handler, called by the manager. SyncMgrHandler is a base class for one.
//
// Order of calls: Initialize, GetHandlerInfo, EnumSyncMgrItems, SetProgressCallback, (ShowProperties)*,
// PrepareForSync, Synchronize, (ShowError | PrepareForSync, Synchronize for a retry)*,
// SetProgressCallback(null), Release. Every method may return its code or a promise of it; a method
// has "returned" when that promise is settled. A call that throws counts as E_UNEXPECTED.
import type { GUID, SYNCMGRERRORID, SYNCMGRITEMID } from '../guid.ts';
import type { EventualHRESULT } from '../hresult.ts';
import type { SYNCMGRHANDLERINFO } from '../structures.ts';
import type { DWORD, HWND, IUnknown, Out, ULONG } from '../unknown.ts';
import type { ISyncMgrSynchronizeCallback } from './callback.ts';
import type { ISyncMgrEnumItems } from './enum-items.ts';

export interface ISyncMgrSynchronize extends IUnknown {
  /**
   * Asks whether the handler takes part in this event. The first call on every instance, and once
   * only (A14); the flags hold for its whole life. No window may be shown here, except the first
   * time ever. An event number it does not know is to be treated as manual.
   *
   * @param dwReserved 0.
   * @param dwSyncMgrFlags An event number in the low byte, and SYNCMGRFLAG_SETTINGS,
   *   SYNCMGRFLAG_MAYBOTHERUSER; decodeInitializeFlags reads it.
   * @param cbCookie Bytes in `lpCookie`.
   * @param lpCookie What the application gave to UpdateItems, or null.
   * @returns S_OK; S_FALSE this event is not for it: nothing else is called; E_INVALIDARG;
   *   E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.3.1.
   */
  Initialize(
    dwReserved: DWORD,
    dwSyncMgrFlags: DWORD,
    cbCookie: DWORD,
    lpCookie: Uint8Array | null,
  ): EventualHRESULT;

  /**
   * Name, icon and flags of the handler. If it fails, the text of the registration stands (A17).
   *
   * @returns S_OK; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.3.2.
   */
  GetHandlerInfo(ppSyncMgrHandlerInfo: Out<SYNCMGRHANDLERINFO | null>): EventualHRESULT;

  /**
   * A fresh enumerator over the handler's items. Called before SetProgressCallback, and again when
   * the handler said that its items changed.
   *
   * @param ppSyncMgrEnumItems Receives it, with one reference that the manager releases.
   * @returns S_OK the list is complete: preferences of items that did not appear are deleted;
   *   S_SYNCMGR_MISSINGITEMS some are missing now: preferences are kept; a failure: no items,
   *   preferences are kept (A18).
   * Source: mobsync 2.3.3.
   */
  EnumSyncMgrItems(ppSyncMgrEnumItems: Out<ISyncMgrEnumItems | null>): EventualHRESULT;

  /**
   * Reserved; no interface of an item was ever defined, and the manager does not call it.
   *
   * @returns E_NOTIMPL, with null.
   * Source: mobsync 2.3.4.
   */
  GetItemObject(ItemID: SYNCMGRITEMID, riid: GUID, ppv: Out<IUnknown | null>): EventualHRESULT;

  /**
   * The user wants to see the properties of an item, or of the handler. Called only where the item or
   * the handler said it has some, one at a time. Completed by ShowPropertiesCompleted if a success
   * code was returned.
   *
   * @param hWndParent Owner of the sheet, or null.
   * @param ItemID The item; GUID_NULL means the handler.
   * @returns S_OK; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.3.5.
   */
  ShowProperties(hWndParent: HWND | null, ItemID: SYNCMGRITEMID): EventualHRESULT;

  /**
   * Hands over the object that everything is reported to. The handler retains it and releases the
   * one it held; with null it releases that and holds none. Null comes before the release of the
   * handler whenever one had been set (A8).
   *
   * @returns S_OK; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.3.6.
   */
  SetProgressCallback(lpCallBack: ISyncMgrSynchronizeCallback | null): EventualHRESULT;

  /**
   * Everything that needs the user, or setting up, before the transfer. Not called without a chosen
   * item (A20). Return soon; completed by PrepareForSyncCompleted if S_OK was returned.
   *
   * @param cbNumItems Number of identifiers.
   * @param pItemIDs The items the user chose; they govern the following Synchronize too. Belongs to
   *   the caller: copy what is to be kept.
   * @param hWndParent Owner of windows, or null.
   * @param dwReserved To be ignored.
   * @returns S_OK; S_FALSE it cannot be done without a window, and none is permitted; E_INVALIDARG;
   *   E_UNEXPECTED; E_OUTOFMEMORY. Anything but S_OK ends this handler's part.
   * Source: mobsync 2.3.7.
   */
  PrepareForSync(
    cbNumItems: ULONG,
    pItemIDs: readonly SYNCMGRITEMID[],
    hWndParent: HWND | null,
    dwReserved: DWORD,
  ): EventualHRESULT;

  /**
   * Does the work for the items of the preceding PrepareForSync; called once per pass. Completed by
   * SynchronizeCompleted if S_OK was returned. Doing all of it inside the call is correct too, but
   * then SetItemStatus is never called and only Progress can stop it.
   *
   * @param hWndParent Owner of windows, or null; better show none here.
   * @returns S_OK; E_FAIL; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.3.8.
   */
  Synchronize(hWndParent: HWND | null): EventualHRESULT;

  /**
   * The user changed the fate of an item. Called only while PrepareForSync or Synchronize has
   * returned S_OK and its completion is outstanding, and only with SYNCMGRSTATUS_SKIPPED.
   *
   * @param dwSyncMgrStatus A SYNCMGRSTATUS; others than skipped are to be ignored with S_OK.
   * @returns S_OK; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY. The answer changes nothing.
   * Source: mobsync 2.3.9.
   */
  SetItemStatus(pItemID: SYNCMGRITEMID, dwSyncMgrStatus: DWORD): EventualHRESULT;

  /**
   * The user opened a line that was logged as a jump. Windows are allowed even where the user must
   * not be bothered, after EnableModeless(true) said so. Completed by ShowErrorCompleted if a success
   * code was returned.
   *
   * @param hWndParent Owner of windows, or null.
   * @param ErrorID What the handler gave to LogError.
   * @returns S_OK; E_FAIL; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.3.10.
   */
  ShowError(hWndParent: HWND | null, ErrorID: SYNCMGRERRORID): EventualHRESULT;
}
