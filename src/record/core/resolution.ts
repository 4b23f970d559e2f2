// What a resolution comes to for the versions in dispute: `keep newest` and `keep largest` are
// wishes; a handler is told the side.
import type { ConflictVersion, Resolution } from '../../model/conflict.ts';

/** Null when the versions do not decide it: equal, unknown, or no such side. */
export function settledResolution(
  versions: readonly ConflictVersion[],
  wanted: Resolution,
): Resolution | null {
  switch (wanted.choice) {
    case 'keep':
      return versions.some(({ side }) => side === wanted.side) ? wanted : null;
    case 'keep-newest':
      return keep(greatest(versions, ({ modifiedAt }) => modifiedAt));
    case 'keep-largest':
      return keep(greatest(versions, ({ size }) => size));
    case 'keep-both':
    case 'merged':
      return wanted;
  }
}

const keep = (version: ConflictVersion | null): Resolution | null =>
  version && { choice: 'keep', side: version.side };

/** The one that is there and above all others; a deletion has neither a time nor a size. */
function greatest(
  versions: readonly ConflictVersion[],
  measure: (version: ConflictVersion) => number | null,
): ConflictVersion | null {
  const present = versions.filter((version) => version.present);
  const measures = present.map(measure);
  if (measures.includes(null)) return null;
  const top = Math.max(...measures.map(Number));
  const best = present.filter((_, index) => measures[index] === top);
  return best.length === 1 ? (best[0] ?? null) : null;
}
