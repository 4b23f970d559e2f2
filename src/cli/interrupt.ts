// The first Ctrl-C (or SIGTERM, SIGHUP) asks for a clean end; a second one ends at once. Nothing is
// lost by the second: what was finished is in the store, the rest is redone by the next run.
import process from 'node:process';
import { exitCodes } from './exit.ts';

/** One press can reach us twice: from the terminal and through the process that started us. */
const echoMs = 150;

export function interruption(): Promise<void> {
  let first: number | null = null;
  return new Promise((resolve) => {
    const heard = () => {
      if (first === null) {
        first = performance.now();
        resolve();
      } else if (performance.now() - first > echoMs) {
        process.exit(exitCodes.interrupted);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, heard);
  });
}
