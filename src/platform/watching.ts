// Watching trees. Linux watches folders one by one, so the tree is followed here (watch-tree.ts); macOS
// and Windows follow a tree by themselves.
import { type FSWatcher, statfsSync, statSync, watch } from 'node:fs';
import process from 'node:process';
import { syncError } from '../model/error.ts';
import type { WatchHint, Watching } from '../ports/watching.ts';
import { watchTree } from './watch-tree.ts';

export const watching: Watching = {
  watch: async (root, listener) => {
    if (process.platform !== 'linux') return watchWhole(root, listener);
    const type = typeOf(root);
    refuseElsewhere(root, type);
    return watchTree(root, listener, ofThisComputer.has(type));
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

/**
 * File systems on which nothing changes but through this kernel: ext, xfs, btrfs, f2fs, bcachefs, zfs,
 * jfs, nilfs, tmpfs, ramfs, overlay, FAT, exFAT, NTFS. Behind any other may be somebody else.
 */
const ofThisComputer: ReadonlySet<number> = new Set([
  0xef53, 0x58465342, 0x9123683e, 0xf2f52010, 0xca451a4e, 0x2fc12fc1, 0x3153464a, 0x3434,
  0x01021994, 0x858458f6, 0x794c7630, 0x4d44, 0x2011bab0, 0x7366746e,
]);

function refuseElsewhere(root: string, type: number): void {
  const kind = elsewhere[type];
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
  // These systems tell after a while, and do not say of what they have told.
  return { isAllTold: async () => false, close: async () => watcher.close() };
}
