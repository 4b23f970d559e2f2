// One drawn course of events: what programs and the user do from outside, and how the handlers
// behave, from well to wild. Everything is data, so that a failing course is shrunk and replayed.
import fc from 'fast-check';
import {
  E_FAIL,
  E_INVALIDARG,
  E_NOTIMPL,
  E_UNEXPECTED,
  GUID_NULL,
  S_FALSE,
  S_OK,
  S_SYNCMGR_CANCELITEM,
  S_SYNCMGR_ENUMITEMS,
  S_SYNCMGR_ITEMDELETED,
  S_SYNCMGR_MISSINGITEMS,
  S_SYNCMGR_RETRYSYNC,
} from '../../src/mobsync/mobsync.ts';
import { guid } from './items.ts';
import { clsidOf } from './old-world.ts';

/** A call of a method with arguments that may be anything. */
export interface Talk {
  readonly method: string;
  readonly of: readonly unknown[];
}

/** What a method of a handler does: it talks, and then returns, throws, or never comes back. */
export interface Conduct {
  readonly inside: readonly Talk[];
  readonly ending: 'returns' | 'promises' | 'throws' | 'rejects' | 'never';
  readonly code: unknown;
}

export interface Step {
  readonly actor: 'program' | 'user' | 'handler' | 'nobody';
  readonly talk: Talk;
  /** Which handler object, which item, which line: taken modulo what there is. */
  readonly which: number;
}

export interface Course {
  readonly conducts: Readonly<Record<string, Conduct>>[];
  readonly steps: readonly Step[];
}

const frozen = Object.freeze({ value: 1 });
const thorny = new Proxy({}, { get: () => assertNever() });

function assertNever(): never {
  throw new Error('nobody may touch this');
}

const strange = fc.constantFrom<unknown>(
  null,
  undefined,
  0,
  1,
  -1,
  2 ** 32,
  Number.NaN,
  '',
  'nonsense',
  {},
  [],
  frozen,
  thorny,
  Symbol('odd'),
  7n,
  () => 1,
);
const identifiers = fc.constantFrom<unknown>(guid(1), guid(2), guid(3), GUID_NULL, `{${guid(1)}}`);
const classes = fc.constantFrom<unknown>(clsidOf(1), clsidOf(2), clsidOf(3));
const codes = fc.constantFrom<unknown>(
  S_OK,
  S_OK,
  S_FALSE,
  E_FAIL,
  E_NOTIMPL,
  E_UNEXPECTED,
  E_INVALIDARG,
  0x80004005,
  S_SYNCMGR_CANCELITEM,
  S_SYNCMGR_ENUMITEMS,
  S_SYNCMGR_ITEMDELETED,
  S_SYNCMGR_MISSINGITEMS,
  S_SYNCMGR_RETRYSYNC,
);
const small = fc.integer({ min: -1, max: 9 });
const flags = fc.constantFrom<unknown>(2, 2, 2, 2, 2, 0, 0, 4, 6, 1, 8, 0xffff_ffff);
const levels = fc.constantFrom<unknown>(1, 2, 3, 1, 2, 3, 0, 4);
const mebibyte = new Uint8Array(1_048_576).fill(7);
const tooLong = new Uint8Array(1_048_577);
const cookies = fc.oneof(
  {
    arbitrary: fc.constantFrom<readonly [unknown, unknown]>(
      [0, null],
      [0, null],
      [0, null],
      [3, Uint8Array.of(1, 2, 3)],
      [4, Uint8Array.of(1)],
      [1, null],
      [-1, mebibyte],
      [1_048_577, tooLong],
    ),
    weight: 20,
  },
  // Each of them is copied on its way: rare, or the courses take long.
  { arbitrary: fc.constant([1_048_576, mebibyte] as const), weight: 1 },
);
const idLists = fc.constantFrom<unknown>(null, [], [guid(1)], [guid(1), guid(2)], ['x'], [null], 7);
const progress = fc.record({
  cbSize: fc.constantFrom<unknown>(undefined, undefined, 24, 32, 9),
  mask: fc.integer({ min: 0, max: 31 }),
  lpcStatusText: fc.constantFrom<unknown>('working', '', undefined, 3),
  dwStatusType: fc.constantFrom<unknown>(0, 1, 2, 3, 4, 5, 6, 7, 8, 256, 99, undefined),
  iProgValue: fc.constantFrom<unknown>(0, 5, -5, Number.NaN, Number.POSITIVE_INFINITY, 'x'),
  iMaxValue: fc.constantFrom<unknown>(10, 0, -1, undefined),
});
const logInfo = fc.record({
  cbSize: fc.constantFrom<unknown>(undefined, undefined, undefined, 44, 9),
  mask: fc.integer({ min: 0, max: 15 }),
  dwSyncMgrErrorFlags: fc.constantFrom<unknown>(0, 1, 1, 'x'),
  ErrorID: identifiers,
  ItemID: identifiers,
});

