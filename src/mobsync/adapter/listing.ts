// From EnumSyncMgrItems and the enumerator it delivers to a list of items (mobsync 2.3.3, 2.4). Asked
// for one element at a time, because handlers exist that always deliver one; Clone is never called.
import type { Item } from '../../model/item.ts';
import type { ItemList } from '../../ports/handler.ts';
import {
  SYNCMGRITEM_HASPROPERTIES,
  SYNCMGRITEM_LASTUPDATETIME,
  SYNCMGRITEM_TEMPORARY,
  SYNCMGRITEMSTATE_CHECKED,
} from '../constants/item.ts';
import { canonicalGuid, GUID_NULL } from '../guid.ts';
import { FAILED, type HRESULT, S_OK } from '../hresult.ts';
import type { ISyncMgrEnumItems } from '../interfaces/enum-items.ts';
import type { ISyncMgrSynchronize } from '../interfaces/synchronize.ts';
import { isRightSize, millisecondsOf, type SYNCMGRITEM } from '../structures.ts';
import type { Out, ULONG } from '../unknown.ts';
import { answered, answerOf, tell } from './calls.ts';

/** An enumerator that never ends is not listened to for ever. */
const elementsMax = 100_001;

/** Rejects if the handler could not list its items: then no tick is forgotten (A18). */
export async function listItems(handler: ISyncMgrSynchronize): Promise<ItemList> {
  const cell: Out<ISyncMgrEnumItems | null> = { value: null };
  const hr = await answerOf(() => handler.EnumSyncMgrItems(cell));
  const enumerator = cell.value;
  if (FAILED(hr) || !enumerator) throw answered('EnumSyncMgrItems', hr);
  const elements: SYNCMGRITEM[] = [];
  const ending = await readAll(enumerator, elements);
  tell(() => enumerator.Release());
  // S_SYNCMGR_MISSINGITEMS, or an enumerator that broke off: some items are missing now.
  const complete = hr === S_OK && !FAILED(ending) && elements.length < elementsMax;
  return { complete, items: elements.map(itemOf) };
}

async function readAll(enumerator: ISyncMgrEnumItems, elements: SYNCMGRITEM[]): Promise<HRESULT> {
  for (;;) {
    const rgelt: SYNCMGRITEM[] = [];
    const fetched: Out<ULONG> = { value: 0 };
    const hr = await answerOf(() => enumerator.Next(1, rgelt, fetched));
    // After an error nothing in the array is valid.
    if (FAILED(hr)) return hr;
    const delivered = hr === S_OK ? rgelt.slice(0, 1) : rgelt.slice(0, fetched.value);
    elements.push(...delivered);
    if (hr !== S_OK || delivered.length === 0 || elements.length >= elementsMax) return hr;
  }
}

/** What is no item gets no identifier; the manager leaves it out and says so. */
function itemOf(element: SYNCMGRITEM | null | undefined): Item {
  const id = element && isRightSize('SYNCMGRITEM', element) ? canonicalGuid(element.ItemID) : null;
  const has = (flag: number) => ((element?.dwFlags ?? 0) & flag) !== 0;
  return {
    id: id === GUID_NULL ? '' : (id ?? ''),
    name: element?.wszItemName ?? '',
    checked: element?.dwItemState === SYNCMGRITEMSTATE_CHECKED,
    hasProperties: has(SYNCMGRITEM_HASPROPERTIES),
    temporary: has(SYNCMGRITEM_TEMPORARY),
    lastUpdate: has(SYNCMGRITEM_LASTUPDATETIME) ? lastUpdate(element?.ftLastUpdate) : null,
  };
}

const lastUpdate = (time: unknown) => (typeof time === 'bigint' ? millisecondsOf(time) : null);
