// All of the outer world that decides when something runs by itself. Loaded as a whole, and only by
// who looks at it: a run by hand needs none of it.
import type { Idleness } from './idleness.ts';
import type { Network } from './network.ts';
import type { Beacon, Notifier } from './notifier.ts';
import type { Power } from './power.ts';
import type { Volumes } from './volumes.ts';
import type { Watching } from './watching.ts';

export interface Outside {
  readonly network: Network;
  readonly power: Power;
  readonly idleness: Idleness;
  readonly watching: Watching;
  readonly volumes: Volumes;
  readonly notifier: Notifier;
  /** Null: nobody outside waits for a sign of life. */
  readonly beacon: Beacon | null;
  readonly checks: Checks;
}

/** A program of the person's own that says whether something may run now. */
export interface Checks {
  /** Its exit code; null: it could not be run, or not to its end within the time. Never rejects. */
  run(command: readonly string[], limitMs: number): Promise<number | null>;
}
