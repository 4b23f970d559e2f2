// Two sides and the program over them, as a person runs it, with a state of their own.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(import.meta.dirname, '..', '..', '..', 'bin', 'syncmgr');

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly seconds: number;
}

export interface Pair {
  readonly left: string;
  readonly right: string;
  run(...words: readonly string[]): Run;
  /** `syncmgr sync LEFT RIGHT` with these words after it. */
  sync(...words: readonly string[]): Run;
  start(...words: readonly string[]): ChildProcess;
  remove(): void;
}

export function makePair(parent = tmpdir()): Pair {
  const home = mkdtempSync(join(parent, 'syncmgr-proof-'));
  const [left, right, state] = [join(home, 'left'), join(home, 'right'), join(home, 'state')];
  for (const folder of [left, right, state]) mkdirSync(folder);
  const env = {
    ...process.env,
    XDG_STATE_HOME: join(state, 'state'),
    XDG_CONFIG_HOME: join(state, 'config'),
    XDG_RUNTIME_DIR: join(state, 'run'),
  };
  const run = (...words: readonly string[]): Run => {
    const start = performance.now();
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
    const seconds = (performance.now() - start) / 1000;
    return { code: status, signal, out: `${stdout}${stderr}`, seconds };
  };
  return {
    left,
    right,
    run,
    sync: (...words) => run('sync', left, right, ...words),
    start: (...words) =>
      spawn(process.execPath, [program, 'sync', left, right, ...words], { env, stdio: 'ignore' }),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}
