// A base class for handlers: it keeps the promises that the contract asks of every handler, so that
// an author writes down what there is to synchronize and how one item is. It works outside the call
// of Synchronize, item after item, and asks before each whether to go on.
import { decodeInitializeFlags, type SYNCMGREVENT } from './constants/initialize.ts';
import { SYNCMGRPROGRESSITEM_STATUSTYPE } from './constants/progress.ts';
import {
  type SYNCMGRSTATUS,
  SYNCMGRSTATUS_FAILED,
  SYNCMGRSTATUS_SKIPPED,
  SYNCMGRSTATUS_STOPPED,
  SYNCMGRSTATUS_SUCCEEDED,
  SYNCMGRSTATUS_UPDATING,
} from './constants/status.ts';
import {
  canonicalGuid,
  type GUID,
  IID_ISyncMgrSynchronize,
  type SYNCMGRERRORID,
  type SYNCMGRITEMID,
} from './guid.ts';
import {
  E_FAIL,
  E_INVALIDARG,
  E_NOTIMPL,
  E_UNEXPECTED,
  type EventualHRESULT,
  FAILED,
  type HRESULT,
  S_FALSE,
  S_OK,
  S_SYNCMGR_CANCELALL,
  S_SYNCMGR_CANCELITEM,
  S_SYNCMGR_ITEMDELETED,
} from './hresult.ts';
import type { ISyncMgrSynchronizeCallback } from './interfaces/callback.ts';
import type { ISyncMgrEnumItems } from './interfaces/enum-items.ts';
import type { ISyncMgrSynchronize } from './interfaces/synchronize.ts';
import { ItemEnumerator } from './item-enumerator.ts';
import type { SYNCMGRHANDLERINFO, SYNCMGRITEM } from './structures.ts';
import { type DWORD, type HWND, type IUnknown, type Out, type ULONG, Unknown } from './unknown.ts';

export abstract class SyncMgrHandler extends Unknown implements ISyncMgrSynchronize {
  #flags = decodeInitializeFlags(0);
  #state: 'created' | 'initialized' = 'created';
  #cookie: Uint8Array | null = null;
  #callback: ISyncMgrSynchronizeCallback | null = null;
  #chosen: readonly SYNCMGRITEMID[] = [];
  readonly #skipped = new Set<SYNCMGRITEMID>();

  constructor() {
    super(IID_ISyncMgrSynchronize);
  }

  /** Name and flags. */
  protected abstract info(): SYNCMGRHANDLERINFO;
  /** All items there are now. */
  protected abstract items(): readonly SYNCMGRITEM[] | Promise<readonly SYNCMGRITEM[]>;
  /**
   * Does the work of one item. A success code lets it succeed; S_SYNCMGR_CANCELITEM or
   * S_SYNCMGR_CANCELALL, handed on from Progress, lets it count as skipped or stopped.
   */
  protected abstract synchronizeItem(item: SYNCMGRITEMID): EventualHRESULT;

  /** Whether preparing these items cannot be done without showing something. */
  protected needsWindow(_items: readonly SYNCMGRITEMID[]): boolean {
    return false;
  }

  /** What has to be done, or asked, before the work. */
  protected prepare(_items: readonly SYNCMGRITEMID[], _hWndParent: HWND | null): EventualHRESULT {
    return S_OK;
  }

  /** Why this session started. */
  protected get event(): SYNCMGREVENT {
    return this.#flags.event;
  }

  protected get settingsOnly(): boolean {
    return this.#flags.settingsOnly;
  }

  protected get mayBotherUser(): boolean {
    return this.#flags.mayBotherUser;
  }

  /** The application's bytes, or null. */
  protected get cookie(): Uint8Array | null {
    return this.#cookie;
  }

  protected get callback(): ISyncMgrSynchronizeCallback | null {
    return this.#callback;
  }

