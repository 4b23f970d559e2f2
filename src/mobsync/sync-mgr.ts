// The object of CLSID_SyncMgr: ISyncMgrRegister and ISyncMgrSynchronizeInvoke in one, over a manager.
// Its methods answer when what they asked for is in the store. They are carried out in the order of
// their calls, so a program need not wait for one before it calls the next.

import type { Manager } from '../manager/manager.ts';
import { SyncError } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Clock } from '../ports/clock.ts';
import { mobsyncHandlerName } from './adapter/handler.ts';
import { SYNCMGRINVOKE_MINIMIZED, SYNCMGRINVOKE_STARTSYNC } from './constants/invoke.ts';
import { SYNCMGRREGISTERFLAGS_MASK } from './constants/register.ts';
import {
  type CLSID,
  canonicalGuid,
  IID_ISyncMgrRegister,
  IID_ISyncMgrSynchronizeInvoke,
} from './guid.ts';
import { E_FAIL, E_INVALIDARG, E_UNEXPECTED, type HRESULT, S_FALSE, S_OK } from './hresult.ts';
import type { ISyncMgrSynchronizeInvoke } from './interfaces/invoke.ts';
import type { ISyncMgrRegister } from './interfaces/register.ts';
import { partnershipOf, registrationOf } from './registration.ts';
import { type DWORD, type Out, setOut, Unknown } from './unknown.ts';

export interface SyncMgrPorts {
  /** One among whose handlers is `mobsyncHandler`, under `mobsyncHandlerName`. */
  readonly manager: Manager;
  readonly clock: Clock;
}

const invokeMask = SYNCMGRINVOKE_STARTSYNC | SYNCMGRINVOKE_MINIMIZED;
const cookieMax = 1_048_576;

export class SyncMgr extends Unknown implements ISyncMgrRegister, ISyncMgrSynchronizeInvoke {
  readonly #ports: SyncMgrPorts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(ports: SyncMgrPorts) {
    super(IID_ISyncMgrRegister, IID_ISyncMgrSynchronizeInvoke);
    this.#ports = ports;
  }

  RegisterSyncMgrHandler(
    clsidHandler: CLSID,
    pwszDescription: string | null,
    dwSyncMgrRegisterFlags: DWORD,
  ): Promise<HRESULT> {
    const clsid = canonicalGuid(clsidHandler);
    const text: unknown = pwszDescription ?? null;
    const flags = dwSyncMgrRegisterFlags;
    const isText = text === null || typeof text === 'string';
    if (clsid === null || !isText || !isMasked(flags, SYNCMGRREGISTERFLAGS_MASK)) return wrong;
    return this.#next(E_UNEXPECTED, async () => {
      const { manager, clock } = this.#ports;
      const former = await this.#registered(clsid);
      const description = text ?? (former && registrationOf(former.settings).description);
      const registration = { clsid, description, flags };
      const wanted = partnershipOf(registration, mobsyncHandlerName, former, clock.now());
      await manager.put(wanted).catch((error: unknown) => {
        if (!(error instanceof SyncError) || error.code !== 'partnership-exists') throw error;
        // Another partnership bears the name; the class is nobody else's.
        return manager.put({ ...wanted, name: clsid });
      });
      return S_OK;
    });
  }

  UnregisterSyncMgrHandler(clsidHandler: CLSID, _dwReserved: DWORD): Promise<HRESULT> {
    const clsid = canonicalGuid(clsidHandler);
    if (clsid === null) return wrong;
    return this.#next(E_UNEXPECTED, async () => {
      if ((await this.#registered(clsid)) === null) return S_FALSE;
      await this.#ports.manager.remove(clsid, 'let-run');
      return S_OK;
    });
  }

  GetHandlerRegistrationInfo(
    clsidHandler: CLSID,
    pdwSyncMgrRegisterFlags: Out<DWORD>,
  ): Promise<HRESULT> {
    const clsid = canonicalGuid(clsidHandler);
    const isSet = setOut(pdwSyncMgrRegisterFlags, 0);
    if (clsid === null || !isSet) return wrong;
    return this.#next(E_UNEXPECTED, async () => {
      const registered = await this.#registered(clsid);
      if (registered === null) return S_FALSE;
      setOut(pdwSyncMgrRegisterFlags, registrationOf(registered.settings).flags);
      return S_OK;
    });
  }

  UpdateItems(
    dwInvokeFlags: DWORD,
    clsid: CLSID,
    cbCookie: DWORD,
    pCookie: Uint8Array | null,
  ): Promise<HRESULT> {
    const id = canonicalGuid(clsid);
    const cookie = copied(cbCookie, pCookie);
    if (id === null || cookie === null || !isMasked(dwInvokeFlags, invokeMask)) return wrong;
    return this.#next(E_FAIL, async () => {
      if ((await this.#registered(id)) === null) return E_INVALIDARG;
      await this.#ports.manager.invoke({
        trigger: 'invoke',
        partnerships: [id],
        startNow: (dwInvokeFlags & SYNCMGRINVOKE_STARTSYNC) !== 0,
        minimized: (dwInvokeFlags & SYNCMGRINVOKE_MINIMIZED) !== 0,
        ...(cookie.length > 0 && { cookie }),
      });
      return S_OK;
    });
  }

  UpdateAll(): Promise<HRESULT> {
    return this.#next(E_FAIL, async () => {
      const { manager } = this.#ports;
      await manager.invoke({ trigger: 'invoke', partnerships: null, startNow: false });
      return S_OK;
    });
  }

  async #registered(clsid: CLSID): Promise<Partnership | null> {
    const all = await this.#ports.manager.partnerships();
    return all.find(({ id, handler }) => id === clsid && handler === mobsyncHandlerName) ?? null;
  }

  /** Never rejects: what could not be done is `failure`. */
  #next(failure: HRESULT, work: () => Promise<HRESULT>): Promise<HRESULT> {
    const answer = this.#last.then(work).catch(() => failure);
    this.#last = answer;
    return answer;
  }
}

const wrong: Promise<HRESULT> = Promise.resolve(E_INVALIDARG);

const isMasked = (value: unknown, mask: number): value is DWORD =>
  typeof value === 'number' &&
  Number.isInteger(value) &&
  value >= 0 &&
  value <= mask &&
  (value & ~mask) === 0;

/** Copied before the caller goes on with its buffer (A10); null if it is not there or too long. */
function copied(cbCookie: unknown, pCookie: unknown): Uint8Array | null {
  if (typeof cbCookie !== 'number' || !Number.isInteger(cbCookie)) return null;
  if (cbCookie < 0 || cbCookie > cookieMax) return null;
  if (cbCookie === 0) return new Uint8Array(0);
  const isThere = pCookie instanceof Uint8Array && pCookie.length >= cbCookie;
  return isThere ? pCookie.slice(0, cbCookie) : null;
}
