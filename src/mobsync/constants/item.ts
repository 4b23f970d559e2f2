// SYNCMGRITEMFLAGS and the item states, members of SYNCMGRITEM (mobsync 3.5).

/** The item has a property sheet. */
export const SYNCMGRITEM_HASPROPERTIES = 0x1;
/** Stored preferences for it are forgotten at the end of the session (A21). */
export const SYNCMGRITEM_TEMPORARY = 0x2;
/** Changes nothing. */
export const SYNCMGRITEM_ROAMINGUSER = 0x4;
/** `ftLastUpdate` is valid. */
export const SYNCMGRITEM_LASTUPDATETIME = 0x8;
/** Changes nothing. */
export const SYNCMGRITEM_MAYDELETEITEM = 0x10;
/** Changes nothing. */
export const SYNCMGRITEM_HIDDEN = 0x20;
/** The wider of the two generations' masks (A41). */
export const SYNCMGRITEM_ITEMFLAGMASK = 0x7f;

/** Not included by default. */
export const SYNCMGRITEMSTATE_UNCHECKED = 0x0;
/** Included by default. */
export const SYNCMGRITEMSTATE_CHECKED = 0x1;

/** Characters in an item's name, its terminator included: 127 are usable. */
export const MAX_SYNCMGRITEMNAME = 128;
