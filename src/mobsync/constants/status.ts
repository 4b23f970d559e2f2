// SYNCMGRSTATUS, for SetItemStatus and Progress (mobsync 3.6). Stopped, skipped, succeeded, failed
// and deleted are outcomes; the others are stages on the way (A23).

export const SYNCMGRSTATUS_STOPPED = 0x0;
/** The only one the manager ever passes to SetItemStatus. */
export const SYNCMGRSTATUS_SKIPPED = 0x1;
export const SYNCMGRSTATUS_PENDING = 0x2;
export const SYNCMGRSTATUS_UPDATING = 0x3;
export const SYNCMGRSTATUS_SUCCEEDED = 0x4;
export const SYNCMGRSTATUS_FAILED = 0x5;
export const SYNCMGRSTATUS_PAUSED = 0x6;
export const SYNCMGRSTATUS_RESUMING = 0x7;
/** In progress, length unknown. */
export const SYNCMGRSTATUS_UPDATING_INDETERMINATE = 0x8;
/** The thing behind the item is gone. */
export const SYNCMGRSTATUS_DELETED = 0x100;

export type SYNCMGRSTATUS =
  | typeof SYNCMGRSTATUS_STOPPED
  | typeof SYNCMGRSTATUS_SKIPPED
  | typeof SYNCMGRSTATUS_PENDING
  | typeof SYNCMGRSTATUS_UPDATING
  | typeof SYNCMGRSTATUS_SUCCEEDED
  | typeof SYNCMGRSTATUS_FAILED
  | typeof SYNCMGRSTATUS_PAUSED
  | typeof SYNCMGRSTATUS_RESUMING
  | typeof SYNCMGRSTATUS_UPDATING_INDETERMINATE
  | typeof SYNCMGRSTATUS_DELETED;
