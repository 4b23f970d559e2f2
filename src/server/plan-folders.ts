// A plan folder by folder. The changes stand packed in the store, so that the one looked at last is kept
// as a tree while somebody looks; a plan never changes, its hash is enough to know it again.
import type { PlanEntry, PlanFolder, PlanFolderQuery } from '../api/inbox-shapes.ts';
import type { PlanChange, PlanHash } from '../model/plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import {
  type ChangeEntry,
  type ChangeFolder,
  folderAt,
  stretchOf,
  treeOf,
} from './core/change-tree.ts';

const keptMs = 60_000;
const limitUsual = 200;

interface Looked {
  readonly hash: PlanHash;
  readonly changes: Promise<readonly PlanChange[]>;
  /** By the filter, as text; the newest last. */
  readonly trees: Map<string, Promise<ChangeFolder>>;
}

const treesMax = 4;

export class PlanFolders {
  readonly #store: Pick<Store, 'plans'>;
  readonly #clock: Clock;
  #last: Looked | null = null;
  #leaving = new AbortController();

  constructor(store: Pick<Store, 'plans'>, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async look(hash: PlanHash, query: PlanFolderQuery): Promise<PlanFolder> {
    const { folder, from = 0, limit = limitUsual } = query;
    const found = folderAt(await this.#tree(hash, query), folder);
    if (found === null) return { entries: [], total: 0, count: 0, bytes: 0 };
    const { folders, changes, count, bytes } = found;
    const entries = stretchOf(found, from, limit).map(entryShape);
    return { entries, total: folders.size + changes.length, count, bytes };
  }

  #tree(hash: PlanHash, { kinds, search }: PlanFolderQuery): Promise<ChangeFolder> {
    const { changes, trees } = this.#looked(hash);
    const key = JSON.stringify([kinds ?? null, search ?? '']);
    const filter = {
      ...(kinds === undefined ? {} : { kinds }),
      ...(search === undefined ? {} : { search }),
    };
    const tree = trees.get(key) ?? changes.then((all) => treeOf(all, filter));
    trees.delete(key);
    trees.set(key, tree);
    const [oldest = ''] = trees.keys();
    if (trees.size > treesMax) trees.delete(oldest);
    return tree;
  }

  #looked(hash: PlanHash): Looked {
    const looked = this.#last?.hash === hash ? this.#last : this.#read(hash);
    this.#last = looked;
    this.#leaving.abort();
    this.#leaving = new AbortController();
    void this.#forgetLater(this.#leaving.signal);
    return looked;
  }

  #read(hash: PlanHash): Looked {
    const changes = this.#store.plans.changes(hash).then((all) => all.map(withoutDetail));
    changes.catch(() => {
      this.#last = null;
    });
    return { hash, changes, trees: new Map() };
  }

  async #forgetLater(signal: AbortSignal): Promise<void> {
    await this.#clock.sleep(keptMs, signal);
    if (!signal.aborted) this.#last = null;
  }
}

/** The handler's own words are for the handler. */
function withoutDetail({ detail: _, ...change }: PlanChange): PlanChange {
  return change;
}

function entryShape(entry: ChangeEntry): PlanEntry {
  if (entry.type === 'change') return entry;
  const { path, name, count, bytes } = entry.folder;
  return { type: 'folder', path, name, count, bytes };
}
