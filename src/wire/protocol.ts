// What both ends of a conversation know of it without having said a word.

/** Raised when an old handler or an old manager would misunderstand. */
export const protocolRevision = 1;

/**
 * `returned`: the handler says when a call has returned and goes on; until then no window is open.
 * Without it a window opens with the call.
 */
export const features = ['returned'] as const;

/** Changes of a plan that travel together, items likewise. */
export const portion = 500;
