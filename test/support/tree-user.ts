// A person working on one of two trees, at random, and the ledger of what must not be lost: each file
// written bears a token of its own.
import type { Side } from '../../src/folder/core/entry.ts';
import { isReserved, joined, nameOf, parentOf } from '../../src/folder/core/path.ts';
import type { Chance } from './random.ts';
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

const plainNames = ['a', 'b', 'c', 'a-b', 'd.txt', 'e', 'f~'];

/** What a person can do on a disk. */
export type UserDisk = Pick<
  TreeDisk,
  'paths' | 'get' | 'put' | 'write' | 'remove' | 'move' | 'setMode' | 'setTime' | 'now'
>;

export class User {
  readonly #disks: Readonly<Record<Side, UserDisk>>;
  readonly #chance: Chance;
  readonly #ledger: Ledger;
  readonly #names: readonly string[];
  /** The way back from what was moved last. */
  #back: (() => string) | null = null;

  constructor(
    disks: Readonly<Record<Side, UserDisk>>,
    chance: Chance,
    ledger: Ledger,
    names: readonly string[] = plainNames,
  ) {
    this.#disks = disks;
    this.#chance = chance;
    this.#ledger = ledger;
    this.#names = names;
  }

  /** Does something on a side, and says what. */
  act(side: Side): string {
    const disk = this.#disks[side];
    const paths = disk.paths().filter((path) => !isReserved(path));
    if (paths.length < 3 || this.#chance.often(0.25)) return this.#create(disk);
    const path = this.#chance.pick(paths);
    const node = disk.get(path);
    if (node === null) throw new Error(`${path} vanished`);
    const deed = this.#chance.below(12);
    if (deed < 3 && node.kind === 'file') return this.#write(disk, path, node);
    if (deed < 5) return this.#delete(disk, path);
    if (deed < 8) return this.#move(disk, path);
    if (deed === 8) return this.#swap(disk, path, paths);
    if (deed === 9) return this.#replace(disk, path);
    if (deed === 10 && node.kind === 'file') return this.#save(disk, path, node);
    return this.#dress(disk, path, node);
  }

  /** The same on both sides, as by a version control system. */
  actOnBoth(): string {
    const parent = this.#folder(this.#disks.left);
    const path = joined(parent, this.#chance.pick(this.#names));
    const { left, right } = this.#disks;
    if (right.get(parent)?.kind !== 'folder') return 'nothing';
    if (left.get(path) !== null || right.get(path) !== null) return 'nothing';
    const token = this.#ledger.token();
    left.put(path, 'file', token, 0o644);
    right.put(path, 'file', token, this.#chance.pick([0o644, 0o755, 0o600]));
    return `both create ${path} ${token}`;
  }

  /** Changes their mind about what was moved last, as far as that can still be undone. */
  takeBack(): string {
    const back = this.#back;
    this.#back = null;
    return back?.() ?? 'nothing';
  }

  #folder(disk: UserDisk): string {
    const folders = disk.paths().filter((path) => disk.get(path)?.kind === 'folder');
    return this.#chance.pick(['', ...folders.filter((path) => !isReserved(path))]);
  }

  #create(disk: UserDisk): string {
    const path = joined(this.#folder(disk), this.#chance.pick(this.#names));
    if (disk.get(path) !== null || path.split('/').length > 4) return 'nothing';
    const kind = this.#chance.pick(['file', 'file', 'folder', 'folder', 'link'] as const);
    const token = this.#tokenFor(kind);
    disk.put(path, kind, token, kind === 'folder' ? 0o755 : 0o644);
    return `create ${kind} ${path} ${token}`;
  }

  #tokenFor(kind: TreeNode['kind']): string {
    if (kind === 'file') return this.#ledger.token();
    return kind === 'link' ? this.#chance.pick(['x', 'y']) : '';
  }

  #write(disk: UserDisk, path: string, node: TreeNode): string {
    this.#ledger.supersede(node);
    disk.write(path, node, this.#ledger.token());
    return `write ${path} ${node.token}`;
  }

  /** As editors do it: a new file under the old name, perhaps the old one kept beside it. */
  #save(disk: UserDisk, path: string, node: TreeNode): string {
    const { mode } = node;
    const backup = `${path}~`;
    if (this.#chance.often(0.5) && disk.get(backup) === null) disk.move(path, backup);
    else this.#ledger.supersede(disk.remove(path));
    const token = this.#ledger.token();
    disk.put(path, 'file', token, mode);
    return `save ${path} ${token}`;
  }

  #delete(disk: UserDisk, path: string): string {
    this.#ledger.supersede(disk.remove(path));
    return `delete ${path}`;
  }

  #move(disk: UserDisk, from: string): string {
    const name = this.#chance.often(0.5) ? nameOf(from) : this.#chance.pick(this.#names);
    const to = joined(this.#folder(disk), name);
    if (disk.get(to) !== null || `${to}/`.startsWith(`${from}/`)) return 'nothing';
    disk.move(from, to);
    this.#back = () => {
      if (disk.get(to) === null || disk.get(from) !== null) return 'nothing';
      if (disk.get(parentOf(from) ?? '')?.kind !== 'folder') return 'nothing';
      if (`${from}/`.startsWith(`${to}/`)) return 'nothing';
      disk.move(to, from);
      return `take back the move to ${to}`;
    };
    const node = disk.get(to);
    if (node?.kind === 'file' && this.#chance.often(0.2)) this.#write(disk, to, node);
    return `move ${from} to ${to}`;
  }

  #swap(disk: UserDisk, one: string, paths: readonly string[]): string {
    const other = this.#chance.pick(paths);
    if (`${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`)) return 'nothing';
    const spare = joined(parentOf(one) ?? '', 'spare');
    if (disk.get(spare) !== null) return 'nothing';
    const exchange = () => {
      disk.move(one, spare);
      disk.move(other, one);
      disk.move(spare, other);
    };
    exchange();
    this.#back = () => {
      if ([one, other].some((path) => disk.get(path) === null)) return 'nothing';
      if (disk.get(parentOf(spare) ?? '')?.kind !== 'folder' || disk.get(spare) !== null)
        return 'nothing';
      exchange();
      return `swap ${one} and ${other} back`;
    };
    return `swap ${one} and ${other}`;
  }

  #replace(disk: UserDisk, path: string): string {
    this.#ledger.supersede(disk.remove(path));
    const kind = this.#chance.pick(['file', 'folder', 'link'] as const);
    disk.put(path, kind, this.#tokenFor(kind), 0o755);
    if (kind !== 'folder' || this.#chance.often(0.5)) return `replace ${path} by ${kind}`;
    const below = joined(path, this.#chance.pick(this.#names));
    disk.put(below, 'file', this.#ledger.token(), 0o644);
    return `replace ${path} by folder with ${below}`;
  }

  #dress(disk: UserDisk, path: string, node: TreeNode): string {
    if (node.kind === 'file' && this.#chance.often(0.5)) {
      disk.setTime(node, disk.now());
      return `touch ${path}`;
    }
    if (node.kind === 'link') return 'nothing';
    disk.setMode(node, this.#chance.pick([0o700, 0o755, 0o775]));
    return `chmod ${path} ${node.mode.toString(8)}`;
  }
}
