// A thread that tries the mutants of one core, one after the other, as its owner sees it.
import { Worker } from 'node:worker_threads';
import type { Mutant } from './instrument.ts';
import type { Job, Outcome, Sights, Told } from './worker.ts';

/** A mutant that takes so much longer than the tests do otherwise has made something endless. */
const limit = { timesExpected: 10, leastMs: 10_000 };

/** A thread that needs more has made something endless, or keeps modules that it read anew. */
const resourceLimits = { maxOldGenerationSizeMb: 1_500 };
const readingsMax = 20;

export interface Opened {
  readonly mutants: readonly Mutant[];
  readonly sights: Sights;
  /** Tests that cannot pass in a thread. */
  readonly leftOut: readonly string[];
}

export class Thread {
  readonly #worker: Worker;
  #hear: (told: Told | null) => void = () => undefined;
  #readings = 0;

  constructor(job: Job) {
    const worker = new URL('worker.ts', import.meta.url);
    this.#worker = new Worker(worker, {
      workerData: job,
      stderr: true,
      stdout: true,
      resourceLimits,
    });
    this.#worker.on('message', (told: Told) => this.#hear(told));
    // One that runs out of memory ends its thread.
    this.#worker.on('error', () => this.#hear(null));
    this.#worker.on('exit', () => this.#hear(null));
  }

  opened(): Promise<Opened> {
    const leftOut: string[] = [];
    return new Promise((resolve, reject) => {
      this.#hear = (told) => {
        if (told?.kind === 'ready') resolve({ ...told, leftOut });
        else if (told?.kind === 'left-out') leftOut.push(told.name);
        else reject(new Error(told?.kind === 'broken' ? told.text : 'The thread ended.'));
      };
    });
  }

  /** Null: it had to be given up, and the thread with it. */
  try(id: number): Promise<Outcome | null> {
    let timer: NodeJS.Timeout | undefined;
    return new Promise<Outcome | null>((resolve) => {
      this.#hear = (told) => {
        if (told?.kind !== 'begin') return resolve(told?.kind === 'outcome' ? told.outcome : null);
        if (told.readsAnew) this.#readings += 1;
        const limitMs = Math.max(limit.leastMs, limit.timesExpected * told.expectedMs);
        timer = setTimeout(() => resolve(null), limitMs);
      };
      this.#worker.postMessage(id);
    }).finally(() => clearTimeout(timer));
  }

  /** It has read the modules so often that another one should go on. */
  get isWorn(): boolean {
    return this.#readings >= readingsMax;
  }

  end(): void {
    this.#hear = () => undefined;
    void this.#worker.terminate();
  }
}
