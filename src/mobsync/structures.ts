// The four structures (mobsync 3.11), in the header's order of fields. `cbSize` may be left out; if
// it is there it must be one of the two true sizes, for 32-bit or 64-bit programs (A44). Fields that
// a mask guards may be left out too, as long as their bit is clear.
import type { SYNCMGRERRORID, SYNCMGRITEMID } from './guid.ts';
import type { DWORD, HICON } from './unknown.ts';

/** 100 ns units since 1601-01-01 UTC. */
export type FILETIME = bigint;

/** What GetHandlerInfo delivers. */
export interface SYNCMGRHANDLERINFO {
  readonly cbSize?: DWORD;
  readonly hIcon?: HICON;
  /** Bits of SYNCMGRHANDLERFLAGS. */
  readonly SyncMgrHandlerFlags: DWORD;
  /** Display name; 31 characters are shown. */
  readonly wszHandlerName: string;
}

/** What ISyncMgrEnumItems delivers. */
export interface SYNCMGRITEM {
  readonly cbSize?: DWORD;
  /** Bits of SYNCMGRITEMFLAGS. */
  readonly dwFlags: DWORD;
  /** Stable between sessions: the key of preferences. */
  readonly ItemID: SYNCMGRITEMID;
  /** SYNCMGRITEMSTATE_*: the default tick. */
  readonly dwItemState: DWORD;
  readonly hIcon?: HICON;
  /** Display name; 127 characters are shown. */
  readonly wszItemName: string;
  /** Valid with SYNCMGRITEM_LASTUPDATETIME. */
  readonly ftLastUpdate?: FILETIME;
}

/** What Progress is given: only the members whose bit is in `mask` count (A30, A31). */
export interface SYNCMGRPROGRESSITEM {
  readonly cbSize?: DWORD;
  /** Bits of SYNCMGRPROGRESSITEM_*. */
  readonly mask: DWORD;
  readonly lpcStatusText?: string;
  /** A SYNCMGRSTATUS. */
  readonly dwStatusType?: DWORD;
  /** Position, in the handler's own unit. */
  readonly iProgValue?: number;
  /** End position; 0 or less means unknown length. */
  readonly iMaxValue?: number;
}

/** What LogError is given: only the members whose bit is in `mask` count. */
export interface SYNCMGRLOGERRORINFO {
  readonly cbSize?: DWORD;
  /** Bits of SYNCMGRLOGERROR_*. */
  readonly mask: DWORD;
  /** SYNCMGRERRORFLAG_ENABLEJUMPTEXT, or 0. */
  readonly dwSyncMgrErrorFlags?: DWORD;
  readonly ErrorID?: SYNCMGRERRORID;
  readonly ItemID?: SYNCMGRITEMID;
}

/** Bytes with natural alignment, for 32-bit and for 64-bit programs. */
export const structureSizes = {
  SYNCMGRHANDLERINFO: [76, 88],
  SYNCMGRITEM: [296, 304],
  SYNCMGRPROGRESSITEM: [24, 32],
  SYNCMGRLOGERRORINFO: [44, 44],
} as const;

export function isRightSize(
  structure: keyof typeof structureSizes,
  { cbSize }: { readonly cbSize?: DWORD },
): boolean {
  return cbSize === undefined || (structureSizes[structure] as readonly number[]).includes(cbSize);
}

/** Milliseconds from 1601-01-01 to 1970-01-01. */
const epochMs = 11_644_473_600_000n;

/** Milliseconds since 1970. */
export function millisecondsOf(time: FILETIME): number {
  return Number(time / 10_000n - epochMs);
}

/** @param ms Milliseconds since 1970, at least -11,644,473,600,000. */
export function fileTimeOf(ms: number): FILETIME {
  return (BigInt(Math.trunc(ms)) + epochMs) * 10_000n;
}