  Initialize(
    _dwReserved: DWORD,
    dwSyncMgrFlags: DWORD,
    cbCookie: DWORD,
    lpCookie: Uint8Array | null,
  ): EventualHRESULT {
    if (this.#state !== 'created') return E_UNEXPECTED;
    if (cbCookie > (lpCookie?.length ?? 0)) return E_INVALIDARG;
    this.#state = 'initialized';
    this.#flags = decodeInitializeFlags(dwSyncMgrFlags);
    this.#cookie = lpCookie ? lpCookie.slice(0, cbCookie) : null;
    return S_OK;
  }

  GetHandlerInfo(ppSyncMgrHandlerInfo: Out<SYNCMGRHANDLERINFO | null>): EventualHRESULT {
    ppSyncMgrHandlerInfo.value = this.info();
    return S_OK;
  }

  async EnumSyncMgrItems(ppSyncMgrEnumItems: Out<ISyncMgrEnumItems | null>): Promise<HRESULT> {
    ppSyncMgrEnumItems.value = new ItemEnumerator(await this.items());
    return S_OK;
  }

  GetItemObject(_ItemID: SYNCMGRITEMID, _riid: GUID, ppv: Out<IUnknown | null>): EventualHRESULT {
    if (ppv) ppv.value = null;
    return E_NOTIMPL;
  }

  ShowProperties(_hWndParent: HWND | null, _ItemID: SYNCMGRITEMID): EventualHRESULT {
    return E_FAIL;
  }

  SetProgressCallback(lpCallBack: ISyncMgrSynchronizeCallback | null): EventualHRESULT {
    // Retained before the former is released: it may be the same object.
    lpCallBack?.AddRef();
    this.#callback?.Release();
    this.#callback = lpCallBack;
    return S_OK;
  }

  async PrepareForSync(
    cbNumItems: ULONG,
    pItemIDs: readonly SYNCMGRITEMID[],
    hWndParent: HWND | null,
    _dwReserved: DWORD,
  ): Promise<HRESULT> {
    const callback = this.#callback;
    if (callback === null) return E_UNEXPECTED;
    this.#chosen = pItemIDs.slice(0, cbNumItems);
    this.#skipped.clear();
    if (!this.mayBotherUser && this.needsWindow(this.#chosen)) return S_FALSE;
    const hr = await this.prepare(this.#chosen, hWndParent);
    if (hr === S_OK) callback.PrepareForSyncCompleted(S_OK);
    return hr;
  }

  Synchronize(_hWndParent: HWND | null): EventualHRESULT {
    const callback = this.#callback;
    if (callback === null) return E_UNEXPECTED;
    void this.#work(callback);
    return S_OK;
  }

  SetItemStatus(pItemID: SYNCMGRITEMID, dwSyncMgrStatus: DWORD): EventualHRESULT {
    if (dwSyncMgrStatus === SYNCMGRSTATUS_SKIPPED) {
      this.#skipped.add(canonicalGuid(pItemID) ?? pItemID);
    }
    return S_OK;
  }

  ShowError(_hWndParent: HWND | null, _ErrorID: SYNCMGRERRORID): EventualHRESULT {
    return E_FAIL;
  }

  async #work(callback: ISyncMgrSynchronizeCallback): Promise<void> {
    let stopped = false;
    let failed = false;
    for (const item of this.#chosen) {
      const status: SYNCMGRSTATUS = stopped
        ? SYNCMGRSTATUS_STOPPED
        : await this.#one(callback, item);
      stopped ||= status === SYNCMGRSTATUS_STOPPED;
      failed ||= status === SYNCMGRSTATUS_FAILED;
      callback.Progress(item, statusReport(status));
    }
    callback.SynchronizeCompleted(failed ? E_FAIL : S_OK);
  }

  async #one(callback: ISyncMgrSynchronizeCallback, item: SYNCMGRITEMID): Promise<SYNCMGRSTATUS> {
    // The manager learns that the call of Synchronize is over before an item begins.
    await Promise.resolve();
    const answer = callback.Progress(item, null);
    if (answer !== S_OK) return statusAfter(answer);
    if (this.#skipped.has(canonicalGuid(item) ?? item)) return SYNCMGRSTATUS_SKIPPED;
    callback.Progress(item, statusReport(SYNCMGRSTATUS_UPDATING));
    try {
      return statusAfter(await this.synchronizeItem(item));
    } catch {
      return SYNCMGRSTATUS_FAILED;
    }
  }
}

function statusAfter(hr: HRESULT): SYNCMGRSTATUS {
  if (FAILED(hr)) return SYNCMGRSTATUS_FAILED;
  if (hr === S_SYNCMGR_CANCELALL) return SYNCMGRSTATUS_STOPPED;
  const isCancelled = hr === S_SYNCMGR_CANCELITEM || hr === S_SYNCMGR_ITEMDELETED;
  return isCancelled ? SYNCMGRSTATUS_SKIPPED : SYNCMGRSTATUS_SUCCEEDED;
}

const statusReport = (dwStatusType: SYNCMGRSTATUS) => ({
  mask: SYNCMGRPROGRESSITEM_STATUSTYPE,
  dwStatusType,
});
