// A disk once more, as everybody sees it now and all of it on disk: to try on one what is done on the other.
import type { Named, VirtualNode } from './node.ts';

export function cloneOf(root: VirtualNode): VirtualNode {
  const made = new Map<VirtualNode, VirtualNode>();
  const copy = (node: VirtualNode): VirtualNode => {
    const known = made.get(node);
    if (known !== undefined) return known;
    const { mtimeMs, ctimeMs, mode } = node;
    const bytes = node.bytes.slice();
    const names = new Map<string, Named>();
    const durable = new Map<string, Named>();
    const synced = node.kind === 'file' ? { bytes, mode, mtimeMs, ctimeMs } : null;
    const durableTimes = { mtimeMs, ctimeMs };
    const fresh: VirtualNode = { ...node, bytes, names, durable, synced, durableTimes };
    made.set(node, fresh);
    for (const [key, { name, node: child }] of node.names) {
      const named = { name, node: copy(child) };
      names.set(key, named);
      durable.set(key, named);
    }
    return fresh;
  };
  return copy(root);
}
