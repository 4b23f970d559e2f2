// SYNCMGRFLAG, the second parameter of Initialize (mobsync 3.3). The event is a number in the low
// byte and not a set of bits: 3 is "manual", not "connect and disconnect". Hence the decoder.
import type { DWORD } from '../unknown.ts';

/** A network connection came up, or the user logged on (A48). */
export const SYNCMGRFLAG_CONNECT = 0x1;
/** A connection is about to go; also logoff, shutdown, undocking (A48). */
export const SYNCMGRFLAG_PENDINGDISCONNECT = 0x2;
/** The user asked. */
export const SYNCMGRFLAG_MANUAL = 0x3;
/** The machine is idle (A1). */
export const SYNCMGRFLAG_IDLE = 0x4;
/** A program called UpdateItems or UpdateAll. */
export const SYNCMGRFLAG_INVOKE = 0x5;
/** A schedule fired. */
export const SYNCMGRFLAG_SCHEDULED = 0x6;
/** Isolates the event number. */
export const SYNCMGRFLAG_EVENTMASK = 0xff;
/** Describe and enumerate only; no synchronization follows (A3). */
export const SYNCMGRFLAG_SETTINGS = 0x100;
/** Windows are permitted, one at a time, after EnableModeless (A15, A29). */
export const SYNCMGRFLAG_MAYBOTHERUSER = 0x200;

export type SYNCMGREVENT =
  | typeof SYNCMGRFLAG_CONNECT
  | typeof SYNCMGRFLAG_PENDINGDISCONNECT
  | typeof SYNCMGRFLAG_MANUAL
  | typeof SYNCMGRFLAG_IDLE
  | typeof SYNCMGRFLAG_INVOKE
  | typeof SYNCMGRFLAG_SCHEDULED;

export interface InitializeFlags {
  /** A number the decoder does not know is read as manual, as the contract demands (2.3.1). */
  readonly event: SYNCMGREVENT;
  readonly settingsOnly: boolean;
  readonly mayBotherUser: boolean;
}

export function decodeInitializeFlags(dwSyncMgrFlags: DWORD): InitializeFlags {
  const event = dwSyncMgrFlags & SYNCMGRFLAG_EVENTMASK;
  return {
    event: isEvent(event) ? event : SYNCMGRFLAG_MANUAL,
    settingsOnly: (dwSyncMgrFlags & SYNCMGRFLAG_SETTINGS) !== 0,
    mayBotherUser: (dwSyncMgrFlags & SYNCMGRFLAG_MAYBOTHERUSER) !== 0,
  };
}

const isEvent = (event: number): event is SYNCMGREVENT =>
  event >= SYNCMGRFLAG_CONNECT && event <= SYNCMGRFLAG_SCHEDULED;
