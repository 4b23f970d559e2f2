// Two short texts line by line, as rows of two columns.
import { type Block, blocksOf } from './merging.ts';

export interface DiffRow {
  readonly kind: 'same' | 'changed';
  readonly left: string | null;
  readonly right: string | null;
  /** The first row of a piece that differs: its number; otherwise null. */
  readonly begins: number | null;
}

export function diffRows(left: string, right: string): readonly DiffRow[] {
  return blocksOf(left, right).flatMap(rowsOf);
}

function rowsOf(block: Block): readonly DiffRow[] {
  if (block.kind === 'same') {
    return block.lines.map((line) => {
      const text = withoutEnd(line);
      return { kind: 'same', left: text, right: text, begins: null };
    });
  }
  const length = Math.max(block.left.length, block.right.length);
  return Array.from({ length }, (_, at) => ({
    kind: 'changed',
    left: at < block.left.length ? withoutEnd(block.left[at] ?? '') : null,
    right: at < block.right.length ? withoutEnd(block.right[at] ?? '') : null,
    begins: at === 0 ? block.number : null,
  }));
}

const withoutEnd = (line: string) => line.replace(/\r?\n$/, '');
