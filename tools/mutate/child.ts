// A process that tries the mutants of one core, one after the other, as its owner sees it. Not a thread:
// a mutant that fills the memory at once would end all of them.
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Mutant } from './instrument.ts';
import type { Job, Outcome, Sights, Told } from './worker.ts';

/** A mutant that takes so much longer than the tests do otherwise has made something endless. */
const limit = { timesExpected: 10, leastMs: 10_000 };

/** One that needs more has made something endless, or keeps modules that it read anew. */
const memoryMaxMb = 1_500;
const readingsMax = 20;

export interface Opened {
  readonly mutants: readonly Mutant[];
  readonly sights: Sights;
  /** Tests that cannot pass there. */
  readonly leftOut: readonly string[];
}

export class Child {
  readonly #process: ChildProcess;
  #hear: (told: Told | null) => void = () => undefined;
  #readings = 0;

  constructor(job: Job) {
    this.#process = fork(join(import.meta.dirname, 'worker.ts'), {
      execArgv: [`--max-old-space-size=${memoryMaxMb}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process.on('message', (told: Told) => this.#hear(told));
    // One that runs out of memory ends with it.
    this.#process.on('exit', () => this.#hear(null));
    this.#process.send(job);
  }

  opened(): Promise<Opened> {
    const leftOut: string[] = [];
    return new Promise((resolve, reject) => {
      this.#hear = (told) => {
        if (told?.kind === 'ready') resolve({ ...told, leftOut });
        else if (told?.kind === 'left-out') leftOut.push(told.name);
        else reject(new Error(told?.kind === 'broken' ? told.text : 'The process ended.'));
      };
    });
  }

  /** Null: it had to be given up, and the process with it. */
  try(id: number): Promise<Outcome | null> {
    let timer: NodeJS.Timeout | undefined;
    return new Promise<Outcome | null>((resolve) => {
      this.#hear = (told) => {
        if (told?.kind !== 'begin') return resolve(told?.kind === 'outcome' ? told.outcome : null);
        if (told.readsAnew) this.#readings += 1;
        const limitMs = Math.max(limit.leastMs, limit.timesExpected * told.expectedMs);
        timer = setTimeout(() => resolve(null), limitMs);
      };
      this.#process.send(id);
    }).finally(() => clearTimeout(timer));
  }

  /** It has read the modules so often that another one should go on. */
  get isWorn(): boolean {
    return this.#readings >= readingsMax;
  }

  end(): void {
    this.#hear = () => undefined;
    this.#process.kill('SIGKILL');
  }
}
