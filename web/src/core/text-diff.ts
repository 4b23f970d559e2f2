// Two short texts line by line, as rows of two columns.
import { diffLines } from 'diff';

export interface DiffRow {
  readonly kind: 'same' | 'changed';
  readonly left: string | null;
  readonly right: string | null;
}

export function diffRows(left: string, right: string): readonly DiffRow[] {
  const rows: DiffRow[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const flush = () => {
    const length = Math.max(removed.length, added.length);
    for (let index = 0; index < length; index += 1) {
      rows.push({
        kind: 'changed',
        left: removed[index] ?? null,
        right: added[index] ?? null,
      });
    }
    removed = [];
    added = [];
  };
  for (const piece of diffLines(left, right)) {
    const lines = piece.value.replace(/\n$/, '').split('\n');
    if (piece.removed) removed.push(...lines);
    else if (piece.added) added.push(...lines);
    else {
      flush();
      for (const line of lines) rows.push({ kind: 'same', left: line, right: line });
    }
  }
  flush();
  return rows;
}
