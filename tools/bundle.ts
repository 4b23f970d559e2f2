// The program as the package carries it, without the page and the declarations: one bundle per entry
// with shared parts split out, so that a command loads only what it uses. Packages of others stay
// outside: npm installs them, and tells whoever audits what is there.
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { entryPoints } from '../test/tidy/rules.ts';

const root = join(import.meta.dirname, '..');
const entries = entryPoints
  .filter((path) => existsSync(join(root, path)))
  .map((path) => path.replace(/^src\/(.*)\.ts$/, '$1'));

/** A thread shares no object with the program, and starts sooner from one file. */
const alone = ['worker', 'watchdog'];

export async function bundleInto(outdir: string): Promise<void> {
  await bundle(
    outdir,
    entries.filter((entry) => !alone.includes(entry)),
    true,
  );
  for (const entry of alone) await bundle(outdir, [entry], false);
}

async function bundle(outdir: string, names: readonly string[], splitting: boolean): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: names.map((entry) => ({ in: `src/${entry}.ts`, out: entry })),
    outdir,
    bundle: true,
    packages: 'external',
    splitting,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Flat, so that a URL beside a module of src is a URL beside its chunk.
    chunkNames: '[name]-[hash]',
    legalComments: 'none',
    logLevel: 'warning',
  });
}

/** The bundled program in a folder of its own, with the packages of this checkout; what starts it. */
export async function bundledProgram(folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  await bundleInto(join(folder, 'dist'));
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'bin', 'syncmgr');
}
