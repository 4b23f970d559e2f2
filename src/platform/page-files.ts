// The files of the page as they were built, read whole: some thirty of them, two megabytes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface BuiltFile {
  readonly path: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same in gzip, as it was packed when it was built; null: it was not. */
  readonly packed: Uint8Array<ArrayBuffer> | null;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** `folder` ends with a slash. None when it was never built. */
export function readPage(folder: URL): readonly BuiltFile[] {
  return [...filesIn(folder, '')].flatMap((name) => {
    const type = types[extname(name)];
    if (type === undefined) return [];
    const bytes = Uint8Array.from(readFileSync(new URL(name, folder)));
    const packed = packedOf(new URL(`${name}.gz`, folder));
    return [{ path: name === 'index.html' ? '/' : `/${name}`, type, bytes, packed }];
  });
}

function packedOf(file: URL): Uint8Array<ArrayBuffer> | null {
  return existsSync(file) ? Uint8Array.from(readFileSync(file)) : null;
}

function* filesIn(folder: URL, below: string): Generator<string> {
  for (const entry of entriesOf(new URL(below, folder))) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) yield* filesIn(folder, `${path}/`);
    else if (entry.isFile()) yield path;
  }
}

function entriesOf(folder: URL) {
  try {
    return readdirSync(fileURLToPath(folder), { withFileTypes: true });
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw thrown;
  }
}
