// Where long synchronous work runs: threads in the program, the caller's own thread in tests, so
// that the same jobs can be replayed by a seed.
//
// Inputs, outputs and messages must survive a structured clone. A job is stopped, and reports how
// far it is, through shared memory handed to it in its input: no message per entry.

export interface Crew {
  /** How many jobs can run at the same time; at least 1. */
  readonly lanes: number;
  /**
   * Runs one job. Jobs beyond the number of lanes wait in order. Rejects with what the job threw: a
   * SyncError keeps its code and retry class, any other error its message and `code`.
   */
  run<Output>(job: string, input: unknown): Promise<Output>;
  /** Ends the threads at once; what still runs or waits is rejected. */
  close(): Promise<void>;
}

/**
 * Waits for something that happens elsewhere, and lets the lane begin another job meanwhile. The job
 * goes on when no other one is at work in its lane.
 */
export type StandAside = <Result>(wait: Promise<Result>) => Promise<Result>;

/** The jobs a thread knows, by name; each is given the world of its thread. */
export type Jobs<World> = {
  readonly [job: string]: (world: World, input: never, standAside: StandAside) => unknown;
};
