// A last run before the computer ends, as faces see it.
import type { ComputerEnd } from '../model/surroundings.ts';

export interface LastRunWishShape {
  readonly end: ComputerEnd;
  /** By name; null: all enabled ones. */
  readonly partnerships: readonly string[] | null;
  /** Milliseconds. */
  readonly budgetMs: number;
}

export interface LastRunShape {
  /** Names of those to be run, the smallest first. */
  readonly now: readonly string[];
  /** Names of those that would take longer than there is time. */
  readonly later: readonly string[];
}

export interface ComputerEndShape {
  readonly end: ComputerEnd;
  /** Names of those that wait for the next start. */
  readonly later: readonly string[];
}
