// What stands on a virtual disk: one node a file, folder or link, with what would be left of it if the
// power failed now.

export interface VirtualNode {
  readonly kind: 'file' | 'directory' | 'link' | 'other';
  readonly inode: number;
  mode: number;
  mtimeMs: number;
  ctimeMs: number;
  /** How many names lead to it. */
  links: number;
  bytes: Uint8Array;
  readonly target: string;
  /** By folded name. */
  readonly names: Map<string, Named>;
  /** Content and stamps that were synced; null: never. Files only. */
  synced: Synced | null;
  /** Names that are on disk; folders only. */
  readonly durable: Map<string, Named>;
  /** Times of a folder as its names on disk left them. */
  durableTimes: Times;
  /** Raised with the content. */
  version: number;
  /** Made or written by the program, and not by a person. */
  ours: boolean;
}

export interface Named {
  readonly name: string;
  readonly node: VirtualNode;
}

export interface Times {
  readonly mtimeMs: number;
  readonly ctimeMs: number;
}

export interface Synced extends Times {
  readonly bytes: Uint8Array;
  readonly mode: number;
}

/** A change of names that is on disk as a whole or not at all. */
export interface NameChange {
  readonly parts: readonly {
    readonly folder: VirtualNode;
    readonly key: string;
    readonly to: Named | null;
    readonly times: Times;
  }[];
}

export function diskError(code: string, what: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${what}`), { code });
}

/** Folders before their content; `''` is the node itself. */
export function* nodesBelow(
  node: VirtualNode,
  names: 'names' | 'durable' = 'names',
  prefix = '',
): Generator<readonly [path: string, node: VirtualNode]> {
  for (const { name, node: child } of node[names].values()) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    yield [path, child];
    if (child.kind === 'directory') yield* nodesBelow(child, names, path);
  }
}
