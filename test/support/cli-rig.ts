// The program as a person runs it: bin/syncmgr in a process of its own, with folders of its own for
// everything it keeps.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';

export const binary = join(import.meta.dirname, '..', '..', 'bin', 'syncmgr');

/** A run that hangs fails its test instead of hanging it. */
const longestRunMs = 240_000;

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Rig {
  readonly folder: string;
  readonly left: string;
  readonly right: string;
  readonly configuration: string;
  /** Runs to its end. */
  syncmgr(...words: string[]): Promise<Ran>;
  /** Runs another program of this repository to its end, with the same folders. */
  node(file: string, ...words: string[]): Promise<Ran>;
  /** Starts it; `ended` says how it went. */
  start(...words: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ran> };
  /** A file below the folder of the test, with the folders above it. */
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  /** Names of all files below, sorted, without what the program keeps there. */
  files(path: string): readonly string[];
}

export function cliRig(
  context: TestContext,
  variables: Readonly<Record<string, string>> = {},
  longestMs = longestRunMs,
): Rig {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-cli-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const at = (path: string) => join(folder, path);
  const env = {
    PATH: process.env.PATH,
    HOME: at('home'),
    XDG_CONFIG_HOME: at('config'),
    XDG_STATE_HOME: at('state'),
    XDG_RUNTIME_DIR: at('run'),
    // Containers run tests as root.
    SYNCMGR_ALLOW_ROOT: '1',
    XDG_CACHE_HOME: join(tmpdir(), 'syncmgr-cli-cache'),
    ...variables,
  };
  const begin = (file: string, words: readonly string[]) => {
    const child = spawn(process.execPath, [file, ...words], {
      cwd: folder,
      env,
      timeout: longestMs,
      killSignal: 'SIGKILL',
    });
    return { child, ended: endOf(child) };
  };
  const start = (...words: string[]) => begin(binary, words);
  for (const name of ['left', 'right', 'home']) mkdirSync(at(name));
  return {
    folder,
    left: at('left'),
    right: at('right'),
    configuration: at('config/syncmgr'),
    start,
    node: (file, ...words) => begin(file, words).ended,
    syncmgr: (...words) => start(...words).ended,
    write: (path, content) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
    },
    read: (path) => readFileSync(at(path), 'utf8'),
    files: (path) => filesBelow(at(path), '').toSorted((one, other) => (one < other ? -1 : 1)),
  };
}

/** What the program keeps at the top comes and goes while it runs, so that is not entered. */
function filesBelow(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (path.startsWith('.syncmgr')) return [];
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

export function endOf(child: ChildProcess): Promise<Ran> {
  let [out, err] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

/** Each line of an answer with --json. */
export function objects(out: string): readonly Record<string, unknown>[] {
  const lines = out.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
