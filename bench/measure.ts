// One whole process, from the shell's point of view: how long, and how much memory at its peak.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Command = readonly [program: string, ...rest: string[]];

export interface Measurement {
  readonly seconds: number;
  /** Null where the program `time` is missing. */
  readonly peakMebibytes: number | null;
}

const time = '/usr/bin/time';
const hasTime = spawnSync(time, ['-f', '%M', 'true']).status === 0;

/** What the disk still owes from the run before is paid first. */
export function measure(
  command: Command,
  environment: NodeJS.ProcessEnv,
  accepted: readonly number[] = [0],
): Measurement {
  spawnSync('sync');
  const note = join(tmpdir(), `syncmgr-bench-${process.pid}`);
  const [program, ...rest] = hasTime ? [time, '-q', '-f', '%M', '-o', note, ...command] : command;
  const start = performance.now();
  const { status, error, stderr } = spawnSync(program ?? '', rest, {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  const seconds = (performance.now() - start) / 1000;
  if (error || !accepted.includes(status ?? -1)) {
    throw new Error(`${command.join(' ')} ended with ${status}: ${error ?? stderr}`);
  }
  if (!hasTime) return { seconds, peakMebibytes: null };
  const peakMebibytes = Number(readFileSync(note, 'utf8').trim()) / 1024;
  rmSync(note);
  return { seconds, peakMebibytes };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (
    ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
  );
}
