// Writes the generated pages: npm run docs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generatedPages } from './docs/pages.ts';

const root = join(import.meta.dirname, '..');
for (const { path, text } of generatedPages) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text());
  process.stdout.write(`${path}\n`);
}
