// Two folders, an outside, and the program over them as a person runs it: a process of its own, a
// state of its own, a real disk. What a test asserts is what the program printed and what the disk
// holds afterwards.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { inventory } from '../e2e/proof/inventory.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'syncmgr');

export interface Problem {
  readonly subject: string | null;
  readonly code: string;
  readonly level: string;
  readonly text: string;
}

export interface Refused {
  readonly code: string;
  readonly text: string;
}

export interface Run {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  /** With `--json`: what went wrong, path by path. */
  readonly problems: readonly Problem[];
  /** With `--json`: the error of the whole run, a session's or the program's. */
  readonly error: Refused | null;
  /** With `--json`: how the first session ended. */
  readonly ending: string | null;
  readonly lines: readonly JsonLine[];
}

export type JsonLine = Readonly<Record<string, unknown>> & { readonly type: string };

export interface How {
  /** Not the user of this test, but that one; has an effect for root only. */
  readonly uid?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Words before the program's own, such as a tracer and its options. */
  readonly under?: readonly string[];
}

export interface Rig {
  readonly home: string;
  readonly left: string;
  readonly right: string;
  /** A folder that is none of the program's business. */
  readonly outside: string;
  /** Where the store, the baselines and the locks are. */
  readonly state: string;
  readonly configuration: string;
  /** `syncmgr sync LEFT RIGHT --json` with these words after it. */
  sync(words?: readonly string[], how?: How): Promise<Run>;
  run(words: readonly string[], how?: How): Promise<Run>;
  start(words: readonly string[], how?: How): ChildProcess;
  /** Path → text, written below a root; the folders on the way are made. */
  write(root: string, files: Readonly<Record<string, string>>): void;
  /** Both sides hold the same, by path and content; no path of ours counts. */
  assertSame(): void;
  /** Undone when the test ends: the last first, and before the folders go. */
  later(undo: () => void): void;
  /** A line among the results of the test. */
  say(text: string): void;
}

/** Nothing here takes longer; what does hangs. */
const limitMs = 40_000;

/** The folder is gone when the test ends, whatever it came to. */
export function makeRig(t: TestContext, uid = 0): Rig {
  const home = mkdtempSync(join(tmpdir(), 'syncmgr-fault-'));
  const undoing: (() => void)[] = [];
  t.after(() => {
    for (const undo of undoing.reverse()) undo();
    rmSync(home, { recursive: true, force: true });
  });
  const [left, right, outside] = [join(home, 'left'), join(home, 'right'), join(home, 'outside')];
  for (const folder of [home, left, right, outside]) {
    mkdirSync(folder, { recursive: true });
    if (uid !== 0) chownSync(folder, uid, uid);
  }
  const start = (words: readonly string[], how: How = {}) => startProgram(home, words, how);
  const run = (words: readonly string[], how?: How) => whenDone(start(words, how));
  return {
    home,
    left,
    right,
    outside,
    state: join(home, 'state', 'syncmgr'),
    configuration: join(home, 'config', 'syncmgr'),
    sync: (words = [], how = {}) => run(['sync', left, right, '--json', ...words], how),
    run,
    start,
    write: (root, files) => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
    },
    assertSame: () => assert.deepEqual(inventory(left), inventory(right)),
    later: (undo) => void undoing.push(undo),
    say: (text) => t.diagnostic(text),
  };
}

function startProgram(home: string, words: readonly string[], { uid, env, under = [] }: How) {
  const [command = '', ...rest] = [...under, process.execPath, program, ...words];
  return spawn(command, rest, {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      HOME: home,
      TMPDIR: tmpdir(),
      NO_COLOR: '1',
      XDG_STATE_HOME: join(home, 'state'),
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_RUNTIME_DIR: join(home, 'run'),
      XDG_CACHE_HOME: join(tmpdir(), `syncmgr-fault-cache-${uid ?? 'own'}`),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
}

export async function whenDone(child: ChildProcess): Promise<Run> {
  const parts: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => parts.push(text));
  const hangs = setTimeout(() => child.kill('SIGKILL'), limitMs);
  const { code, signal } = await new Promise<Pick<Run, 'code' | 'signal'>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  }).finally(() => clearTimeout(hangs));
  return { code, signal, ...read(parts.join('')) };
}

/** Waits until it is so while that program runs; its output is the message if it ended before. */
export async function until(isSo: () => boolean, running: Promise<Run>): Promise<void> {
  let over: Run | null = null;
  void running.then((run) => {
    over = run;
  });
  while (!isSo()) {
    if (over !== null) assert.fail(`it ended before: ${told(over)}`);
    await sleep(5);
  }
}

interface Result extends JsonLine {
  readonly error?: Refused;
  readonly sessions?: readonly {
    readonly result: { readonly ending: string; readonly error: Refused | null } | null;
  }[];
}

function read(out: string): Omit<Run, 'code' | 'signal'> {
  const lines = out
    .split('\n')
    .filter((line) => line.startsWith('{"type"'))
    .map((line) => JSON.parse(line) as JsonLine);
  const result = lines.findLast(({ type }) => type === 'result') as Result | undefined;
  const session = result?.sessions?.[0]?.result ?? null;
  return {
    out,
    lines,
    problems: lines.filter(({ type }) => type === 'problem') as unknown as Problem[],
    error: result?.error ?? session?.error ?? null,
    ending: session?.ending ?? null,
  };
}

/** Below the root there is this and nothing else, but for what is ours. */
export function assertHolds(root: string, paths: readonly string[]): void {
  assert.deepEqual(new Set(inventory(root).keys()), new Set(paths));
}

/** It ended with this code. */
export function ended(run: Run, code: number): void {
  assert.equal(run.code, code, `ended with ${run.code ?? run.signal}:\n${told(run)}`);
}

/** What it printed, without the course of the run. */
export function told({ out }: Run): string {
  const passing = /^\{"type":"(event|progress)"/;
  return out
    .split('\n')
    .filter((line) => !passing.test(line))
    .join('\n');
}

/** Exactly these problems were reported, by path, each with this code. */
export function assertProblems(run: Run, expected: Readonly<Record<string, string>>): void {
  const found = run.problems.map(({ subject, code }) => [subject, code]);
  assert.deepEqual(Object.fromEntries(found), expected, told(run));
}

/** The run was halted before its first change, and said so in words like these. */
export function assertHalted(run: Run, ...texts: readonly RegExp[]): void {
  ended(run, 4);
  assert.equal(run.ending, 'halted', told(run));
  for (const text of texts) assert.match(run.error?.text ?? '', text);
}
