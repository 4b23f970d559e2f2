// SYNCMGRHANDLERFLAGS, a member of SYNCMGRHANDLERINFO (mobsync 3.4).

/** The handler has a property sheet of its own. */
export const SYNCMGRHANDLER_HASPROPERTIES = 0x1;
/** It may call EstablishConnection: an announcement, not a permission (A36). */
export const SYNCMGRHANDLER_MAYESTABLISHCONNECTION = 0x2;
/** List it in the choice even without items. */
export const SYNCMGRHANDLER_ALWAYSLISTHANDLER = 0x4;
/** Recognised and ignored. */
export const SYNCMGRHANDLER_HIDDEN = 0x8;
/** The wider of the two generations' masks (A41). */
export const SYNCMGRHANDLERFLAG_MASK = 0x0f;

/** Characters in a handler's name, its terminator included: 31 are usable. */
export const MAX_SYNCMGRHANDLERNAME = 32;
