// npm run build: what the package carries. One bundle per entry with shared parts split out, so
// that a command loads only what it uses, and the declarations beside it. Packages of others stay
// outside: npm installs them, and tells whoever audits what is there.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { entryPoints } from '../test/tidy/rules.ts';
import { buildPage } from './build-page.ts';

const root = join(import.meta.dirname, '..');
const entries = entryPoints
  .filter((path) => existsSync(join(root, path)))
  .map((path) => path.replace(/^src\/(.*)\.ts$/, '$1'));

/** A thread shares no object with the program, and starts sooner from one file. */
const alone = ['worker', 'watchdog'];

rmSync(join(root, 'dist'), { recursive: true, force: true });
await bundle(
  entries.filter((entry) => !alone.includes(entry)),
  true,
);
for (const entry of alone) await bundle([entry], false);

async function bundle(names: readonly string[], splitting: boolean): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: names.map((entry) => ({ in: `src/${entry}.ts`, out: entry })),
    outdir: 'dist',
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

await buildPage();

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tools/tsconfig.declarations.json'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
