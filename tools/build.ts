// npm run build: what the package carries. One bundle per entry with shared parts split out, so
// that a command loads only what it uses; the declarations beside it; plain SQL as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { entryPoints } from '../test/tidy/rules.ts';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const entries = entryPoints
  .filter((path) => existsSync(join(root, path)))
  .map((path) => path.replace(/^src\/(.*)\.ts$/, '$1'));

rmSync(dist, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries.map((entry) => ({ in: `src/${entry}.ts`, out: entry })),
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  // Packages written for CommonJS ask for built-ins by `require`.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  // Flat, so that a URL beside a module of src is a URL beside its chunk.
  chunkNames: '[name]-[hash]',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});
writeFileSync(join(dist, 'LICENSES.txt'), licencesOf(metafile));

for (const path of globSync('src/**/*.sql', { cwd: root })) {
  cpSync(join(root, path), join(dist, path.replace(/^src\//, '')));
}

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tools/tsconfig.declarations.json'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

/** The licence of every package whose code ended up in the bundle. */
function licencesOf({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap(
      (path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
    ),
  );
  return [...folders]
    .toSorted((a, b) => a.localeCompare(b))
    .map((folder) => {
      const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
      const [file] = globSync('LICEN[CS]E*', { cwd: join(root, folder) });
      const text = file ? readFileSync(join(root, folder, file), 'utf8') : manifest.license;
      return `${manifest.name} ${manifest.version}\n\n${text.trim()}\n`;
    })
    .join(`\n${'-'.repeat(72)}\n\n`);
}