/** Mostly what belongs there, now and then anything. */
const or = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 6 }, { arbitrary: strange, weight: 1 });

const talkOf = (method: string, ...of: fc.Arbitrary<unknown>[]): fc.Arbitrary<Talk> =>
  fc.tuple(...of).map((drawn) => ({ method, of: drawn }));

const callbackTalk = fc.oneof(
  talkOf('ShowPropertiesCompleted', or(codes)),
  talkOf('PrepareForSyncCompleted', or(codes)),
  talkOf('SynchronizeCompleted', or(codes)),
  talkOf('ShowErrorCompleted', or(codes), or(small), or(idLists)),
  talkOf('EnableModeless', or(fc.boolean())),
  talkOf('Progress', or(identifiers), or(fc.option(progress))),
  talkOf(
    'LogError',
    or(levels),
    or(fc.constantFrom('a line', 'a line', '')),
    or(fc.option(logInfo)),
  ),
  talkOf('DeleteLogError', or(identifiers), or(small)),
  talkOf('EstablishConnection', or(fc.constantFrom(null, 'office')), or(small)),
);

const cells = fc.constantFrom<unknown>({ value: 0 }, frozen, null);
const programTalk = fc.oneof(
  talkOf('RegisterSyncMgrHandler', or(classes), or(fc.constantFrom(null, 'Mail')), or(small)),
  talkOf('UnregisterSyncMgrHandler', or(classes), or(small)),
  talkOf('GetHandlerRegistrationInfo', or(classes), or(cells)),
  fc.tuple(or(flags), or(classes), cookies).map(([flag, clsid, cookie]) => ({
    method: 'UpdateItems',
    of: [flag, clsid, ...cookie],
  })),
  talkOf('UpdateAll'),
  talkOf('QueryInterface', or(identifiers), or(cells)),
);

const userTalk = fc.oneof(
  ...['confirm', 'skip', 'stop', 'open', 'sheet', 'own-sheet', 'dismiss', 'cancel', 'idle'].map(
    (method) => talkOf(method),
  ),
);

const nothing: Talk = { method: 'wait', of: [] };
const stepOf = (actor: Step['actor'], talk: fc.Arbitrary<Talk>) =>
  fc.record({ actor: fc.constant(actor), talk, which: fc.nat(5) });

const step: fc.Arbitrary<Step> = fc.oneof(
  { arbitrary: stepOf('program', programTalk), weight: 3 },
  { arbitrary: stepOf('user', userTalk), weight: 3 },
  { arbitrary: stepOf('handler', callbackTalk), weight: 4 },
  { arbitrary: stepOf('nobody', fc.constant(nothing)), weight: 3 },
);

const endings = fc.constantFrom<Conduct['ending']>(
  ...(['returns', 'returns', 'returns', 'promises', 'promises'] as const),
  ...(['throws', 'rejects', 'never'] as const),
);

const conductOf = (completion: string | null): fc.Arbitrary<Conduct> =>
  fc.record({
    inside: fc
      .tuple(fc.array(callbackTalk, { maxLength: 2 }), fc.constantFrom(0, 1, 1, 1, 2), or(codes))
      .map(([talk, times, hr]) => {
        const completed = { method: completion ?? '', of: [hr, 1, [guid(1)]] };
        return completion === null ? talk : [...talk, ...Array<Talk>(times).fill(completed)];
      }),
    ending: endings,
    code: or(
      fc.oneof({ arbitrary: fc.constant(S_OK), weight: 3 }, { arbitrary: codes, weight: 1 }),
    ),
  });

const quiet: fc.Arbitrary<Conduct> = fc.constant({ inside: [], ending: 'returns', code: S_OK });
const mostly = (one: fc.Arbitrary<Conduct>) =>
  fc.oneof({ arbitrary: quiet, weight: 4 }, { arbitrary: one, weight: 1 });

const conducts = fc.record({
  Initialize: mostly(conductOf(null)),
  GetHandlerInfo: mostly(conductOf(null)),
  EnumSyncMgrItems: mostly(conductOf(null)),
  SetProgressCallback: mostly(conductOf(null)),
  ShowProperties: conductOf('ShowPropertiesCompleted'),
  PrepareForSync: conductOf('PrepareForSyncCompleted'),
  Synchronize: conductOf('SynchronizeCompleted'),
  SetItemStatus: mostly(conductOf(null)),
  ShowError: conductOf('ShowErrorCompleted'),
});

export const course: fc.Arbitrary<Course> = fc.record({
  conducts: fc.array(conducts, { minLength: 2, maxLength: 2 }),
  steps: fc.array(step, { minLength: 3, maxLength: 12 }),
});
