// An enumerator over a list that is at hand: what EnumSyncMgrItems of most handlers delivers.
import { IID_ISyncMgrEnumItems } from './guid.ts';
import { E_INVALIDARG, type HRESULT, S_FALSE, S_OK } from './hresult.ts';
import type { ISyncMgrEnumItems } from './interfaces/enum-items.ts';
import type { SYNCMGRITEM } from './structures.ts';
import { type Out, setOut, type ULONG, Unknown } from './unknown.ts';

export class ItemEnumerator extends Unknown implements ISyncMgrEnumItems {
  readonly #items: readonly SYNCMGRITEM[];
  #position: number;

  /** Keeps its own copy of the list. */
  constructor(items: readonly SYNCMGRITEM[], position = 0) {
    super(IID_ISyncMgrEnumItems);
    this.#items = [...items];
    this.#position = position;
  }

  Next(celt: ULONG, rgelt: SYNCMGRITEM[], pceltFetched: Out<ULONG> | null): HRESULT {
    if (pceltFetched) pceltFetched.value = 0;
    if (!isCount(celt) || !Array.isArray(rgelt)) return E_INVALIDARG;
    // Without the count a caller could not tell how many of several were delivered.
    if (!pceltFetched && celt > 1) return E_INVALIDARG;
    const delivered = this.#items.slice(this.#position, this.#position + celt);
    delivered.forEach((item, index) => {
      rgelt[index] = item;
    });
    this.#position += delivered.length;
    if (pceltFetched) pceltFetched.value = delivered.length;
    return delivered.length === celt ? S_OK : S_FALSE;
  }

  Skip(celt: ULONG): HRESULT {
    if (!isCount(celt)) return E_INVALIDARG;
    const end = this.#position + celt;
    this.#position = Math.min(end, this.#items.length);
    return end <= this.#items.length ? S_OK : S_FALSE;
  }

  Reset(): HRESULT {
    this.#position = 0;
    return S_OK;
  }

  Clone(ppenum: Out<ISyncMgrEnumItems | null>): HRESULT {
    const isSet = setOut(ppenum, new ItemEnumerator(this.#items, this.#position));
    return isSet ? S_OK : E_INVALIDARG;
  }
}

const isCount = (celt: unknown) =>
  typeof celt === 'number' && Number.isInteger(celt) && celt >= 0 && celt <= 0xffff_ffff;
