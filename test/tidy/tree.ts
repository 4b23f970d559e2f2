// The tree as it lies on this disk: every text file a person would read.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from './source.ts';

const leftOut = new Set(['node_modules', 'dist', 'coverage', '.git']);
const read =
  /\.(?:tsx?|css|html|md|json|yaml|yml|sql|sh|service|py|pl)$|^(?:\.npmrc|run|syncmgr|hello-bash)$/;

export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (leftOut.has(entry.name)) continue;
      if (entry.isDirectory()) walk(path);
      else if (read.test(entry.name)) tree.set(path, readFileSync(join(root, path), 'utf8'));
      // A picture is there for the pages that show it; there is nothing in it to read.
      else if (entry.name.endsWith('.png')) tree.set(path, '');
    }
  };
  walk('');
  return tree;
}
