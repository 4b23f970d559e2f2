// What one side leaves out, both do: while a `.syncignore` travels from one side to the other they
// differ, and a path must not be new on one side and invisible on the other.

import { type Side, sides } from './entry.ts';
import { createIgnore, partnershipSources } from './ignore.ts';
import type { ScanResult } from './scan-result.ts';

export type LeavesOut = (path: string, isFolder: boolean) => boolean;

export function rulesOfBoth(
  patterns: readonly string[],
  scans: Readonly<Record<Side, ScanResult>>,
): LeavesOut {
  const met = sides.filter((side) => scans[side].rules.length > 0);
  // Each side applied the partnership's own rules itself.
  if (met.length === 0) return () => false;
  const rules = met.map((side) => {
    const own = createIgnore(partnershipSources(patterns));
    for (const { folder, text } of scans[side].rules) own.add(folder, text);
    return own;
  });
  return (path, isFolder) => rules.some((each) => each.ignores(path, isFolder));
}
