// Watches this thread from another: a module of others that does not come back holds up everything, and
// nobody in this thread could say so (HN-16). The other thread notices, asks the engine where this one
// is, and sees to it that the handler is run in a process of its own from then on.
import process from 'node:process';
import { Worker } from 'node:worker_threads';

const beatEveryMs = 250;

/** A module of others in this thread. */
export interface WatchedModule {
  readonly handler: string;
  readonly url: string;
  /** How long it may hold up everything. */
  readonly blockedMs: number;
  /** This file is written when it took longer. */
  readonly note: string;
}

export interface WatchdogInput {
  /** Counted up while this thread lives. */
  readonly beat: Int32Array;
  /** What was seen is kept here. */
  readonly file: string;
  /** How a process that cannot come back is begun anew; null: it is left to whoever started it. */
  readonly successor: Successor | null;
  readonly course: Course;
}

/** `go-on`: the process outlives its commands, and has to be of use again by itself. */
export type Course = 'go-on' | 'one-command';

export interface Successor {
  readonly program: string;
  readonly words: readonly string[];
}

export interface Watchdog {
  /** Before its code is run. */
  watch(module: WatchedModule): void;
}

/** `entry`: the module of the thread. Neither keeps the program alive. */
export function startWatchdog(entry: URL, file: string, course: Course): Watchdog {
  const beat = new Int32Array(new SharedArrayBuffer(4));
  setInterval(() => Atomics.add(beat, 0, 1), beatEveryMs).unref();
  const input: WatchdogInput = { beat, file, course, successor: successorOf(course) };
  const worker = new Worker(entry, { workerData: input });
  // Without it everything works as before.
  worker.on('error', () => {});
  worker.unref();
  return { watch: (module) => worker.postMessage(module) };
}

/** Whoever keeps the manager going by the file that `syncmgr service` wrote begins it anew itself. */
function successorOf(course: Course): Successor | null {
  const { NOTIFY_SOCKET, XPC_SERVICE_NAME } = process.env;
  const isKept = NOTIFY_SOCKET !== undefined || XPC_SERVICE_NAME === 'syncmgr.manager';
  if (course === 'one-command' || isKept) return null;
  return { program: process.execPath, words: [...process.execArgv, ...process.argv.slice(1)] };
}

/** Tells a process that it follows this one, and has to wait until it is gone. */
export const followsVariable = 'SYNCMGR_FOLLOWS';
const longestWaitMs = 10_000;

/** Resolves when the process that this one follows, if it does, is gone. */
export async function whenAlone(): Promise<void> {
  const pid = Number(process.env[followsVariable] ?? 0);
  delete process.env[followsVariable];
  const end = performance.now() + longestWaitMs;
  while (pid > 1 && isThere(pid) && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
