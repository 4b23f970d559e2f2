// The invariants of reliability 3.1 that can be judged while the real engine works on virtual disks: at
// every call that changed one. Each broken one is a Violation with its number.

import { lookup, openBaseline, pathsBelow } from '../../../src/folder/core/baseline.ts';
import { type Side, sides } from '../../../src/folder/core/entry.ts';
import { isReserved, joined } from '../../../src/folder/core/path.ts';
import type { Ledger } from '../../support/tree-user.ts';
import type { Call } from '../../support/virtual/calls.ts';
import { isSynced } from '../../support/virtual/crash.ts';
import { nodesBelow, type VirtualNode } from '../../support/virtual/node.ts';
import { tokenOf } from '../../support/virtual/tokens.ts';
import type { Volume } from '../../support/virtual/volume.ts';
import { Violation } from '../violation.ts';
import type { Computer } from './computer.ts';

const trash = '.syncmgr/trash/';

export interface Sight {
  /** Tokens by path, what is ours not among them. */
  readonly visible: Readonly<Record<Side, ReadonlyMap<string, string>>>;
  readonly trashed: ReadonlySet<string>;
}

export class Judge {
  readonly #computer: Computer;
  readonly #ledger: Ledger;
  readonly #outside: string;
  /** Bytes written below the roots since it was asked last. */
  bytes = 0;
  /** Changes of what a person can see, by the program, since then. */
  changes = 0;
  /** What the baseline said last, by path: the tokens both sides held. */
  readonly agreed = new Map<string, string>();
  #first: Violation | null = null;

  constructor(computer: Computer, ledger: Ledger) {
    this.#computer = computer;
    this.#ledger = ledger;
    this.#outside = this.#listOutside();
  }

  /** To be called after each call of the program that had an effect. */
  readonly watch = (call: Call): void => {
    if (call.effect !== 'change') return;
    this.#first ??= this.#judge(call);
  };

  check(): void {
    if (this.#first !== null) throw this.#first;
  }

  sight(): Sight {
    const trashed = new Set<string>();
    const on = (side: Side) => {
      const visible = new Map<string, string>();
      for (const [path, node] of nodesBelow(this.#computer.volume(side).root)) {
        if (node.kind !== 'file') continue;
        const token = tokenOf(node.bytes);
        if (!isReserved(path)) visible.set(path, token ?? 'no token');
        else if (token !== null && path.startsWith(trash)) trashed.add(token);
      }
      return visible;
    };
    return { visible: { left: on('left'), right: on('right') }, trashed };
  }

  #judge({ what, path }: Call): Violation | null {
    const [, top = '', ...names] = path.split('/');
    const inside = names.join('/');
    if (top === 'state') return inside.endsWith('.base') ? this.#baseline(inside) : null;
    if (!isSide(top)) return new Violation('I14', `${what} ${path}`);
    if (what === 'write') this.bytes += this.#size(top, inside);
    if (!isReserved(inside)) this.changes += 1;
    if (this.#listOutside() !== this.#outside) return new Violation('I14', `after ${what} ${path}`);
    return this.#half(what, path) ?? this.#lost(what, path);
  }

  #size(side: Side, path: string): number {
    if (path.includes('marker.')) return 0;
    for (const [at, node] of nodesBelow(this.#computer.volume(side).root)) {
      if (at === path) return node.bytes.length;
    }
    return 0;
  }

  #half(what: string, path: string): Violation | null {
    const { visible } = this.sight();
    for (const side of sides) {
      for (const [at, token] of visible[side]) {
        if (token === 'no token') {
          return new Violation('I2', `${side} ${at} is not whole after ${what} ${path}`);
        }
      }
    }
    return null;
  }

  #lost(what: string, path: string): Violation | null {
    const [token] = this.missing();
    return token === undefined ? null : new Violation('I1', `${token} after ${what} ${path}`);
  }

  /** Tokens that are neither on a side nor in a trash, though nobody took them away. */
  missing(): readonly string[] {
    const { visible, trashed } = this.sight();
    const seen = new Set([...visible.left.values(), ...visible.right.values(), ...trashed]);
    const { written, superseded } = this.#ledger;
    return [...written].filter((token) => !seen.has(token) && !superseded.has(token));
  }

  /** I3: each entry that still is what the baseline says is on disk on both sides. */
  #baseline(path: string): Violation | null {
    const file = this.#computer.machine.find(`/state/${path}`);
    if (file === null) return null;
    const baseline = openBaseline(Uint8Array.from(file.node.bytes));
    this.agreed.clear();
    for (const { path: at } of pathsBelow(baseline, '')) {
      const entry = lookup(baseline, at);
      if (entry === null || entry.content.kind === 'folder') continue;
      const found = sides.map((side) => {
        const volume = this.#computer.volume(side);
        const node = nodeAt(volume, at, 'names');
        const { inode, mtimeMs, ctimeMs, racy = false } = entry[side];
        const same = node?.inode === inode && node.mtimeMs === mtimeMs;
        // A signature too young to prove anything is not believed later.
        const still = same && node.ctimeMs === ctimeMs && !racy;
        return { side, volume, node, still };
      });
      const [left, right] = found;
      if (!left?.still || !right?.still || !left.node || !right.node) continue;
      const [one, other] = [tokenOf(left.node.bytes), tokenOf(right.node.bytes)];
      if (left.node.kind === 'file' && one !== other) {
        return new Violation('I3', `${at} is agreed on as ${one} and ${other}`);
      }
      if (one !== null) this.agreed.set(at, one);
      for (const { side, volume, node } of found) {
        if (node !== null && !isDurable(volume, at, node)) {
          return new Violation('I3', `${side} ${at} is not on disk yet`);
        }
      }
    }
    return null;
  }

  #listOutside(): string {
    const nodes = nodesBelow(this.#computer.volume('outside').root);
    return [...nodes].map(([path, { ctimeMs, mode }]) => `${path} ${ctimeMs} ${mode}`).join('\n');
  }
}

function isSide(top: string): top is Side {
  return top === 'left' || top === 'right';
}

function nodeAt(volume: Volume, path: string, names: 'names' | 'durable'): VirtualNode | null {
  let node = volume.root;
  let at = '';
  for (const name of path.split('/')) {
    const found = node[names].get(volume.fold(name));
    if (found === undefined) return null;
    at = joined(at, name);
    node = found.node;
  }
  return node;
}

function isDurable(volume: Volume, path: string, node: VirtualNode): boolean {
  if (nodeAt(volume, path, 'durable') !== node) return false;
  return node.kind !== 'file' || isSynced(node);
}
