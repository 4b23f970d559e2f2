// What a check is. Sentences are for the author of the handler.
import type { Bench } from './bench.ts';
import type { Verdict } from './verdict.ts';

export interface Check {
  /** Stable: what a program knows it by. */
  readonly name: string;
  /** One sentence about a handler that is right. */
  readonly title: string;
  /** What to do if it is not so. */
  readonly advice: string;
  run(bench: Bench): Promise<Verdict>;
}
