// The lines in which two short texts differ, by the longest common subsequence. Null where the table
// of it would be too large: then a person is better served by a program made for it.

export interface DifferenceLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
}

const cellsMax = 1_000_000;
const contextLines = 2;

export function lineDifference(one: string, other: string): readonly DifferenceLine[] | null {
  // The end of the last line is no line of its own, where both have it.
  const both = one.endsWith('\n') && other.endsWith('\n');
  const left = (both ? one.slice(0, -1) : one).split('\n');
  const right = (both ? other.slice(0, -1) : other).split('\n');
  if (left.length * right.length > cellsMax) return null;
  return withContext(walk(left, right, commonLengths(left, right)));
}

/** lengths[i][j]: longest common subsequence of left from i and right from j. */
function commonLengths(left: readonly string[], right: readonly string[]): readonly Uint32Array[] {
  const lengths = Array.from({ length: left.length + 1 }, () => new Uint32Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i -= 1) {
    const row = lengths[i] as Uint32Array;
    const below = lengths[i + 1] as Uint32Array;
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const longest = Math.max(below[j] ?? 0, row[j + 1] ?? 0);
      row[j] = left[i] === right[j] ? (below[j + 1] ?? 0) + 1 : longest;
    }
  }
  return lengths;
}

function walk(
  left: readonly string[],
  right: readonly string[],
  lengths: readonly Uint32Array[],
): readonly DifferenceLine[] {
  const lines: DifferenceLine[] = [];
  let [i, j] = [0, 0];
  while (i < left.length || j < right.length) {
    const same = i < left.length && j < right.length && left[i] === right[j];
    const leftIsNext =
      j >= right.length ||
      (i < left.length && (lengths[i + 1]?.[j] ?? 0) >= (lengths[i]?.[j + 1] ?? 0));
    if (same) lines.push({ sign: ' ', text: left[i] ?? '' });
    else if (leftIsNext) lines.push({ sign: '-', text: left[i] ?? '' });
    else lines.push({ sign: '+', text: right[j] ?? '' });
    if (same || leftIsNext) i += 1;
    if (same || !leftIsNext) j += 1;
  }
  return lines;
}

/** Lines that are the same stay only beside those that are not. */
function withContext(lines: readonly DifferenceLine[]): readonly DifferenceLine[] {
  const isNear = (at: number) =>
    lines
      .slice(Math.max(0, at - contextLines), at + contextLines + 1)
      .some(({ sign }) => sign !== ' ');
  return lines.filter((_, at) => isNear(at));
}
