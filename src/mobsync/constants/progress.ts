// The masks of SYNCMGRPROGRESSITEM (mobsync 3.10).

/** `lpcStatusText` is valid. */
export const SYNCMGRPROGRESSITEM_STATUSTEXT = 0x1;
/** `dwStatusType` is valid. */
export const SYNCMGRPROGRESSITEM_STATUSTYPE = 0x2;
/** `iProgValue` is valid. */
export const SYNCMGRPROGRESSITEM_PROGVALUE = 0x4;
/** `iMaxValue` is valid. */
export const SYNCMGRPROGRESSITEM_MAXVALUE = 0x8;
