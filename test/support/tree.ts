// Real folders written and read as plain objects: `{ 'a/b.txt': 'text', 'c/': null }`.
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Paths ending in a slash are folders; a text beginning with `-> ` is a link. */
export type Tree = { readonly [path: string]: string | null };

export function plant(root: string, tree: Tree): void {
  for (const [path, text] of Object.entries(tree)) {
    const place = join(root, path);
    mkdirSync(path.endsWith('/') ? place : dirname(place), { recursive: true });
    if (text !== null) writeFileSync(place, text);
  }
}

/** Everything in it but what is ours; only empty folders are named. */
export function harvest(root: string): Tree {
  const tree: { [path: string]: string | null } = {};
  for (const name of readdirSync(root).sort()) {
    if (name !== '.syncmgr') gather(join(root, name), name, tree);
  }
  return tree;
}

function gather(place: string, path: string, tree: { [path: string]: string | null }): void {
  const found = lstatSync(place);
  if (found.isSymbolicLink()) tree[path] = `-> ${readlinkSync(place)}`;
  else if (!found.isDirectory()) tree[path] = readFileSync(place, 'utf8');
  else {
    const names = readdirSync(place).sort();
    if (names.length === 0) tree[`${path}/`] = null;
    for (const name of names) gather(join(place, name), `${path}/${name}`, tree);
  }
}

/** The texts of all files in the trash of a root, by the path they had. */
export function trashOf(root: string): Tree {
  const trash = join(root, '.syncmgr/trash');
  if (!existsSync(trash)) return {};
  const tree: { [path: string]: string | null } = {};
  for (const session of readdirSync(trash).sort()) {
    for (const name of readdirSync(join(trash, session))) {
      gather(join(trash, session, name), name, tree);
    }
  }
  return tree;
}

/** Names left in the stage: none after any run. */
export function staged(root: string): readonly string[] {
  const stage = join(root, '.syncmgr/stage');
  return existsSync(stage) ? readdirSync(stage) : [];
}
