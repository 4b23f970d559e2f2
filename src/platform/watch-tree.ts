// A tree under watch, folder by folder. Each folder is watched first and listed then: what appears in
// it later is told, what was there before is found, and nothing falls between. A name that comes or
// goes is looked at; a folder that came, also by a rename, is followed whole and told as a whole. When
// something may have been dropped (kernel-queue.ts), the whole tree is followed anew: the arrival of a
// folder may be what was dropped.
import { type FSWatcher, lstatSync, readdirSync, type Stats, watch } from 'node:fs';
import { basename } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { syncError } from '../model/error.ts';
import type { Watch, WatchHint } from '../ports/watching.ts';
import { joined, pathsOf, type Touched } from './core/hints.ts';
import { kernelQueue } from './kernel-queue.ts';

/** So many folders are followed before others get a turn. */
const turnFolders = 256;
/** Looked up before others get a turn. */
const turnNames = 2_048;
const identityEveryMs = 5_000;

/** `vouches`: on this file system nothing changes that the kernel does not tell of. */
export async function watchTree(
  root: string,
  listener: (hint: WatchHint) => void,
  vouches: boolean,
): Promise<Watch> {
  let tree: WatchedTree | null = null;
  try {
    tree = new WatchedTree(root, listener, vouches);
    await tree.follow('');
    return tree;
  } catch (cause) {
    await tree?.close();
    throw syncError('watch-impossible', { root, reason: reasonOf(cause) }, cause);
  }
}

interface Followed {
  readonly watcher: FSWatcher;
  readonly folders: Set<string>;
}

interface Heard extends Touched {
  /** A name came or went, and did not only change. */
  readonly isComing: boolean;
}

class WatchedTree implements Watch {
  readonly #root: string;
  readonly #listener: (hint: WatchHint) => void;
  readonly #vouches: boolean;
  readonly #identity: Stats;
  readonly #followed = new Map<string, Followed>();
  /** Folders that are there and cannot be watched now: closed to us, or under another disk. */
  readonly #closed = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  #heard: Heard[] = [];
  #life: 'open' | 'closed' = 'open';
  #turn: 'quiet' | 'gathering' = 'quiet';
  #work: Promise<void> = Promise.resolve();

  constructor(root: string, listener: (hint: WatchHint) => void, vouches: boolean) {
    this.#root = root;
    this.#listener = listener;
    this.#vouches = vouches;
    this.#identity = lstatSync(root);
    this.#timer = setInterval(() => this.#isSound(), identityEveryMs).unref();
    kernelQueue.enter(this);
  }

