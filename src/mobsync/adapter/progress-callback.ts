// The object that SetProgressCallback hands to a handler: every method translates and answers with a
// code, whatever it is given, and none throws (mobsync 2.5). What is decided is decided behind
// `Callback`, or by the gate that a completion belongs to.
import type { Resolution } from '../../model/conflict.ts';
import type { ItemId } from '../../model/item.ts';
import type { Callback, ProgressAnswer, Shown } from '../../ports/handler.ts';
import type { Dispute } from '../conflict-dialog.ts';
import { canonicalGuid, GUID_NULL, IID_ISyncMgrSynchronizeCallback } from '../guid.ts';
import {
  E_FAIL,
  E_INVALIDARG,
  E_OUTOFMEMORY,
  E_UNEXPECTED,
  type HRESULT,
  S_FALSE,
  S_OK,
  S_SYNCMGR_CANCELALL,
  S_SYNCMGR_CANCELITEM,
  S_SYNCMGR_ENUMITEMS,
  S_SYNCMGR_ITEMDELETED,
  S_SYNCMGR_RETRYSYNC,
} from '../hresult.ts';
import type { ISyncMgrSynchronizeCallback } from '../interfaces/callback.ts';
import type { SYNCMGRLOGERRORINFO, SYNCMGRPROGRESSITEM } from '../structures.ts';
import { Unknown } from '../unknown.ts';
import { codeOf } from './calls.ts';
import type { Gate } from './gate.ts';
import { logLine, progressReport } from './reports.ts';

export interface Gates {
  readonly prepare: Gate<HRESULT>;
  readonly synchronize: Gate<HRESULT>;
  readonly properties: Gate<Shown>;
  readonly error: Gate<Shown>;
}

const codeFor: Record<ProgressAnswer, HRESULT> = {
  continue: S_OK,
  skip: S_SYNCMGR_CANCELITEM,
  stop: S_SYNCMGR_CANCELALL,
  'unknown-item': E_INVALIDARG,
  detached: E_UNEXPECTED,
};

export class ProgressCallback extends Unknown implements ISyncMgrSynchronizeCallback {
  readonly #gates: Gates;
  #manager: Callback | null;
  #item: ItemId = '';

  constructor(manager: Callback, gates: Gates) {
    super(IID_ISyncMgrSynchronizeCallback);
    this.#manager = manager;
    this.#gates = gates;
  }

  /** From now on every method answers E_UNEXPECTED (A28). */
  detach(): void {
    this.#manager = null;
  }

  ShowPropertiesCompleted(hr: HRESULT): HRESULT {
    return this.#answer(() => this.#gates.properties.complete(shown(hr)));
  }

  PrepareForSyncCompleted(hr: HRESULT): HRESULT {
    return this.#answer(() => this.#gates.prepare.complete(codeOf(hr)));
  }

  SynchronizeCompleted(hr: HRESULT): HRESULT {
    return this.#answer(() => this.#gates.synchronize.complete(codeOf(hr)));
  }

  ShowErrorCompleted(hr: HRESULT, cItems: number, pItemIDs: readonly string[] | null): HRESULT {
    return this.#answer(() => {
      const { error } = this.#gates;
      if (hr !== S_SYNCMGR_RETRYSYNC || !error.isOpen) return error.complete(shown(hr));
      const items = itemIds(cItems, pItemIDs);
      return items === null ? E_INVALIDARG : error.complete({ next: 'retry', items });
    });
  }

  EnableModeless(fEnable: boolean): HRESULT {
    return this.#answer((manager) => {
      if (fEnable) return manager.takeFloor() ? S_OK : S_FALSE;
      manager.returnFloor();
      return S_OK;
    });
  }

  Progress(ItemID: string, pSyncProgressItem: SYNCMGRPROGRESSITEM | null): HRESULT {
    return this.#answer((manager) => {
      const item = canonicalGuid(ItemID);
      const report = pSyncProgressItem ? progressReport(pSyncProgressItem) : null;
      const isWrong = pSyncProgressItem && report === null;
      if (item === null || isWrong) return E_INVALIDARG;
      const answer = manager.progress(item, report);
      if (answer !== 'unknown-item') this.#item = item;
      return codeFor[answer];
    });
  }

  LogError(
    dwErrorLevel: number,
    pszErrorText: string,
    pSyncLogError: SYNCMGRLOGERRORINFO | null,
  ): HRESULT {
    return this.#answer((manager) => {
      const line = logLine(dwErrorLevel, pszErrorText, pSyncLogError ?? null);
      if (line === null) return E_INVALIDARG;
      // Refused only because this session has logged its fill.
      return manager.log(line) === null ? E_OUTOFMEMORY : S_OK;
    });
  }

  DeleteLogError(ErrorID: string, _dwReserved: number): HRESULT {
    return this.#answer((manager) => {
      const errorId = canonicalGuid(ErrorID);
      if (errorId === null) return E_INVALIDARG;
      const count = manager.withdraw(errorId === GUID_NULL ? null : errorId);
      return count > 0 || errorId === GUID_NULL ? S_OK : E_INVALIDARG;
    });
  }

  async EstablishConnection(pwszConnection: string | null, _dwReserved: number): Promise<HRESULT> {
    const manager = this.#manager;
    if (manager === null) return E_UNEXPECTED;
    const name = pwszConnection ?? null;
    if (name !== null && (typeof name !== 'string' || name === '')) return E_INVALIDARG;
    return (await manager.connect(name).catch(() => false)) ? S_OK : E_FAIL;
  }

  /** The conflict dialog: it is about the item that the handler reported on last. */
  async decide(dispute: Dispute): Promise<Resolution | null> {
    return (await this.#manager?.decide({ ...dispute, item: this.#item })) ?? null;
  }

  note(subject: string, text: string): void {
    const line = { item: null, level: 'information', text, errorId: null, jump: false } as const;
    this.#manager?.log({ ...line, subject, code: null });
  }

  /** A structure may be of a program's own making, and throw when it is read. */
  #answer(work: (manager: Callback) => HRESULT): HRESULT {
    if (this.#manager === null) return E_UNEXPECTED;
    try {
      return work(this.#manager);
    } catch {
      return E_UNEXPECTED;
    }
  }
}

function shown(hr: HRESULT): Shown {
  if (hr === S_SYNCMGR_ENUMITEMS) return { next: 'list-again' };
  if (hr === S_SYNCMGR_ITEMDELETED) return { next: 'item-deleted' };
  return { next: 'nothing' };
}

/** A copy: the array belongs to the caller. Null if it is shorter than it was said to be. */
function itemIds(cItems: unknown, pItemIDs: unknown): ItemId[] | null {
  if (typeof cItems !== 'number' || !Number.isInteger(cItems) || cItems < 0) return null;
  if (cItems === 0) return [];
  if (!Array.isArray(pItemIDs) || pItemIDs.length < cItems) return null;
  return pItemIDs.slice(0, cItems).flatMap((id: unknown) => canonicalGuid(id) ?? []);
}
