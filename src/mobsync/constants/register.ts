// SYNCMGRREGISTERFLAGS, the third parameter of RegisterSyncMgrHandler (mobsync 3.9). These are bits;
// that they equal three event numbers is a coincidence.

/** Tell me about connections. */
export const SYNCMGRREGISTERFLAG_CONNECT = 0x1;
/** Tell me about coming disconnections. */
export const SYNCMGRREGISTERFLAG_PENDINGDISCONNECT = 0x2;
/** Tell me about idle time. */
export const SYNCMGRREGISTERFLAG_IDLE = 0x4;
/** Valid bits; another is refused (A4). */
export const SYNCMGRREGISTERFLAGS_MASK = 0x07;
