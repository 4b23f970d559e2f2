// What tells one version from the others at a glance: that it is the newer, or the larger.
import type { ConflictShape } from '../data/shapes.ts';

type Version = ConflictShape['versions'][number];

export function hintsOf(version: Version, all: readonly Version[]): readonly string[] {
  const others = all.filter((one) => one.side !== version.side && one.present);
  if (!version.present || others.length === 0) return [];
  const isAbove = (measure: (one: Version) => number | null) => {
    const own = measure(version);
    return own !== null && others.every((one) => own > (measure(one) ?? Number.POSITIVE_INFINITY));
  };
  return [
    ...(isAbove(({ modifiedAt }) => modifiedAt) ? ['newer'] : []),
    ...(isAbove(({ size }) => size) ? ['larger'] : []),
  ];
}
