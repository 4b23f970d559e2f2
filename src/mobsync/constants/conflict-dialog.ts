// The ready-made conflict dialog's values (mobsync 3.12).

/** Offer to apply the choice to all conflicts of this kind. */
export const RFCF_APPLY_ALL = 0x1;

/** Nothing was decided. */
export const RFC_CANCEL = 0x00;
export const RFC_KEEPBOTH = 0x01;
export const RFC_KEEPLOCAL = 0x02;
export const RFC_KEEPNETWORK = 0x03;
/** Joined to one of the others by "or": the choice is meant for all. */
export const RFC_APPLY_TO_ALL = 0x10;

/** Which members of RFCDLGPARAM the caller filled in. */
export const RFCD_NAME = 0x1;
export const RFCD_KEEPBOTHICON = 0x2;
export const RFCD_KEEPLOCALICON = 0x4;
export const RFCD_KEEPSERVERICON = 0x8;
export const RFCD_NETWORKMODIFIEDBY = 0x10;
export const RFCD_NETWORKMODIFIEDON = 0x20;
export const RFCD_LOCALMODIFIEDBY = 0x40;
export const RFCD_LOCALMODIFIEDON = 0x80;
export const RFCD_NEWNAME = 0x100;
export const RFCD_LOCATION = 0x200;
export const RFCD_ALL = 0x3ff;

/** To the caller's function: the user wants to see the local copy. */
export const RFCCM_VIEWLOCAL = 0x1;
/** To the caller's function: the user wants to see the network copy. */
export const RFCCM_VIEWNETWORK = 0x2;
/** To the caller's function: the member named by one RFCD_ bit is needed and was not filled in. */
export const RFCCM_NEEDELEMENT = 0x3;
