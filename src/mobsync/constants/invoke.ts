// SYNCMGRINVOKEFLAGS, the first parameter of UpdateItems (mobsync 3.8). Bit 0x1 has no name.

/** Start at once with the ticked items; no choice. */
export const SYNCMGRINVOKE_STARTSYNC = 0x2;
/** Show the choice, or without one the progress, minimized at first (A9). */
export const SYNCMGRINVOKE_MINIMIZED = 0x4;
