// ISyncMgrSynchronizeCallback (mobsync 2.5): what a handler may say. Implemented by the manager,
// handed over by SetProgressCallback, called by the handler from anywhere, also from inside a call
// of the manager. After SetProgressCallback(null) every method answers E_UNEXPECTED and has no
// effect (A28). Call it often, and before each new item, to learn whether the user cancelled.
import type { SYNCMGRERRORID, SYNCMGRITEMID } from '../guid.ts';
import type { HRESULT } from '../hresult.ts';
import type { SYNCMGRLOGERRORINFO, SYNCMGRPROGRESSITEM } from '../structures.ts';
import type { DWORD, IUnknown, ULONG } from '../unknown.ts';

export interface ISyncMgrSynchronizeCallback extends IUnknown {
  /**
   * Completes ShowProperties, before or after it returns; not if it returned a failure.
   *
   * @param hr How it went. S_SYNCMGR_ENUMITEMS: list my items again; S_SYNCMGR_ITEMDELETED: the item
   *   whose sheet was open is gone (A37).
   * @returns S_OK; E_UNEXPECTED if no sheet is open (A27).
   * Source: mobsync 2.5.8.
   */
  ShowPropertiesCompleted(hr: HRESULT): HRESULT;

  /**
   * Completes PrepareForSync, before or after it returns; not if it returned anything but S_OK.
   *
   * @param hr S_OK: Synchronize follows. Anything else, other success codes too: it does not.
   * @returns S_OK; E_UNEXPECTED a second time or in another state (A27).
   * Source: mobsync 2.5.6.
   */
  PrepareForSyncCompleted(hr: HRESULT): HRESULT;

  /**
   * Completes Synchronize, before or after it returns; not if it returned anything but S_OK.
   *
   * @param hr Items without an outcome of their own succeeded if this is a success code, else they
   *   failed (A23).
   * @returns S_OK; E_UNEXPECTED a second time or in another state (A27).
   * Source: mobsync 2.5.7.
   */
  SynchronizeCompleted(hr: HRESULT): HRESULT;

  /**
   * Completes ShowError, before or after it returns; not if it returned a failure.
   *
   * @param hr How it went. S_SYNCMGR_RETRYSYNC: prepare and synchronize the items given, on this same
   *   object, once it does not work any more (A38). S_SYNCMGR_ENUMITEMS: list my items again (A37).
   * @param cItems Number of identifiers; ignored unless a retry is wanted.
   * @param pItemIDs The items; copied before this call returns; ignored unless a retry is wanted.
   * @returns S_OK; E_INVALIDARG for a retry whose array is too short; E_UNEXPECTED if no error is
   *   being shown (A27).
   * Source: mobsync 2.5.9.
   */
  ShowErrorCompleted(
    hr: HRESULT,
    cItems: ULONG,
    pItemIDs: readonly SYNCMGRITEMID[] | null,
  ): HRESULT;

  /**
   * Asks for the right to show a window, or gives it back. Called directly before and directly after
   * each dialog. The right is exclusive, never waited for, refused where the user must not be
   * bothered except in ShowError, and taken back on release (A29).
   *
   * @param fEnable True asks; false gives back, which is a duty after a granted true.
   * @returns S_OK go on; S_FALSE do not show the dialog.
   * Source: mobsync 2.5.4.
   */
  EnableModeless(fEnable: boolean): HRESULT;

  /**
   * Reports progress of one item, and asks whether to go on. Answers stay: once an item was skipped
   * each answer for it is the same (A32). Called between the start of PrepareForSync and the end of
   * Synchronize.
   *
   * @param pSyncProgressItem What changed; null only asks (A30).
   * @returns S_OK go on; S_SYNCMGR_CANCELITEM stop this item soon; S_SYNCMGR_CANCELALL stop all items
   *   soon; E_INVALIDARG for an item that PrepareForSync was not given (A33); E_UNEXPECTED outside
   *   that time.
   * Source: mobsync 2.5.1.
   */
  Progress(ItemID: SYNCMGRITEMID, pSyncProgressItem: SYNCMGRPROGRESSITEM | null): HRESULT;

  /**
   * Adds a line to the log: information, warning or error. Called any time while attached.
   *
   * @param dwErrorLevel A SYNCMGRLOGLEVEL.
   * @param pszErrorText Plain text, not empty; 4,096 characters are kept.
   * @param pSyncLogError Identifiers and the jump flag, each valid only with its mask bit; or null. A
   *   jump needs an ErrorID (A34).
   * @returns S_OK; E_INVALIDARG for a level or text that is none (A34); E_OUTOFMEMORY when this
   *   session logged 10,000 lines; E_UNEXPECTED.
   * Source: mobsync 2.5.2.
   */
  LogError(
    dwErrorLevel: DWORD,
    pszErrorText: string,
    pSyncLogError: SYNCMGRLOGERRORINFO | null,
  ): HRESULT;

  /**
   * Takes lines back. Typical before a retry.
   *
   * @param ErrorID Lines with this identifier; GUID_NULL means all lines of this handler object.
   * @param dwReserved Pass 0.
   * @returns S_OK; E_INVALIDARG for an identifier that no line has (A34); E_UNEXPECTED.
   * Source: mobsync 2.5.3.
   */
  DeleteLogError(ErrorID: SYNCMGRERRORID, dwReserved: DWORD): HRESULT;

  /**
   * Brings up a network connection and answers when the attempt has ended (A36). An earlier one stays
   * up; all that were opened so are closed when every handler has finished.
   *
   * @param pwszConnection Its name, or null for the default one.
   * @param dwReserved Pass 0.
   * @returns S_OK it is up; E_FAIL it could not be made; E_INVALIDARG; E_UNEXPECTED.
   * Source: mobsync 2.5.5.
   */
  EstablishConnection(pwszConnection: string | null, dwReserved: DWORD): Promise<HRESULT>;
}
