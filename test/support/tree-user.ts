// A person working on one of two trees, at random, and the ledger of what must not be lost: each file
// written bears a token of its own.
import type { Side } from '../../src/folder/core/entry.ts';
import { isReserved, joined, nameOf, parentOf } from '../../src/folder/core/path.ts';
import type { Chance } from './random.ts';
import type { Disks } from './tree-apply.ts';
import type { TreeDisk, TreeNode } from './tree-disk.ts';

export class Ledger {
  readonly written = new Set<string>();
  /** Overwritten or deleted by the person, on some side. */
  readonly superseded = new Set<string>();
  #count = 0;

  token(): string {
    const token = `t${this.#count++}`;
    this.written.add(token);
    return token;
  }

  supersede(node: TreeNode): void {
    if (node.kind === 'file') this.superseded.add(node.token);
    for (const child of node.children.values()) this.supersede(child);
  }
}

const names = ['a', 'b', 'c', 'a-b', 'd.txt', 'e', 'f~'];

export class User {
  readonly #disks: Disks;
  readonly #chance: Chance;
  readonly #ledger: Ledger;

  constructor(disks: Disks, chance: Chance, ledger: Ledger) {
    this.#disks = disks;
    this.#chance = chance;
    this.#ledger = ledger;
  }

  /** Does something on a side, and says what. */
  act(side: Side): string {
    const disk = this.#disks[side];
    const paths = disk.paths().filter((path) => !isReserved(path));
    if (paths.length < 3 || this.#chance.often(0.25)) return this.#create(disk, paths);
    const path = this.#chance.pick(paths);
    const node = disk.get(path);
    if (node === null) throw new Error(`${path} vanished`);
    const deed = this.#chance.below(12);
    if (deed < 3 && node.kind === 'file') return this.#write(disk, path, node);
    if (deed < 5) return this.#delete(disk, path);
    if (deed < 8) return this.#move(disk, path, paths);
    if (deed === 8) return this.#swap(disk, path, paths);
    if (deed === 9) return this.#replace(disk, path);
    if (deed === 10 && node.kind === 'file') return this.#save(disk, path, node);
    return this.#dress(disk, path, node);
  }

  /** The same on both sides, as by a version control system. */
  actOnBoth(): string {
    const parent = this.#folder(this.#disks.left);
    const path = joined(parent, this.#chance.pick(names));
    const { left, right } = this.#disks;
    if (right.get(parent)?.kind !== 'folder') return 'nothing';
    if (left.get(path) !== null || right.get(path) !== null) return 'nothing';
    const token = this.#ledger.token();
    left.put(path, 'file', token, 0o644);
    right.put(path, 'file', token, this.#chance.pick([0o644, 0o755, 0o600]));
    return `both create ${path} ${token}`;
  }

  #folder(disk: TreeDisk): string {
    const folders = disk.paths().filter((path) => disk.get(path)?.kind === 'folder');
    return this.#chance.pick(['', ...folders.filter((path) => !isReserved(path))]);
  }

  #create(disk: TreeDisk, paths: readonly string[]): string {
    const path = joined(this.#folder(disk), this.#chance.pick(names));
    if (paths.includes(path) || path.split('/').length > 4) return 'nothing';
    const kind = this.#chance.pick(['file', 'file', 'folder', 'folder', 'link'] as const);
    const token = this.#tokenFor(kind);
    disk.put(path, kind, token, kind === 'folder' ? 0o755 : 0o644);
    return `create ${kind} ${path} ${token}`;
  }

  #tokenFor(kind: TreeNode['kind']): string {
    if (kind === 'file') return this.#ledger.token();
    return kind === 'link' ? this.#chance.pick(['x', 'y']) : '';
  }

  #write(disk: TreeDisk, path: string, node: TreeNode): string {
    this.#ledger.supersede(node);
    disk.write(path, node, this.#ledger.token());
    return `write ${path} ${node.token}`;
  }

  /** As editors do it: a new file under the old name, perhaps the old one kept beside it. */
  #save(disk: TreeDisk, path: string, node: TreeNode): string {
    const { mode } = node;
    const backup = `${path}~`;
    if (this.#chance.often(0.5) && disk.get(backup) === null) disk.move(path, backup);
    else this.#ledger.supersede(disk.remove(path));
    const token = this.#ledger.token();
    disk.put(path, 'file', token, mode);
    return `save ${path} ${token}`;
  }

  #delete(disk: TreeDisk, path: string): string {
    this.#ledger.supersede(disk.remove(path));
    return `delete ${path}`;
  }

  #move(disk: TreeDisk, from: string, paths: readonly string[]): string {
    const name = this.#chance.often(0.5) ? nameOf(from) : this.#chance.pick(names);
    const to = joined(this.#folder(disk), name);
    if (paths.includes(to) || `${to}/`.startsWith(`${from}/`)) return 'nothing';
    disk.move(from, to);
    const node = disk.get(to);
    if (node?.kind === 'file' && this.#chance.often(0.2)) this.#write(disk, to, node);
    return `move ${from} to ${to}`;
  }

  #swap(disk: TreeDisk, one: string, paths: readonly string[]): string {
    const other = this.#chance.pick(paths);
    if (`${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`)) return 'nothing';
    const spare = joined(parentOf(one) ?? '', 'spare');
    if (disk.get(spare) !== null) return 'nothing';
    disk.move(one, spare);
    disk.move(other, one);
    disk.move(spare, other);
    return `swap ${one} and ${other}`;
  }

  #replace(disk: TreeDisk, path: string): string {
    this.#ledger.supersede(disk.remove(path));
    const kind = this.#chance.pick(['file', 'folder', 'link'] as const);
    disk.put(path, kind, this.#tokenFor(kind), 0o755);
    if (kind !== 'folder' || this.#chance.often(0.5)) return `replace ${path} by ${kind}`;
    const below = joined(path, this.#chance.pick(names));
    disk.put(below, 'file', this.#ledger.token(), 0o644);
    return `replace ${path} by folder with ${below}`;
  }

  #dress(disk: TreeDisk, path: string, node: TreeNode): string {
    if (node.kind === 'file' && this.#chance.often(0.5)) {
      disk.setTime(node, disk.now());
      return `touch ${path}`;
    }
    if (node.kind === 'link') return 'nothing';
    disk.setMode(node, this.#chance.pick([0o700, 0o755, 0o775]));
    return `chmod ${path} ${node.mode.toString(8)}`;
  }
}
