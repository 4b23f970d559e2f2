// ISyncMgrSynchronizeInvoke (mobsync 2.2): a program asks for a synchronization. Implemented by the
// manager, called by applications. Both methods answer once the request is durable and do not wait
// for the work; the answer says whether it was accepted, not how it ended (A10).
import type { CLSID } from '../guid.ts';
import type { EventualHRESULT } from '../hresult.ts';
import type { DWORD, IUnknown } from '../unknown.ts';

export interface ISyncMgrSynchronizeInvoke extends IUnknown {
  /**
   * Starts an update with one handler. It has no list of items: the cookie is how an application
   * tells its own handler which are meant (A11). While another session runs, it waits (A42).
   *
   * @param dwInvokeFlags Bits of SYNCMGRINVOKEFLAGS.
   * @param clsid The registered handler that shall do it.
   * @param cbCookie Bytes in `pCookie`, at most 1 MiB.
   * @param pCookie Private bytes of the application, handed unchanged to Initialize; copied before
   *   this call returns, so the buffer may be used again at once.
   * @returns S_OK accepted; E_INVALIDARG for an unknown bit, an unregistered class, or a cookie that
   *   is not there or too long (A12); E_FAIL if the request could not be kept; E_UNEXPECTED;
   *   E_OUTOFMEMORY.
   * Source: mobsync 2.2.1.
   */
  UpdateItems(
    dwInvokeFlags: DWORD,
    clsid: CLSID,
    cbCookie: DWORD,
    pCookie: Uint8Array | null,
  ): EventualHRESULT;

  /**
   * Starts an update of all items of all registered handlers. The choice is shown, and nothing
   * starts before the user confirms it (A13).
   *
   * @returns S_OK; E_FAIL if the request could not be kept.
   * Source: mobsync 2.2.2.
   */
  UpdateAll(): EventualHRESULT;
}
