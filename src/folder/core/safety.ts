// What makes a session stop before its first change: small predicates over facts that were gathered
// before, each ending in one alarm. Absence is a claim that needs proof, and a root that is not
// provably the same root proves nothing.
import type { Alarm, DeletionLimits, GuardFacts } from '../../model/plan.ts';
import { type BothAbilities, changeOf } from './change.ts';
import { type Row, type Side, sides } from './entry.ts';
import type { FolderPlan, Transition } from './plan.ts';

/** What was found at the path of a root, and what should be there. Nulls: never recorded. */
export interface RootFacts {
  readonly path: string;
  readonly present: boolean;
  readonly kind: 'folder' | 'other' | null;
  /** Nothing is in it but what is ours. */
  readonly empty: boolean;
  readonly device: number | null;
  readonly marker: Marker | null;
  readonly expected: {
    readonly marker: Marker | null;
    readonly device: number | null;
    /** Entries the baseline knows on this side. */
    readonly known: number;
  };
}

/** `generation` rises with every session that changed the baseline. */
export interface Marker {
  readonly root: string;
  readonly generation: number;
}

export interface SafetyFacts {
  readonly roots: Readonly<Record<Side, RootFacts>>;
  /** The baseline's generation, or null where there is none that can be read. */
  readonly baselineGeneration: number | null;
  /** Both sides were synchronized before, so there should be a baseline. */
  readonly synchronizedBefore: boolean;
}

export interface Safety {
  readonly alarms: readonly Alarm[];
  /** False: the session unites both sides and deletes nothing. */
  readonly baselineTrusted: boolean;
}

export function judgeSafety(facts: SafetyFacts): Safety {
  const alarms = sides.flatMap((side) => alarmsOfRoot(side, facts.roots[side]));
  if (storeNewer(facts)) {
    alarms.push({
      guard: 'store-newer',
      side: null,
      text: 'The folders are older than what is remembered of them, as if they came from a backup. Say whether they are right, or what is remembered.',
      approvable: true,
    });
  }
  const baselineTrusted = !(
    baselineLost(facts) ||
    storeOlder(facts) ||
    facts.baselineGeneration === null
  );
  return { alarms, baselineTrusted };
}

function alarmsOfRoot(side: Side, root: RootFacts): Alarm[] {
  const found = rootRules.find(({ holds }) => holds(root));
  if (found === undefined) return [];
  const { guard, approvable, says } = found;
  return [{ guard, side, text: `The folder ${root.path} ${says}`, approvable }];
}

interface RootRule {
  readonly guard: string;
  readonly holds: (root: RootFacts) => boolean;
  readonly approvable: boolean;
  readonly says: string;
}

/** The first that holds speaks; the later ones would only follow from it. */
const rootRules: readonly RootRule[] = [
  {
    guard: 'root-vanished',
    holds: rootVanished,
    approvable: false,
    says: 'is not there. Connect its disk, or correct its path.',
  },
  {
    guard: 'root-type-changed',
    holds: rootTypeChanged,
    approvable: false,
    says: 'is no folder any more. Look at what stands there now.',
  },
  {
    guard: 'root-emptied',
    holds: rootEmptied,
    approvable: true,
    says: 'is empty now and was not before. Approve if it was emptied on purpose.',
  },
  {
    guard: 'root-replaced',
    holds: rootReplaced,
    approvable: false,
    says: 'is not the one that was synchronized before. Compare and merge it, or bring the former back.',
  },
];

/** FS-01. */
function rootVanished({ present }: RootFacts): boolean {
  return !present;
}

/** FS-06. */
function rootTypeChanged({ present, kind }: RootFacts): boolean {
  return present && kind !== 'folder';
}

/** FS-02: one known entry is enough, because an unmounted disk leaves an empty folder. */
function rootEmptied({ present, empty, expected }: RootFacts): boolean {
  return present && empty && expected.known > 0;
}

/** FS-03, FS-04, FS-05, CF-03: its own random identity and its device must be as before. */
function rootReplaced({ marker, device, expected }: RootFacts): boolean {
  if (expected.marker !== null) return marker?.root !== expected.marker.root;
  return expected.device !== null && device !== null && device !== expected.device;
}

/** DB-01. */
function baselineLost(facts: SafetyFacts): boolean {
  return facts.synchronizedBefore && facts.baselineGeneration === null;
}

/** DB-04: a root was synchronized by somebody who remembers more. */
function storeOlder({ roots, baselineGeneration }: SafetyFacts): boolean {
  if (baselineGeneration === null) return false;
  return sides.some((side) => (roots[side].marker?.generation ?? 0) > baselineGeneration);
}

/**
 * DB-05: both roots came from a backup. One that only misses the last mark is behind by one: the
 * markers are written after the baseline.
 */
function storeNewer({ roots, baselineGeneration }: SafetyFacts): boolean {
  if (baselineGeneration === null) return false;
  return sides.some((side) => {
    const { marker } = roots[side];
    return marker !== null && marker.generation < baselineGeneration - 1;
  });
}

const allChangedMin = 10;

export interface FileCounts {
  /** Files the baseline knows on the side. */
  readonly known: number;
  /** Of these, how many are there with other content. */
  readonly changed: number;
}

/** CK-04, FS-28: every known file changed at once, as after encryption or a power loss elsewhere. */
function allChanged({ known, changed }: FileCounts): boolean {
  return known >= allChangedMin && changed >= known;
}

/** By side, the files that are there with other content than agreed. */
export function changedFiles(
  rows: readonly Row[],
  abilities: BothAbilities,
): Readonly<Record<Side, number>> {
  const changed = { left: 0, right: 0 };
  for (const row of rows) {
    if (row.base?.content.kind !== 'file') continue;
    for (const side of sides) if (changeOf(row, side, abilities) === 'edited') changed[side] += 1;
  }
  return changed;
}

/** One for each side all of whose known files changed. */
export function alarmsOfChanges(files: Readonly<Record<Side, FileCounts>>): readonly Alarm[] {
  return sides
    .filter((side) => allChanged(files[side]))
    .map((side) => ({
      guard: 'all-changed',
      side,
      text: `All ${files[side].known} known files changed at once on the ${side}. Approve if that was meant.`,
      approvable: true,
    }));
}

/** What the kernel's guards look at; moves are no deletions, parking half a move is nothing. */
export function guardFacts(
  item: string,
  plan: Pick<FolderPlan, 'transitions'>,
  known: Readonly<Record<Side, number>>,
  alarms: readonly Alarm[],
  limits?: Partial<DeletionLimits>,
): GuardFacts {
  const deletions = { left: 0, right: 0 };
  const overwrites = { left: 0, right: 0 };
  for (const transition of plan.transitions) {
    if (transition.kind === 'delete') deletions[transition.side] += 1;
    else if (overwritesFile(transition)) overwrites[transition.side] += 1;
  }
  const facts = { item, known, deletions, overwrites, alarms };
  return limits === undefined ? facts : { ...facts, limits };
}

function overwritesFile(transition: Transition): boolean {
  return transition.kind === 'update' && transition.expected.kind === 'file';
}
