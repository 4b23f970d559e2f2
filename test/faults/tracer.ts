// Faults in single system calls of the real program, by strace: the disk itself stays well.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ended, type How, makeRig, type Rig } from './rig.ts';

export interface Where {
  readonly calls: readonly string[];
  /** Only calls on this path, or on a descriptor of it. */
  readonly path?: string;
  /** Which of them, per thread, as strace counts: `1`, `3+`; all without it. */
  readonly when?: string;
}

const canTrace = spawnSync('strace', ['-qq', '-e', 'trace=none', 'true']).status === 0;

/** A test that needs `faulty`; where no program can be traced, it shows only that all is well without. */
export function tracedTest(title: string, body: (t: TestContext) => Promise<void>): void {
  if (canTrace) return void test(title, body);
  test(`${title.split(' ', 1)[0]} not shown here, strace cannot trace: without faults, ${title.length} bytes travel`, async (t) => {
    t.diagnostic(`not possible here: strace; so not shown: ${title}`);
    const rig = makeRig(t);
    rig.write(rig.left, { 'title.txt': title });
    ended(await rig.sync(), 0);
    rig.assertSame();
  });
}

const known = new Map<string, boolean>();

/** How to run the program so that these calls fail with that error, or die of that signal. */
export function faulty(rig: Rig, where: Where, error: `E${string}` | 'SIGKILL'): How {
  const calls = where.calls.filter(exists).join(',');
  const effect = error === 'SIGKILL' ? 'signal=SIGKILL' : `error=${error}`;
  const when = where.when === undefined ? '' : `:when=${where.when}`;
  return {
    under: [
      'strace',
      '--follow-forks',
      // Faster, but it does not count.
      ...(where.when === undefined ? ['--seccomp-bpf'] : []),
      '--quiet=all',
      '--output',
      join(rig.home, 'trace'),
      ...(where.path === undefined ? [] : spellings(where.path)).flatMap((one) => [
        '--trace-path',
        one,
      ]),
      `--trace=${calls}`,
      `--inject=${calls}:${effect}${when}`,
    ],
  };
}

/** How many calls of the last such run were made to fail. */
export function faultsOf(rig: Rig): number {
  return readFileSync(join(rig.home, 'trace'), 'utf8').split('(INJECTED)').length - 1;
}

/** The program reaches a name through the descriptor of its folder, whichever number that has. */
function spellings(path: string): string[] {
  const numbers = Array.from({ length: 80 }, (_, number) => number);
  return [path, ...numbers.map((number) => `/proc/self/fd/${number}/${basename(path)}`)];
}

/** Not every processor has every call. */
function exists(call: string): boolean {
  const found = known.get(call) ?? spawnSync('strace', ['-e', call, 'true']).status === 0;
  known.set(call, found);
  return found;
}
