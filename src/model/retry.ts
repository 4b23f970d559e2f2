// Whether a failure may pass by itself, and who can help if not.

/**
 * Only `temporary` is tried again by itself. `needs-person`: a decision; `auth`: sign in again;
 * `quota`: make room; `fatal`: nothing will help but a repair.
 */
export const retryClasses = ['temporary', 'needs-person', 'auth', 'quota', 'fatal'] as const;
export type RetryClass = (typeof retryClasses)[number];
