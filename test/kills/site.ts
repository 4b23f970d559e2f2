// Two roots on one disk with a state of their own, the packaged program over them, and what must hold
// after it was hit: nothing lost, nothing half in sight, all brought over by the next run, nothing
// left for the one after, no temporary file anywhere.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contents, inventory, leftovers, ours } from '../e2e/proof/inventory.ts';
import type { Two, Workload } from './workloads.ts';

export interface Program {
  /** What starts it: the packaged one's own. */
  readonly path: string;
  /** Of compiled code, shared by all. */
  readonly cache: string;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
}

export type Tree = Readonly<Record<string, string>>;

/** Nothing here takes longer; what does hangs. */
const limitMs = 60_000;

/** Rounds share two roots, each with a folder of its own, so that one run prepares them all. */
export class Site {
  readonly home: string;
  readonly roots: Two;
  readonly #program: Program;
  readonly #workload: Workload;
  #round = 0;

  constructor(program: Program, workload: Workload, folder: string) {
    this.#program = program;
    this.#workload = workload;
    this.home = mkdtempSync(join(folder, `${workload.name}-`));
    this.roots = { left: join(this.home, 'left'), right: join(this.home, 'right') };
    for (const root of [this.roots.left, this.roots.right]) mkdirSync(root);
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }

  async prepare(rounds: number): Promise<void> {
    const { base } = this.#workload;
    if (base === null) return;
    for (let round = 0; round < rounds; round += 1) {
      const folder = join(this.roots.left, roundName(round));
      mkdirSync(folder);
      base(folder);
    }
    const { code, out } = await this.run();
    assert.equal(code, 0, out);
  }

  /** Two people change what the workload says; the folder of this round, relative to a root. */
  change(): string {
    if (this.#workload.base === null) {
      this.#workload.change(this.roots);
      return '';
    }
    const name = roundName(this.#round);
    this.#round += 1;
    this.#workload.change({
      left: join(this.roots.left, name),
      right: join(this.roots.right, name),
    });
    return name;
  }

  /** `under`: words before the program's own. */
  run(under: readonly string[] = []): Promise<Ended> {
    const { left, right } = this.roots;
    return this.#start(under, ['sync', left, right, '--json', ...this.#workload.words]);
  }

  /** What a run said at its end, and what it left to a person. */
  async told({ out }: Ended): Promise<string> {
    const passing = /^\{"type":"(event|progress)"/;
    const open = await this.#start([], ['conflicts', '--json']);
    return [...out.split('\n'), ...open.out.split('\n')]
      .filter((line) => !passing.test(line))
      .join('\n');
  }

  #start(under: readonly string[], own: readonly string[]): Promise<Ended> {
    const [command = '', ...words] = [...under, process.execPath, this.#program.path, ...own];
    const child = spawn(command, words, {
      cwd: this.home,
      env: {
        PATH: process.env.PATH,
        HOME: this.home,
        TMPDIR: tmpdir(),
        NO_COLOR: '1',
        XDG_STATE_HOME: join(this.home, 'state'),
        XDG_CONFIG_HOME: join(this.home, 'config'),
        XDG_RUNTIME_DIR: join(this.home, 'run'),
        XDG_CACHE_HOME: this.#program.cache,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
    }
    const hangs = setTimeout(() => child.kill('SIGKILL'), limitMs);
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(hangs);
        resolve({ code, signal, out });
      });
    });
  }

  /** Everything that anybody wrote and that is to be found somewhere afterwards. */
  inSight(): ReadonlySet<string> {
    return contents([this.roots.left, this.roots.right], false);
  }

  anywhere(): ReadonlySet<string> {
    return contents([this.roots.left, this.roots.right], true);
  }

  /** What stands there below a folder of a root, with permissions. */
  tree(root: string, folder: string): Tree {
    const at = join(root, folder);
    const found = [...inventory(at)].map(([path, what]) => {
      const { mode, mtimeMs } = lstatSync(join(at, path));
      const time = what.startsWith('file ') ? ` of ${Math.floor(mtimeMs)}` : '';
      const rights = what.startsWith('link ') ? '' : ` ${(mode & 0o777).toString(8)}`;
      return [path, `${what}${rights}${time}`];
    });
    return Object.fromEntries(found);
  }

  leftBehind(): readonly string[] {
    const known = ['marker.json', 'stage', 'trash'];
    return [this.roots.left, this.roots.right].flatMap((root) => {
      const own = join(root, ours);
      const beside = existsSync(own) ? readdirSync(own).filter((one) => !known.includes(one)) : [];
      return [...leftovers(root), ...beside];
    });
  }
}

function roundName(round: number): string {
  return `round-${String(round).padStart(3, '0')}`;
}

/** Times differ from run to run; what stands there does not. */
export function withoutTimes(tree: Tree): Tree {
  return Object.fromEntries(
    Object.entries(tree).map(([path, what]) => [path, what.replace(/ of \d+$/, '')]),
  );
}
