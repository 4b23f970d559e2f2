// What every object of the contract can do (IUnknown), what stands for an out-parameter, and what
// stands for a window. References are counted because the contract says who holds which (2.0,
// 2.3.6); memory is the engine's affair, so the count only decides when `released` is called.
import { canonicalGuid, type GUID, IID_IUnknown } from './guid.ts';
import { E_INVALIDARG, E_NOINTERFACE, type HRESULT, S_OK } from './hresult.ts';

/** A cell passed where the header has a pointer to a result; the callee sets `value`. */
export interface Out<T> {
  value: T;
}

/** Whether there is a cell to put a result into: callers without types may pass anything. */
export function isCell(value: unknown): value is Out<unknown> {
  return typeof value === 'object' && value !== null;
}

/** Owner of windows; opaque. Every parameter of this type may be null (A43). */
export interface HWND {
  readonly owner: string;
}

export type DWORD = number;
export type ULONG = number;
export type HICON = unknown;

export interface IUnknown {
  /**
   * Asks the object for another of its interfaces. Sets `ppvObject` to it with one reference that
   * the caller releases, or to null. Returns S_OK, E_NOINTERFACE, E_INVALIDARG.
   */
  QueryInterface(riid: GUID, ppvObject: Out<IUnknown | null>): HRESULT;
  /** Returns the new number of references. */
  AddRef(): number;
  /** Returns the number of references left. */
  Release(): number;
}

/** A counted object; whoever makes it holds the first reference. */
export class Unknown implements IUnknown {
  readonly #interfaces: readonly GUID[];
  #references = 1;

  /** @param interfaces What it answers for, beside IUnknown. */
  constructor(...interfaces: readonly GUID[]) {
    this.#interfaces = [IID_IUnknown, ...interfaces];
  }

  QueryInterface(riid: GUID, ppvObject: Out<IUnknown | null>): HRESULT {
    if (!isCell(ppvObject)) return E_INVALIDARG;
    ppvObject.value = null;
    const wanted = canonicalGuid(riid);
    if (wanted === null) return E_INVALIDARG;
    if (!this.#interfaces.includes(wanted)) return E_NOINTERFACE;
    this.AddRef();
    ppvObject.value = this;
    return S_OK;
  }

  AddRef(): number {
    this.#references += 1;
    return this.#references;
  }

  Release(): number {
    if (this.#references === 0) return 0;
    this.#references -= 1;
    if (this.#references === 0) this.released();
    return this.#references;
  }

  /** Called once, when nobody holds it any more. */
  protected released(): void {}
}
