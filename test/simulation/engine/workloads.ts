// Twelve things a person does between two runs, small enough that all sequences of some length can be
// tried. They are done on the left, or on both sides: what holds for one side holds for the other,
// because the engine has one code for both (I9).
import type { Ledger } from '../../support/tree-user.ts';
import type { View } from '../../support/virtual/view.ts';

export interface Bench {
  readonly left: View;
  readonly right: View;
  readonly ledger: Ledger;
}

type Deed = (bench: Bench) => void;

/** What both sides begin with. */
export function furnish({ left, ledger }: Bench): void {
  left.put('f', 'file', ledger.token(), 0o644);
  left.put('g', 'file', ledger.token(), 0o644);
  left.put('d', 'folder', '', 0o755);
  left.put('d/i', 'file', ledger.token(), 0o644);
}

function write({ left, ledger }: Bench, path: string): void {
  const node = left.get(path);
  if (node?.kind !== 'file') return;
  ledger.supersede(node);
  left.write(path, node, ledger.token());
}

function remove({ left, ledger }: Bench, path: string): void {
  if (left.get(path) !== null) ledger.supersede(left.remove(path));
}

function move({ left }: Bench, from: string, to: string): void {
  const parent = to.includes('/') ? to.slice(0, to.lastIndexOf('/')) : '';
  const hasParent = parent === '' || left.get(parent)?.kind === 'folder';
  if (left.get(from) !== null && left.get(to) === null && hasParent) left.move(from, to);
}

function put({ left, ledger }: Bench, path: string): void {
  if (left.get(path) === null) left.put(path, 'file', ledger.token(), 0o644);
}

export const deeds: Readonly<Record<string, Deed>> = {
  create: (bench) => put(bench, 'n'),
  'create in a new folder': (bench) => {
    if (bench.left.get('k') === null) bench.left.put('k', 'folder', '', 0o755);
    if (bench.left.get('k')?.kind === 'folder') put(bench, 'k/l');
  },
  edit: (bench) => write(bench, 'f'),
  save: (bench) => {
    remove(bench, 'f');
    put(bench, 'f');
  },
  delete: (bench) => remove(bench, 'g'),
  'delete a folder': (bench) => remove(bench, 'd'),
  move: (bench) => move(bench, 'g', 'd/g'),
  'rename a folder': (bench) => move(bench, 'd', 'e'),
  'file to folder': (bench) => {
    remove(bench, 'f');
    if (bench.left.get('f') === null) bench.left.put('f', 'folder', '', 0o755);
    put(bench, 'f/o');
  },
  chmod: ({ left }) => {
    const node = left.get('f');
    if (node?.kind === 'file') left.setMode(node, 0o755);
  },
  'same on both': ({ left, right, ledger }) => {
    if (left.get('s') !== null || right.get('s') !== null) return;
    const token = ledger.token();
    left.put('s', 'file', token, 0o644);
    right.put('s', 'file', token, 0o644);
  },
  'edit on both': (bench) => {
    write(bench, 'f');
    const node = bench.right.get('f');
    if (node?.kind !== 'file') return;
    bench.ledger.supersede(node);
    bench.right.write('f', node, bench.ledger.token());
  },
};

export type Workload = readonly string[];

/** All sequences of that many deeds. */
export function* workloads(length: number): Generator<Workload> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const before of workloads(length - 1)) {
    for (const name of Object.keys(deeds)) yield [...before, name];
  }
}
