// Which folders need not be read next time: those whose names, as one complete listing found them,
// are the names of the baseline. Their own signature then says whether a name came or went.
import { type Baseline, findEntry, Names } from './baseline.ts';
import { flagRacy, flagTrusted, kindFolder, kindMask } from './baseline-layout.ts';
import { type Side, type Signature, sides } from './entry.ts';
import { type NameSum, NameSummer, sameNames } from './name-sum.ts';

/** A folder a scan read completely: as it was just before, and the sum of the names that count. */
export interface SeenListing {
  readonly signature: Signature;
  readonly names: NameSum;
}

/** By path. */
export type SideListings = ReadonlyMap<string, SeenListing>;
export type Listings = Readonly<Record<Side, SideListings>>;

/** Whether writing the baseline again would spare the next scan some reading. */
export function worthRecording(baseline: Baseline, listings: Listings): boolean {
  const names = new Names(baseline, 'any-order');
  return sides.some((side) => {
    for (const [path, listing] of listings[side]) {
      if (proven(baseline, path, listing, names) !== -1) return true;
    }
    return false;
  });
}

/** Changes the columns in place: only for a baseline that is being written. */
export function markTrusted(baseline: Baseline, listings: Listings): void {
  const names = new Names(baseline, 'any-order');
  const { flags } = baseline.columns;
  for (const side of sides) {
    const own = baseline.columns[side];
    for (const [path, listing] of listings[side]) {
      const entry = proven(baseline, path, listing, names);
      if (entry === -1) continue;
      own.mtime[entry] = listing.signature.mtimeMs;
      own.ctime[entry] = listing.signature.ctimeMs;
      own.inode[entry] = listing.signature.inode;
      flags[entry] = ((flags[entry] ?? 0) & ~flagRacy[side]) | flagTrusted[side];
    }
  }
}

/** The entry of the folder if the listing agrees with the baseline and proves something, else -1. */
function proven(baseline: Baseline, path: string, listing: SeenListing, names: Names): number {
  if (listing.signature.racy) return -1;
  const { flags, extra, first } = baseline.columns;
  const entry = findEntry(baseline, path, names);
  if (entry === -1 || ((flags[entry] ?? 0) & kindMask) !== kindFolder) return -1;
  const folder = extra[entry] ?? 0;
  const end = first[folder + 1] ?? 0;
  if (end - (first[folder] ?? 0) !== listing.names.count) return -1;
  const summer = new NameSummer();
  for (let child = first[folder] ?? 0; child < end; child++) summer.add(names.of(child, folder));
  return sameNames(summer.sum(), listing.names) ? entry : -1;
}
