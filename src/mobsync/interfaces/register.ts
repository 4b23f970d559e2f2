// ISyncMgrRegister (mobsync 2.1): the manager's list of handlers. Implemented by the manager, called
// by an application or its handler, at any time.
import type { CLSID } from '../guid.ts';
import type { EventualHRESULT } from '../hresult.ts';
import type { DWORD, IUnknown, Out } from '../unknown.ts';

export interface ISyncMgrRegister extends IUnknown {
  /**
   * Puts a handler on the manager's list, for good: it outlasts a restart. Called when the handler
   * has something to synchronize. A second call replaces the flags, and the text unless it is null.
   *
   * @param clsidHandler Class of the handler.
   * @param pwszDescription Text that identifies the handler to a person, or null.
   * @param dwSyncMgrRegisterFlags Bits of SYNCMGRREGISTERFLAGS: the automatic events the handler
   *   takes part in by itself, whatever the user ticked (A5); 0 is valid.
   * @returns S_OK; E_INVALIDARG for no class identifier or a bit outside the mask, and nothing is
   *   registered then (A4); E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.1.1.
   */
  RegisterSyncMgrHandler(
    clsidHandler: CLSID,
    pwszDescription: string | null,
    dwSyncMgrRegisterFlags: DWORD,
  ): EventualHRESULT;

  /**
   * Takes a handler off the list. Called when it has no items any more. A session under way with an
   * instance of it runs to its end (A6).
   *
   * @param dwReserved Pass 0.
   * @returns S_OK; S_FALSE if it was not registered (A6); E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.1.2.
   */
  UnregisterSyncMgrHandler(clsidHandler: CLSID, dwReserved: DWORD): EventualHRESULT;

  /**
   * Asks whether a handler is on the list, and with which flags.
   *
   * @param pdwSyncMgrRegisterFlags Receives the flags; 0 unless the answer is S_OK (A6).
   * @returns S_OK registered; S_FALSE not registered; E_INVALIDARG; E_UNEXPECTED; E_OUTOFMEMORY.
   * Source: mobsync 2.1.3.
   */
  GetHandlerRegistrationInfo(
    clsidHandler: CLSID,
    pdwSyncMgrRegisterFlags: Out<DWORD>,
  ): EventualHRESULT;
}
