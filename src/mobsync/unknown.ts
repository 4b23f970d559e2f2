// What every object of the contract can do (IUnknown), what stands for an out-parameter, and what
// stands for a window. References are counted because the contract says who holds which (2.0,
// 2.3.6); memory is the engine's affair, so the count only decides when `released` is called.
import { canonicalGuid, type GUID, IID_IUnknown } from './guid.ts';
import { E_INVALIDARG, E_NOINTERFACE, type HRESULT, S_OK } from './hresult.ts';

/** A cell passed where the header has a pointer to a result; the callee sets `value`. */
export interface Out<T> {
  value: T;
}

/** False where there is no cell to write to: callers without types may pass anything. */
export function setOut(cell: unknown, value: unknown): boolean {
  return typeof cell === 'object' && cell !== null && Reflect.set(cell, 'value', value);
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
    const wanted = canonicalGuid(riid);
    if (!setOut(ppvObject, null) || wanted === null) return E_INVALIDARG;
    if (!this.#interfaces.includes(wanted)) return E_NOINTERFACE;
    setOut(ppvObject, this);
    this.AddRef();
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
