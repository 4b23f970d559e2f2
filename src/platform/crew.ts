// A crew of worker threads. They start with the crew, not with the first job: starting one takes
// 20 ms, which the program has better things to do with.
import { getCompileCacheDir } from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Crew } from '../ports/crew.ts';
import { type JobAnswer, type JobMessage, unpackError } from './crew-message.ts';

interface Waiting {
  readonly message: JobMessage;
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Lane {
  /** Null after its thread died, until there is work again. */
  worker: Worker | null;
  busy: Waiting | null;
  /** Jobs that wait for something and have let the lane go. */
  readonly aside: Map<number, Waiting>;
}

/** More would only take up memory. */
const asideMax = 2;

/** What a job makes dies young, so more room for it costs memory and saves no time. */
const youngMegabytes = 8;

/** `entry` is the module each thread runs; it answers the messages of crew-message.ts. */
export function openCrew(entry: URL, lanes: number): Crew {
  return new ThreadCrew(entry, lanes);
}

class ThreadCrew implements Crew {
  readonly lanes: number;
  readonly #entry: URL;
  readonly #crew: Lane[] = [];
  readonly #queue: Waiting[] = [];
  #nextId = 1;
  #closed: boolean = false;

  constructor(entry: URL, lanes: number) {
    this.lanes = lanes;
    this.#entry = entry;
    for (let index = 0; index < lanes; index++) {
      const lane: Lane = { worker: null, busy: null, aside: new Map() };
      this.#start(lane);
      this.#crew.push(lane);
    }
  }

  run<Output>(job: string, input: unknown): Promise<Output> {
    if (this.#closed) return Promise.reject(new Error('The crew is closed.'));
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#queue.push({ message: { id: this.#nextId++, job, input }, resolve, reject });
    this.#handOut();
    return promise as Promise<Output>;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const closed = new Error('The crew was closed.');
    for (const { reject } of this.#queue.splice(0)) reject(closed);
    for (const lane of this.#crew) {
      for (const { reject } of this.#take(lane)) reject(closed);
    }
    await Promise.all(this.#crew.map(({ worker }) => worker?.terminate()));
  }

  #start(lane: Lane): Worker {
    const worker = new Worker(this.#entry, {
      env: threadEnvironment(),
      trackUnmanagedFds: false,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    lane.worker = worker;
    worker.on('message', (answer: JobAnswer) => this.#answered(lane, answer));
    worker.on('error', (error) => this.#died(lane, worker, error));
    worker.on('exit', (code) => {
      this.#died(lane, worker, new Error(`A thread ended with code ${code}.`));
    });
    // Idle threads do not keep the program alive.
    worker.unref();
    return worker;
  }

  #handOut(): void {
    for (const lane of this.#crew) {
      if (lane.busy !== null || lane.aside.size >= asideMax) continue;
      const next = this.#queue.shift();
      if (next === undefined) return;
      lane.busy = next;
      this.#send(lane, next);
    }
  }

  #send(lane: Lane, waiting: Waiting): void {
    const worker = lane.worker ?? this.#start(lane);
    worker.ref();
    try {
      worker.postMessage(waiting.message);
    } catch (error) {
      // The input does not survive a clone.
      lane.busy = null;
      this.#rest(lane);
      waiting.reject(error);
    }
  }

  #answered(lane: Lane, answer: JobAnswer): void {
    const waiting = lane.aside.get(answer.id) ?? lane.busy;
    lane.aside.delete(answer.id);
    if (lane.busy === waiting) lane.busy = null;
    if (waiting !== null && 'aside' in answer) lane.aside.set(answer.id, waiting);
    else this.#settle(lane, waiting, answer);
    this.#handOut();
  }

  #settle(lane: Lane, waiting: Waiting | null, answer: JobAnswer): void {
    this.#rest(lane);
    if ('thrown' in answer) waiting?.reject(unpackError(answer.thrown));
    else if ('output' in answer) waiting?.resolve(answer.output);
  }

  #rest(lane: Lane): void {
    if (lane.busy === null && lane.aside.size === 0) lane.worker?.unref();
  }

  /** All that the lane is at. */
  #take(lane: Lane): readonly Waiting[] {
    const all = lane.busy === null ? [...lane.aside.values()] : [lane.busy, ...lane.aside.values()];
    lane.busy = null;
    lane.aside.clear();
    return all;
  }

  /** Out of memory, or a fault: its jobs fail, the next one gets a new thread. */
  #died(lane: Lane, worker: Worker, error: unknown): void {
    if (lane.worker !== worker) return;
    lane.worker = null;
    for (const { reject } of this.#take(lane)) reject(error);
    if (!this.#closed) this.#handOut();
  }
}

/**
 * A thread takes part in the compile cache only if its environment says so; without it, loading the
 * sources takes 130 ms instead of 36. Node names the folder inside the one it wants to be told.
 */
function threadEnvironment(): NodeJS.ProcessEnv {
  const cache = getCompileCacheDir();
  return cache === undefined ? process.env : { ...process.env, NODE_COMPILE_CACHE: dirname(cache) };
}
