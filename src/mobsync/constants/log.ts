// SYNCMGRLOGLEVEL, the error flag and the masks of SYNCMGRLOGERRORINFO (mobsync 3.7, 3.10).

export const SYNCMGRLOGLEVEL_INFORMATION = 0x1;
export const SYNCMGRLOGLEVEL_WARNING = 0x2;
export const SYNCMGRLOGLEVEL_ERROR = 0x3;
/** The largest valid level. */
export const SYNCMGRLOGLEVEL_LOGLEVELMAX = 0x3;

export type SYNCMGRLOGLEVEL =
  | typeof SYNCMGRLOGLEVEL_INFORMATION
  | typeof SYNCMGRLOGLEVEL_WARNING
  | typeof SYNCMGRLOGLEVEL_ERROR;

/** Opening the line calls ShowError with its ErrorID. */
export const SYNCMGRERRORFLAG_ENABLEJUMPTEXT = 0x1;

/** `dwSyncMgrErrorFlags` is valid. */
export const SYNCMGRLOGERROR_ERRORFLAGS = 0x1;
/** `ErrorID` is valid. */
export const SYNCMGRLOGERROR_ERRORID = 0x2;
/** `ItemID` is valid. */
export const SYNCMGRLOGERROR_ITEMID = 0x4;
