// A crew of several lanes in one thread: a seed decides which of the jobs that could go on does. Where a
// job stands aside another may begin, as with threads; two never run in the same moment.
import type { Crew, Jobs } from '../../src/ports/crew.ts';
import type { Chance } from './random.ts';

interface Task {
  /** Runs until it ends or stands aside. */
  go(): Promise<void>;
}

export function openSeededCrew<World>(
  world: World,
  jobs: Jobs<World>,
  chance: Chance,
  lanes = 2,
): Crew {
  const ready: Task[] = [];
  let course: 'idle' | 'at work' = 'idle';
  const work = async () => {
    if (course === 'at work') return;
    course = 'at work';
    while (ready.length > 0) {
      // Whoever is woken by the last one may add another.
      await new Promise((resolve) => setImmediate(resolve));
      const at = chance.below(ready.length);
      const [task] = ready.splice(at, 1);
      await task?.go();
    }
    course = 'idle';
  };
  const add = (task: Task) => {
    ready.push(task);
    void work();
  };
  return {
    lanes,
    run<Output>(name: string, input: unknown): Promise<Output> {
      const job = jobs[name];
      if (job === undefined) throw new Error(`There is no job ${name}.`);
      const ended = Promise.withResolvers<Output>();
      let aside = Promise.withResolvers<void>();
      const standAside = <Result>(wait: Promise<Result>): Promise<Result> => {
        const again = Promise.withResolvers<Result>();
        const before = aside;
        const settle = () =>
          add({
            go: () => {
              aside = Promise.withResolvers();
              again.resolve(wait);
              return aside.promise;
            },
          });
        wait.then(settle, settle);
        before.resolve();
        return again.promise;
      };
      const begin = async () => {
        try {
          const output = await job(world, structuredClone(input) as never, standAside);
          ended.resolve(structuredClone(output) as Output);
        } catch (thrown) {
          ended.reject(thrown);
        }
        aside.resolve();
      };
      add({
        go: () => {
          void begin();
          return aside.promise;
        },
      });
      return ended.promise;
    },
    close: async () => undefined,
  };
}
