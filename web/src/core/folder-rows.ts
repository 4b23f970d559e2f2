// The rows of a tree whose folders are asked for one by one and a stretch at a time. A row is known by its
// number without being made: of 50,000 only those in sight are looked up.

/** What is known of a folder that is open. */
export interface OpenFolder {
  readonly total: number;
  /** Open folders in it, by where they stand among its entries, in that order. */
  readonly inside: readonly { readonly at: number; readonly path: string }[];
}

/** A run of entries of one folder, without an open folder between them. */
export interface Stretch {
  readonly folder: string;
  readonly depth: number;
  /** The number of its first row. */
  readonly row: number;
  /** Which entry of its folder that is. */
  readonly from: number;
  readonly count: number;
}

export interface Rows {
  readonly count: number;
  readonly stretches: readonly Stretch[];
}

/** `look`: null for a folder that was not answered yet: it has no rows then. */
export function rowsOf(look: (path: string) => OpenFolder | null): Rows {
  const stretches: Stretch[] = [];
  let row = 0;
  const add = (folder: string, depth: number, from: number, to: number) => {
    if (to <= from) return;
    stretches.push({ folder, depth, row, from, count: to - from });
    row += to - from;
  };
  const walk = (folder: string, depth: number): void => {
    const open = look(folder);
    if (open === null) return;
    let from = 0;
    for (const { at, path } of open.inside) {
      add(folder, depth, from, at + 1);
      walk(path, depth + 1);
      from = at + 1;
    }
    add(folder, depth, from, open.total);
  };
  walk('', 0);
  return { count: row, stretches };
}

export interface Place {
  readonly folder: string;
  readonly depth: number;
  readonly entry: number;
}

export function placeOf({ stretches }: Rows, row: number): Place | null {
  let [low, high] = [0, stretches.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const stretch = stretches[middle];
    if (stretch === undefined) return null;
    if (row < stretch.row) high = middle - 1;
    else if (row >= stretch.row + stretch.count) low = middle + 1;
    else {
      const { folder, depth, from } = stretch;
      return { folder, depth, entry: from + row - stretch.row };
    }
  }
  return null;
}
