// One whole process, from the shell's point of view: how long, and how much memory at its peak.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Command = readonly [program: string, ...rest: string[]];

export interface Measurement {
  readonly seconds: number;
  /** Of the processors, user and system, children included; null as the peak. */
  readonly processorSeconds: number | null;
  /** Null where the program `time` is missing. */
  readonly peakMebibytes: number | null;
}

const time = '/usr/bin/time';
const hasTime = spawnSync(time, ['-f', '%M', 'true']).status === 0;

/** A tool that hangs must not take the others' figures with it. */
const limitMs = 45 * 60_000;

/** What the disk still owes from the run before is paid first. */
export function measure(
  command: Command,
  environment: NodeJS.ProcessEnv,
  accepted: readonly number[] = [0],
): Measurement {
  spawnSync('sync');
  const note = join(tmpdir(), `syncmgr-bench-${process.pid}`);
  const [program, ...rest] = hasTime
    ? [time, '-q', '-f', '%U %S %M', '-o', note, ...command]
    : command;
  const start = performance.now();
  const { status, error, stderr } = spawnSync(program ?? '', rest, {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
    timeout: limitMs,
  });
  const seconds = (performance.now() - start) / 1000;
  if (error || !accepted.includes(status ?? -1)) {
    throw new Error(`${command.join(' ')} ended with ${status}: ${error ?? stderr}`);
  }
  if (!hasTime) return { seconds, processorSeconds: null, peakMebibytes: null };
  const [user = 0, system = 0, kibibytes = 0] = readFileSync(note, 'utf8').split(' ').map(Number);
  rmSync(note);
  return { seconds, processorSeconds: user + system, peakMebibytes: kibibytes / 1024 };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (
    ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
  );
}
