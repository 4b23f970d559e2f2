// A handler in the old style: one item per pair of folders, and all the work inside Synchronize. It
// brings files that the target lacks, or has in an older version, and never deletes. Cancelling goes
// through the answers of Progress alone, because a handler that does its work inside the call has no
// window in which SetItemStatus could reach it.
//
// It is written against the interface itself, to show what the manager calls and when. A new handler
// of the old contract would rather extend SyncMgrHandler; compare file-copy-today.ts too.
import {
  E_FAIL,
  E_INVALIDARG,
  E_NOTIMPL,
  E_UNEXPECTED,
  type GUID,
  type HRESULT,
  type HWND,
  IID_ISyncMgrSynchronize,
  type ISyncMgrEnumItems,
  type ISyncMgrSynchronize,
  type ISyncMgrSynchronizeCallback,
  ItemEnumerator,
  type IUnknown,
  type Out,
  S_OK,
  S_SYNCMGR_CANCELALL,
  S_SYNCMGR_CANCELITEM,
  type SYNCMGRHANDLERINFO,
  SYNCMGRITEMSTATE_CHECKED,
  SYNCMGRITEMSTATE_UNCHECKED,
  SYNCMGRLOGERROR_ITEMID,
  SYNCMGRLOGLEVEL_ERROR,
  SYNCMGRLOGLEVEL_INFORMATION,
  SYNCMGRPROGRESSITEM_MAXVALUE,
  SYNCMGRPROGRESSITEM_PROGVALUE,
  SYNCMGRPROGRESSITEM_STATUSTEXT,
  SYNCMGRPROGRESSITEM_STATUSTYPE,
  SYNCMGRSTATUS_FAILED,
  SYNCMGRSTATUS_SKIPPED,
  SYNCMGRSTATUS_SUCCEEDED,
  SYNCMGRSTATUS_UPDATING,
  Unknown,
} from '../../src/mobsync/mobsync.ts';
import { copyNewer, type FolderPair, filesToCopy } from './folders.ts';

export class FileCopyHandler extends Unknown implements ISyncMgrSynchronize {
  readonly #pairs: readonly FolderPair[];
  #wanted: ReadonlySet<GUID> | null = null;
  #chosen: readonly GUID[] = [];
  #callback: ISyncMgrSynchronizeCallback | null = null;

  constructor(pairs: readonly FolderPair[]) {
    super(IID_ISyncMgrSynchronize);
    this.#pairs = pairs;
  }

  /** The cookie is a JSON list of item identifiers: which ones the invoking program means. */
  Initialize(_reserved: number, _flags: number, cbCookie: number, lpCookie: Uint8Array | null) {
    if (lpCookie === null) return S_OK;
    try {
      const text = new TextDecoder().decode(lpCookie.subarray(0, cbCookie));
      this.#wanted = new Set(JSON.parse(text));
      return S_OK;
    } catch {
      return E_INVALIDARG;
    }
  }

  GetHandlerInfo(info: Out<SYNCMGRHANDLERINFO | null>): HRESULT {
    info.value = { SyncMgrHandlerFlags: 0, wszHandlerName: 'File copy' };
    return S_OK;
  }

  EnumSyncMgrItems(enumerator: Out<ISyncMgrEnumItems | null>): HRESULT {
    const isMeant = (id: GUID) => this.#wanted?.has(id) ?? true;
    enumerator.value = new ItemEnumerator(
      this.#pairs.map(({ id, name }) => ({
        dwFlags: 0,
        ItemID: id,
        dwItemState: isMeant(id) ? SYNCMGRITEMSTATE_CHECKED : SYNCMGRITEMSTATE_UNCHECKED,
        wszItemName: name,
      })),
    );
    return S_OK;
  }

  GetItemObject(_item: GUID, _riid: GUID, object: Out<IUnknown | null>): HRESULT {
    object.value = null;
    return E_NOTIMPL;
  }

  ShowProperties(): HRESULT {
    return E_FAIL;
  }

  SetProgressCallback(callback: ISyncMgrSynchronizeCallback | null): HRESULT {
    callback?.AddRef();
    this.#callback?.Release();
    this.#callback = callback;
    return S_OK;
  }

  PrepareForSync(count: number, items: readonly GUID[]): HRESULT {
    if (this.#callback === null) return E_UNEXPECTED;
    this.#chosen = items.slice(0, count);
    this.#callback.PrepareForSyncCompleted(S_OK);
    return S_OK;
  }

  /**
   * Cancelled: the item is reported as skipped, and the answer is E_FAIL. Failed: reported as failed,
   * E_FAIL. Either way SynchronizeCompleted is not called. Well: it is, and the answer is S_OK.
   */
  async Synchronize(_window: HWND | null): Promise<HRESULT> {
    const callback = this.#callback;
    if (callback === null) return E_UNEXPECTED;
    let isWell = true;
    for (const pair of this.#pairs.filter(({ id }) => this.#chosen.includes(id))) {
      const hr = await this.#copy(pair, callback);
      isWell &&= hr === S_OK;
      if (hr === S_SYNCMGR_CANCELALL) break;
    }
    if (!isWell) return E_FAIL;
    callback.SynchronizeCompleted(S_OK);
    return S_OK;
  }

  SetItemStatus(): HRESULT {
    return S_OK;
  }

  ShowError(): HRESULT {
    return E_FAIL;
  }

  async #copy(pair: FolderPair, callback: ISyncMgrSynchronizeCallback): Promise<HRESULT> {
    const about = { mask: SYNCMGRLOGERROR_ITEMID, ItemID: pair.id };
    try {
      const files = await filesToCopy(pair);
      for (const [index, file] of files.entries()) {
        const hr = callback.Progress(pair.id, {
          mask:
            SYNCMGRPROGRESSITEM_STATUSTEXT |
            SYNCMGRPROGRESSITEM_STATUSTYPE |
            SYNCMGRPROGRESSITEM_PROGVALUE |
            SYNCMGRPROGRESSITEM_MAXVALUE,
          lpcStatusText: file,
          dwStatusType: SYNCMGRSTATUS_UPDATING,
          iProgValue: index,
          iMaxValue: files.length,
        });
        if (hr === S_SYNCMGR_CANCELITEM || hr === S_SYNCMGR_CANCELALL) {
          this.#finish(pair.id, SYNCMGRSTATUS_SKIPPED);
          return hr;
        }
        await copyNewer(pair, file);
      }
      const done = `${pair.name}: ${files.length} files copied.`;
      callback.LogError(SYNCMGRLOGLEVEL_INFORMATION, done, about);
      this.#finish(pair.id, SYNCMGRSTATUS_SUCCEEDED);
      return S_OK;
    } catch (error) {
      callback.LogError(SYNCMGRLOGLEVEL_ERROR, `${pair.name}: ${String(error)}`, about);
      this.#finish(pair.id, SYNCMGRSTATUS_FAILED);
      return E_FAIL;
    }
  }

  #finish(ItemID: GUID, dwStatusType: number): void {
    this.#callback?.Progress(ItemID, { mask: SYNCMGRPROGRESSITEM_STATUSTYPE, dwStatusType });
  }
}
