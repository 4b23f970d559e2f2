// The page, built into the package: what `syncmgr up` serves. By Vite's own interface, so that there is
// one file less whose name decides what it does.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');

/** `out`: a folder that is emptied first. */
export async function buildPage(out: string = join(root, 'dist', 'page')): Promise<void> {
  await build({
    configFile: false,
    root: join(root, 'web'),
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    build: {
      outDir: out,
      emptyOutDir: true,
      // Of all that is built in.
      license: { fileName: 'licences.md' },
      target: 'es2022',
      // Both schemes stand in one value; what is older than that gets neither, whatever is made of it.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // One line of a module in the page itself would need an exception in what may run there.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
  });
  for (const entry of await readdir(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
  }
}

if (import.meta.main) await buildPage();
