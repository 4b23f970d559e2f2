// What a simulated day has seen of itself.
import type { Partnership } from '../../src/model/partnership.ts';

/** What happened, for the judge. */
export interface Diary {
  readonly partnerships: readonly Partnership[];
  readonly startedAt: number;
  /** Handler calls that began while they must not, and the like. */
  readonly faults: string[];
  /** Moments at which back-offs are forgotten. */
  readonly reconnections: number[];
  violations: number;
}
