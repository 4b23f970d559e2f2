// One thing that is wrong in one file: where, which key, what would be right.

export interface Problem {
  readonly level: 'error' | 'warning';
  readonly file: string;
  /** From 1; null when the whole file is meant. */
  readonly line: number | null;
  /** Dotted: `max-delete.share`. */
  readonly key: string | null;
  readonly text: string;
}

/** ` Did you mean mode?`, or nothing if no word is near. */
export function suggestion(word: string, known: readonly string[]): string {
  const near = known
    .map((other) => ({ other, distance: distance(word.toLowerCase(), other) }))
    .filter((one) => one.distance <= Math.max(1, Math.floor(one.other.length / 3)))
    .sort((one, other) => one.distance - other.distance)[0];
  return near === undefined ? '' : ` Did you mean ${near.other}?`;
}

/** Letters to insert, drop, replace, or swap with their neighbour. */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= one.length; i += 1) {
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const steps = [at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same];
      (rows[i] as number[])[j] = Math.min(...steps, ...(swapped ? [at(i - 2, j - 2) + 1] : []));
    }
  }
  return at(one.length, other.length);
}
