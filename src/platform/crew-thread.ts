// The other end of crew.ts: what a thread does with the messages it gets.
import { parentPort } from 'node:worker_threads';
import type { Jobs } from '../ports/crew.ts';
import { type JobAnswer, type JobMessage, packError, transferable } from './crew-message.ts';

export function serveJobs<World>(world: World, jobs: Jobs<World>): void {
  parentPort?.on('message', async ({ id, job, input }: JobMessage) => {
    try {
      const found = jobs[job];
      if (found === undefined) throw new Error(`There is no job ${job}.`);
      const output = await found(world, input as never, (wait) => {
        answer({ id, aside: true }, []);
        return wait;
      });
      answer({ id, output }, transferable(output));
    } catch (thrown) {
      answer({ id, thrown: packError(thrown) }, []);
    }
  });
}

function answer(message: JobAnswer, transfer: ArrayBuffer[]): void {
  parentPort?.postMessage(message, transfer);
}
