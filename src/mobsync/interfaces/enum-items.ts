// ISyncMgrEnumItems (mobsync 2.4): a plain enumerator of items. Implemented by the handler, called by
// the manager from EnumSyncMgrItems until it is released. ItemEnumerator is one over a list.
import type { EventualHRESULT } from '../hresult.ts';
import type { SYNCMGRITEM } from '../structures.ts';
import type { IUnknown, Out, ULONG } from '../unknown.ts';

export interface ISyncMgrEnumItems extends IUnknown {
  /**
   * Delivers the next elements. The manager asks for one at a time and goes on until it sees
   * S_FALSE (A19).
   *
   * @param celt Number of elements wanted.
   * @param rgelt Receives them, from index 0.
   * @param pceltFetched Receives how many were delivered; may be null if `celt` is 1.
   * @returns S_OK all of them; S_FALSE fewer; after a failure nothing in `rgelt` is valid.
   *   E_NOTIMPL is forbidden.
   * Source: mobsync 2.4.1.
   */
  Next(celt: ULONG, rgelt: SYNCMGRITEM[], pceltFetched: Out<ULONG> | null): EventualHRESULT;

  /**
   * Passes over elements, which the following Next does not deliver.
   *
   * @returns S_OK; S_FALSE if the end was passed (A19).
   * Source: mobsync 2.4.2.
   */
  Skip(celt: ULONG): EventualHRESULT;

  /**
   * Back to the first element; the same elements in the same order are not promised.
   *
   * @returns S_OK.
   * Source: mobsync 2.4.3.
   */
  Reset(): EventualHRESULT;

  /**
   * A second enumerator over the same list at the same position, released by itself. The manager
   * never depends on it (A19).
   *
   * @returns S_OK; E_NOTIMPL with null.
   * Source: mobsync 2.4.4.
   */
  Clone(ppenum: Out<ISyncMgrEnumItems | null>): EventualHRESULT;
}
