// What is compared: something that accepts work durably and begins it. One flow for all of them, so
// that the same is measured of each.

export interface Engine {
  readonly name: string;
  /** Who was told `begun` with the number of a job has begun it. */
  start(begun: (job: number) => void): Promise<void>;
  /** Resolves when the job is accepted, durably. */
  accept(job: number): Promise<void>;
  /** Resolves when all that was accepted has ended. */
  drained(count: number): Promise<void>;
  stop(): Promise<void>;
}

export interface Flow {
  readonly perSecond: number;
  /** From the call that hands it over to its beginning, ms. */
  readonly medianMs: number;
  readonly p99Ms: number;
}

/** `inFlight` callers, each handing over the next when its last was accepted. */
export async function flow(engine: Engine, jobs: number, inFlight: number): Promise<Flow> {
  const handedOver = new Float64Array(jobs);
  const waited = new Float64Array(jobs);
  await engine.start((job) => {
    waited[job] = performance.now() - (handedOver[job] ?? 0);
  });
  const began = performance.now();
  let next = 0;
  const caller = async (): Promise<void> => {
    for (let job = next++; job < jobs; job = next++) {
      handedOver[job] = performance.now();
      await engine.accept(job);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  await engine.drained(jobs);
  const perSecond = (jobs * 1_000) / (performance.now() - began);
  await engine.stop();
  const sorted = waited.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (jobs - 1))] ?? 0;
  return { perSecond, medianMs: at(0.5), p99Ms: at(0.99) };
}
