// Where in a watched folder something may have changed.

export interface TouchedRoot {
  /** As the handler named it. */
  readonly root: string;
  /** Relative to it, `/` between names. Each stands for all below it too. */
  readonly paths: readonly string[];
}
