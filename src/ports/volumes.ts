// Disks and shares that come and go.

export interface Volumes {
  /** Where something is mounted now. */
  mounted(): Promise<readonly string[]>;
  /** Calls back with all mount points when they may have changed; returns the end of it. */
  watch(listener: (mounted: readonly string[]) => void): () => void;
}
