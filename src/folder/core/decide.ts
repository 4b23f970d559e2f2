// What shall happen at one path, from what changed on either side: one total table per mode.
//
// The tables know nothing of folders and what is in them; reconcile.ts holds that together. `new`
// beside a change that presumes a baseline cannot occur; those cells say `leave`.
import type { Change } from './change.ts';
import type { Mode } from './plan.ts';

/**
 * `settled`: at most signatures moved. `right`: the right becomes as the left is; `left` the other
 * way round. `restore-…`: the same, and a deletion on that side is thereby undone. `merge`: both
 * changed and both are there: equal content agrees, else it is a conflict. `forget`: gone on both.
 * `leave`: nothing is done, and nothing is agreed.
 */
export type Verdict =
  | 'settled'
  | 'right'
  | 'left'
  | 'restore-right'
  | 'restore-left'
  | 'merge'
  | 'forget'
  | 'leave';

type Table = Readonly<Record<Change, Readonly<Record<Change, Verdict>>>>;

export function decide(mode: Mode, left: Change, right: Change): Verdict {
  return tables[mode][left][right];
}

const never = 'leave';

/** Edit beats delete; a pure time change is no edit. */
const twoWay: Table = {
  none: {
    none: 'settled',
    new: 'left',
    gone: 'left',
    touched: 'left',
    mode: 'left',
    edited: 'left',
  },
  new: {
    none: 'right',
    new: 'merge',
    gone: never,
    touched: never,
    mode: never,
    edited: never,
  },
  gone: {
    none: 'right',
    new: never,
    gone: 'forget',
    touched: 'right',
    mode: 'restore-left',
    edited: 'restore-left',
  },
  touched: {
    none: 'right',
    new: never,
    gone: 'left',
    touched: 'merge',
    mode: 'merge',
    edited: 'merge',
  },
  mode: {
    none: 'right',
    new: never,
    gone: 'restore-right',
    touched: 'merge',
    mode: 'merge',
    edited: 'merge',
  },
  edited: {
    none: 'right',
    new: never,
    gone: 'restore-right',
    touched: 'merge',
    mode: 'merge',
    edited: 'merge',
  },
};

/** What only the right changed stays; what it only deleted comes back, for that overwrites nothing. */
const oneWaySafe: Table = {
  none: {
    none: 'settled',
    new: 'leave',
    gone: 'restore-right',
    touched: 'leave',
    mode: 'leave',
    edited: 'leave',
  },
  new: {
    none: 'right',
    new: 'merge',
    gone: never,
    touched: never,
    mode: never,
    edited: never,
  },
  gone: {
    none: 'right',
    new: never,
    gone: 'forget',
    touched: 'right',
    mode: 'leave',
    edited: 'leave',
  },
  touched: {
    none: 'right',
    new: never,
    gone: 'restore-right',
    touched: 'merge',
    mode: 'leave',
    edited: 'leave',
  },
  mode: {
    none: 'right',
    new: never,
    gone: 'restore-right',
    touched: 'right',
    mode: 'right',
    edited: 'leave',
  },
  edited: {
    none: 'right',
    new: never,
    gone: 'restore-right',
    touched: 'right',
    mode: 'right',
    edited: 'merge',
  },
};

const becomesLeft = {
  none: 'right',
  new: 'right',
  gone: 'right',
  touched: 'right',
  mode: 'right',
  edited: 'right',
} as const satisfies Record<Change, Verdict>;

const replica: Table = {
  none: { ...becomesLeft, none: 'settled' },
  new: becomesLeft,
  gone: { ...becomesLeft, gone: 'forget' },
  touched: becomesLeft,
  mode: becomesLeft,
  edited: becomesLeft,
};

const stays = {
  none: 'leave',
  new: 'leave',
  gone: 'leave',
  touched: 'leave',
  mode: 'leave',
  edited: 'leave',
} as const satisfies Record<Change, Verdict>;

const contribute: Table = {
  none: { ...stays, none: 'settled' },
  new: { ...stays, none: 'right', new: 'merge' },
  gone: { ...stays, gone: 'forget' },
  touched: stays,
  mode: stays,
  edited: { ...stays, edited: 'merge' },
};

const tables: Readonly<Record<Mode, Table>> = {
  'two-way-safe': twoWay,
  'two-way-resolved': twoWay,
  'one-way-safe': oneWaySafe,
  'one-way-replica': replica,
  contribute,
};
