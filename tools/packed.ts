// The package as a user gets it: packed, installed into an empty folder, started by its own bin.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export interface Installed {
  readonly folder: string;
  /** The project that the package was installed into. */
  readonly home: string;
  readonly program: string;
  /** With the Node that the package asks for in front. */
  readonly path: string;
}

export function installPacked(): Installed {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-packed-'));
  const [tarballs, home] = [join(folder, 'tarball'), join(folder, 'home')];
  mkdirSync(tarballs);
  mkdirSync(home);
  npm(root, 'pack', '--pack-destination', tarballs);
  const [tarball = ''] = readdirSync(tarballs);
  writeFileSync(join(home, 'package.json'), '{ "private": true }\n');
  npm(home, 'install', '--no-audit', '--no-fund', join(tarballs, tarball));
  return {
    folder,
    home,
    program: join(home, 'node_modules', '.bin', 'syncmgr'),
    path: `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`,
  };
}

function npm(cwd: string, ...rest: readonly string[]): void {
  execFileSync('npm', rest, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
}