  async close(): Promise<void> {
    this.#life = 'closed';
    clearInterval(this.#timer);
    kernelQueue.leave(this);
    this.#end(this.#followed.keys());
  }

  async isAllTold(): Promise<boolean> {
    // What happened before is in the kernel's queue by now. After the first of these the queue is read
    // to its end once, at the second that has been noted, at the third it has been handed on.
    for (let turns = 0; turns < 3; turns++) await nextTurn();
    this.#work = this.#work.then(() => this.#tryClosed());
    await this.#work;
    if (this.#life === 'closed' || !this.#vouches) return false;
    return this.#closed.size === 0 && this.#isSound();
  }

  lose(): void {
    this.#work = this.#work.then(() => this.#followAnew());
  }

  /** The folder and all below it, on the same disk. Throws what the system has against it. */
  async follow(top: string): Promise<void> {
    const waiting = [top];
    for (let turn = 1; waiting.length > 0 && this.#life === 'open'; turn++) {
      const folder = waiting.pop() ?? '';
      for (const name of this.#enter(folder)) waiting.push(joined(folder, name));
      if (turn % turnFolders === 0) await nextTurn();
    }
  }

  async #followAnew(): Promise<void> {
    const before = new Map(this.#followed);
    this.#closed.clear();
    try {
      await this.follow('');
    } catch (cause) {
      return this.#break(reasonOf(cause));
    }
    if (this.#life === 'closed' || !this.#isSound()) return;
    const gone = [...before].filter(([path, one]) => this.#followed.get(path) === one);
    this.#end(gone.map(([path]) => path));
    this.#listener({ kind: 'lost', reason: 'more happened at once than the system can tell' });
  }

  /** Watches one folder, and returns the names of those in it. */
  #enter(folder: string): Iterable<string> {
    const path = this.#pathOf(folder);
    try {
      this.#closed.delete(folder);
      if (lstatSync(path).dev !== this.#identity.dev) {
        this.#closed.add(folder);
        return [];
      }
      const watcher = watch(path, { persistent: false });
      watcher.on('change', (type, name) => this.#note(folder, type === 'rename', name));
      // A folder that goes is told by the one it was in.
      watcher.on('error', () => {});
      const before = this.#followed.get(folder);
      const followed = { watcher, folders: new Set<string>() };
      this.#followed.set(folder, followed);
      before?.watcher.close();
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        if (entry.isDirectory()) followed.folders.add(entry.name);
      }
      return followed.folders;
    } catch (cause) {
      // Gone meanwhile, or not ours to see: whoever looks will find the same.
      if (folder === '' || !isOfOneFolder(cause)) throw cause;
      if (!isGone(cause)) this.#closed.add(folder);
      return [];
    }
  }

  #note(folder: string, isComing: boolean, name: string | Buffer | null): void {
    kernelQueue.count(1);
    this.#heard.push({ folder, name: name === null ? null : name.toString(), isComing });
    if (this.#turn === 'gathering') return;
    this.#turn = 'gathering';
    setImmediate(() => {
      const heard = this.#heard;
      this.#turn = 'quiet';
      this.#heard = [];
      this.#work = this.#work.then(() => this.#tell(heard));
      // The root tells of itself by its own name: its disk may have been away, and the watch with it.
      const own = basename(this.#root);
      if (heard.some((one) => one.folder === '' && one.isComing && one.name === own)) this.lose();
    });
  }

  /** Follows what came before it is told: what changes there from then on is told by itself. */
  async #tell(heard: readonly Heard[]): Promise<void> {
    try {
      await this.#lookUp(heard);
    } catch (cause) {
      return this.#break(reasonOf(cause));
    }
    if (this.#life === 'closed' || !this.#isSound()) return;
    this.#listener({ kind: 'changed', paths: pathsOf(heard) });
  }

  async #lookUp(heard: readonly Heard[]): Promise<void> {
    const seen = new Set<string>();
    for (const { folder, name, isComing } of heard) {
      const path = joined(folder, name ?? '');
      if (name === null || seen.has(path)) continue;
      if (!isComing && !this.#closed.has(path)) continue;
      seen.add(path);
      const stat = lstatSync(this.#pathOf(path), { throwIfNoEntry: false });
      if (this.#life === 'closed') return;
      this.#leave(path);
      this.#followed.get(folder)?.folders.delete(name);
      if (stat?.isDirectory() === true) {
        this.#followed.get(folder)?.folders.add(name);
        await this.follow(path);
      }
      if (seen.size % turnNames === 0) await nextTurn();
    }
  }

  async #tryClosed(): Promise<void> {
    const closed = [...this.#closed];
    try {
      for (const folder of closed) await this.follow(folder);
    } catch (cause) {
      return this.#break(reasonOf(cause));
    }
    const opened = closed.filter((folder) => !this.#closed.has(folder));
    if (opened.length > 0) this.#listener({ kind: 'changed', paths: opened });
  }

  #leave(top: string): void {
    const gone: string[] = [];
    const waiting = [top];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      this.#closed.delete(path);
      const followed = this.#followed.get(path);
      if (followed === undefined) continue;
      gone.push(path);
      for (const name of followed.folders) waiting.push(joined(path, name));
    }
    this.#end(gone);
  }

  /** No longer watched. */
  #end(folders: Iterable<string>): void {
    let count = 0;
    for (const path of [...folders]) {
      this.#followed.get(path)?.watcher.close();
      this.#followed.delete(path);
      count++;
    }
    kernelQueue.count(count);
  }

  /** Whether the root is still the folder it was. */
  #isSound(): boolean {
    if (this.#life === 'closed') return false;
    const now = lstatSync(this.#root, { throwIfNoEntry: false });
    const isSame = now?.ino === this.#identity.ino && now.dev === this.#identity.dev;
    if (!isSame) this.#break('the folder was removed or replaced');
    return isSame;
  }

  #break(reason: string): void {
    if (this.#life === 'closed') return;
    void this.close();
    this.#listener({ kind: 'broken', reason });
  }

  #pathOf(folder: string): string {
    return folder === '' ? this.#root : `${this.#root}/${folder}`;
  }
}

const codeOf = (cause: unknown) => (cause as NodeJS.ErrnoException).code ?? '';

const isGone = (cause: unknown) => ['ENOENT', 'ENOTDIR'].includes(codeOf(cause));

const isOfOneFolder = (cause: unknown) =>
  ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(codeOf(cause));

function reasonOf(cause: unknown): string {
  const limits: Readonly<Record<string, string>> = {
    ENOSPC: 'fs.inotify.max_user_watches',
    EMFILE: 'fs.inotify.max_user_instances',
  };
  const limit = limits[codeOf(cause)];
  if (limit === undefined) return (cause as Error).message;
  return `this user may not watch more folders. Raise the limit: sysctl -w ${limit}=524288`;
}
