// Watches this thread from another: a module of others that does not come back holds up everything, and
// nobody in this thread could say so (HN-16). The other thread notices after two seconds, and asks the
// engine where this one is.
import { Worker } from 'node:worker_threads';

const beatEveryMs = 250;

export interface WatchdogInput {
  /** Counted up while this thread lives. */
  readonly beat: Int32Array;
  /** What was seen is kept here. */
  readonly file: string;
}

/** `entry`: the module of the thread. Neither keeps the program alive. */
export function startWatchdog(entry: URL, file: string): void {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beat, 0, 1), beatEveryMs).unref();
  const input: WatchdogInput = { beat, file };
  const worker = new Worker(entry, { workerData: input });
  // Without it everything works as before.
  worker.on('error', () => {});
  worker.unref();
}
