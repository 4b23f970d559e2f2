// A crew without threads: each job runs in the caller's, one after the other in the order they were
// given, so that a test can be replayed. Inputs and outputs are cloned like between threads.
import type { Crew, Jobs } from '../ports/crew.ts';

export function openInlineCrew<World>(world: World, jobs: Jobs<World>, lanes = 1): Crew {
  let last: Promise<unknown> = Promise.resolve();
  return {
    lanes,
    run<Output>(job: string, input: unknown): Promise<Output> {
      const work = last.then(() => runJob(world, jobs, job, structuredClone(input)));
      last = work.catch(() => undefined);
      return work as Promise<Output>;
    },
    close: async () => undefined,
  };
}

async function runJob<World>(
  world: World,
  jobs: Jobs<World>,
  job: string,
  input: unknown,
): Promise<unknown> {
  const found = jobs[job];
  if (found === undefined) throw new Error(`There is no job ${job}.`);
  return structuredClone(await found(world, input as never, (wait) => wait));
}
