// Watching trees. Linux watches folders one by one, so the tree is followed here (watch-tree.ts); macOS
// and Windows follow a tree by themselves.
import { type FSWatcher, statfsSync, statSync, watch } from 'node:fs';
import process from 'node:process';
import { syncError } from '../model/error.ts';
import type { WatchHint, Watching } from '../ports/watching.ts';
import { watchTree } from './watch-tree.ts';

export const watching: Watching = {
  watch: async (root, listener) => {
    refuseElsewhere(root);
    return process.platform === 'linux' ? watchTree(root, listener) : watchWhole(root, listener);
  },
};

/** File systems whose changes are made on other computers, by the number the kernel gives them. */
const elsewhere: Readonly<Record<number, string>> = {
  26985: 'NFS',
  20859: 'SMB',
  4266872130: 'SMB',
  4283649346: 'SMB',
  16914839: '9P',
  1397113167: 'AFS',
  12805120: 'Ceph',
};

function refuseElsewhere(root: string): void {
  const kind = process.platform === 'linux' ? elsewhere[typeOf(root)] : undefined;
  if (kind === undefined) return;
  const reason = `it lies on another computer (${kind}), whose changes are not told here`;
  throw syncError('watch-impossible', { root, reason });
}

function typeOf(root: string): number {
  try {
    return statfsSync(root).type;
  } catch (cause) {
    throw syncError('watch-impossible', { root, reason: (cause as Error).message }, cause);
  }
}

function watchWhole(root: string, listener: (hint: WatchHint) => void) {
  let watcher: FSWatcher;
  try {
    watcher = watch(root, { recursive: true, persistent: false });
  } catch (cause) {
    throw syncError('watch-impossible', { root, reason: (cause as Error).message }, cause);
  }
  const first = statSync(root).ino;
  watcher.on('change', (_, name) => {
    if (statSync(root, { throwIfNoEntry: false })?.ino !== first) {
      listener({ kind: 'broken', reason: 'the folder was removed or replaced' });
    } else if (typeof name === 'string') {
      listener({ kind: 'changed', paths: [name.replaceAll('\\', '/')] });
    } else {
      listener({ kind: 'lost', reason: 'more happened than the system could tell' });
    }
  });
  watcher.on('error', ({ message }) => listener({ kind: 'broken', reason: message }));
  return { close: async () => watcher.close() };
}
