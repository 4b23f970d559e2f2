// The floor: what the machine itself takes, by two small programs in C with two threads. Compiled
// where there is a compiler; where there is none, the report says so.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Floor {
  /** Reads all names of the folders it is given, one thread to each, and asks for every entry. */
  readonly scan: string;
  /** Copies one folder into another, with a temporary name and a rename for each file. */
  readonly copy: string;
  readonly compiler: string;
  remove(): void;
}

export function compileFloor(): Floor | null {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-floor-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const [scan, copy] = [join(folder, 'scan'), join(folder, 'copy')];
  const compile = (name: string, to: string) =>
    spawnSync('gcc', ['-O2', '-pthread', '-o', to, join(import.meta.dirname, 'floor', name)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }).status === 0;
  if (!compile('scan.c', scan) || !compile('copy.c', copy)) {
    remove();
    return null;
  }
  const { stdout } = spawnSync('gcc', ['-dumpfullversion']);
  return { scan, copy, compiler: `gcc ${stdout.toString().trim()}`, remove };
}
