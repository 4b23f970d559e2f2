// Items as the tests name them: identifiers that a reader can tell apart, and no more than needed.
import { type SYNCMGRITEM, SYNCMGRITEMSTATE_CHECKED } from '../../src/mobsync/mobsync.ts';

export const guid = (number: number): string =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** A checked item without flags, unless told otherwise. */
export function item(number: number, change: Partial<SYNCMGRITEM> = {}): SYNCMGRITEM {
  return {
    dwFlags: 0,
    ItemID: guid(number),
    dwItemState: SYNCMGRITEMSTATE_CHECKED,
    wszItemName: `item ${number}`,
    ...change,
  };
}
