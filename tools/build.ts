// npm run build: what the package carries: the bundles, the page, and the declarations.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildPage } from './build-page.ts';
import { bundleInto } from './bundle.ts';

const root = join(import.meta.dirname, '..');

rmSync(join(root, 'dist'), { recursive: true, force: true });
await bundleInto('dist');
await buildPage();

const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tools/tsconfig.declarations.json'], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
