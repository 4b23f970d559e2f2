// A tree under watch, folder by folder. Each folder is watched first and listed then: what appears in
// it later is told, what was there before is found, and nothing falls between. A name that comes or
// goes is looked at; a folder that came, also by a rename, is followed whole and told as a whole.
//
// The kernel drops what does not fit into its queue, and Node does not pass that on. But a queue that
// overflowed is handed over whole, in one turn of the event loop; a turn with half as much may have
// been one.
import { type FSWatcher, lstatSync, readdirSync, type Stats, watch } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { syncError } from '../model/error.ts';
import type { Watch, WatchHint } from '../ports/watching.ts';
import { joined, pathsOf, type Touched } from './core/hints.ts';
import { readText } from './read-text.ts';

/** What the kernel keeps unless it is told otherwise. */
const usualQueue = 16_384;
/** So many folders are followed before others get a turn. */
const turnFolders = 256;
/** Looked up before others get a turn. */
const turnNames = 2_048;
const identityEveryMs = 5_000;

export async function watchTree(root: string, listener: (hint: WatchHint) => void): Promise<Watch> {
  let tree: WatchedTree | null = null;
  try {
    tree = new WatchedTree(root, listener);
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
  readonly #identity: Stats;
  readonly #followed = new Map<string, Followed>();
  readonly #lostAt: number;
  readonly #timer: NodeJS.Timeout;
  #heard: Heard[] = [];
  #life: 'open' | 'closed' = 'open';
  #turn: 'quiet' | 'gathering' = 'quiet';
  #work: Promise<void> = Promise.resolve();

  constructor(root: string, listener: (hint: WatchHint) => void) {
    this.#root = root;
    this.#listener = listener;
    this.#identity = lstatSync(root);
    const queue = Number.parseInt(readText('/proc/sys/fs/inotify/max_queued_events') ?? '', 10);
    this.#lostAt = (queue > 0 ? queue : usualQueue) / 2;
    this.#timer = setInterval(() => this.#isSound(), identityEveryMs).unref();
  }

  async close(): Promise<void> {
    this.#life = 'closed';
    clearInterval(this.#timer);
    for (const { watcher } of this.#followed.values()) watcher.close();
    this.#followed.clear();
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

  /** Watches one folder, and returns the names of those in it. */
  #enter(folder: string): Iterable<string> {
    const path = this.#pathOf(folder);
    try {
      if (lstatSync(path).dev !== this.#identity.dev) return [];
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
      if (folder !== '' && isOfOneFolder(cause)) return [];
      throw cause;
    }
  }

  #note(folder: string, isComing: boolean, name: string | Buffer | null): void {
    this.#heard.push({ folder, name: name === null ? null : name.toString(), isComing });
    if (this.#turn === 'gathering') return;
    this.#turn = 'gathering';
    setImmediate(() => {
      const heard = this.#heard;
      this.#turn = 'quiet';
      this.#heard = [];
      this.#work = this.#work.then(() => this.#tell(heard));
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
    if (heard.length < this.#lostAt) this.#listener({ kind: 'changed', paths: pathsOf(heard) });
    else this.#listener({ kind: 'lost', reason: 'more happened at once than the system can tell' });
  }

  async #lookUp(heard: readonly Heard[]): Promise<void> {
    const seen = new Set<string>();
    for (const { folder, name, isComing } of heard) {
      const path = joined(folder, name ?? '');
      if (!isComing || name === null || seen.has(path)) continue;
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

  #leave(top: string): void {
    const waiting = [top];
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
      const followed = this.#followed.get(path);
      if (followed === undefined) continue;
      followed.watcher.close();
      this.#followed.delete(path);
      for (const name of followed.folders) waiting.push(joined(path, name));
    }
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
