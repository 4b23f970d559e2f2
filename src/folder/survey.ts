// Prepare: looks at both roots, decides what shall happen, and changes nothing.
import { type Baseline, knownCounts } from './core/baseline.ts';
import { rulesOfBoth } from './core/both-rules.ts';
import type { PlanAtHand } from './core/draft-plan.ts';
import { type Side, sides } from './core/entry.ts';
import { heldNames } from './core/held-names.ts';
import { partnershipSources, rulesKey } from './core/ignore.ts';
import type { Remark, Transition } from './core/plan.ts';
import { type Quarrel, quarrels, withoutQuarrels } from './core/quarrel.ts';
import { planFor } from './core/reconcile.ts';
import { joinRows } from './core/rows.ts';
import { alarmsOfChanges, alarmsOfEmptied, changedFiles } from './core/safety.ts';
import { type PackedScan, type ScanResult, unpackScan } from './core/scan-result.ts';
import { usualTraits } from './core/traits.ts';
import { Transitions } from './core/transitions.ts';
import { type Identifying, type Identity, identify } from './identity.ts';
import type { Meter } from './meter.ts';
import type { PairState } from './pair.ts';
import { readDoubts } from './read-doubts.ts';
import type { ScanInput } from './scan.ts';
import type { FolderSettings } from './settings.ts';
import { type BothTraits, traitsOf, withWindows } from './traits.ts';

export interface Surveying extends Identifying {
  readonly meter: Meter;
  /** A person runs it: what was left alone because of a quarrel is tried again. */
  readonly byHand: boolean;
  readonly now: number;
}

/** What is needed of a scan until the end; the rest would only take up memory. */
export type Seen = Pick<ScanResult, 'listings' | 'rulesChanged' | 'counts'>;

/** `nothing`: what is there is known without a look. `touched`: some paths, the rest is known. */
export type Scope = 'all' | 'touched' | 'nothing';

export interface Survey extends Identity {
  readonly scope: Scope;
  /** Null when nothing was scanned. */
  readonly scans: Readonly<Record<Side, Seen>> | null;
  /** What both file systems can hold; null when nothing was scanned. */
  readonly traits: BothTraits | null;
  /** Known to the baseline, and left out by the rules now. */
  readonly forgotten: readonly string[];
  readonly plan: PlanAtHand;
}

const noPlan: PlanAtHand = {
  transitions: new Transitions(),
  agreements: [],
  conflicts: [],
  problems: [],
  remarks: [],
};

/** A person who runs it wants all of it tried. */
function quarrelsOf({ byHand, now }: Surveying, pair: PairState | null) {
  return byHand || pair === null ? new Map<string, Quarrel>() : quarrels(pair.carried, now);
}

const unseen = { scans: null, traits: null, forgotten: [], plan: noPlan } as const;

/** `touched`: where something may have changed since both sides were as the baseline says; null: anywhere. */
export async function survey(
  surveying: Surveying,
  touched: readonly string[] | null,
): Promise<Survey> {
  const { settings } = surveying;
  const identity = await identify(surveying);
  const { roots, memory, trust } = identity;
  if (roots === null) return { ...identity, ...unseen, scope: 'nothing' };
  // A baseline that is not believed must not hide what is there: then everything is looked at.
  const baseline = trust === 'trusted' ? memory.baseline : null;
  const traits = await traitsOf(surveying.crew, roots, memory.pair);
  const only = sufficesToLookAt(touched, settings, baseline, traits);
  const { rows, forgotten, problems, scans } = await look(surveying, baseline, traits, only);
  const abilities = {
    left: (traits.left ?? usualTraits).abilities,
    right: (traits.right ?? usualTraits).abilities,
  };
  const decided = withoutQuarrels(rows, quarrelsOf(surveying, memory.pair), abilities);
  const input = await readDoubts(surveying, {
    rows: decided.rows,
    mode: settings.mode,
    conflictRule: settings.conflict,
    baselineTrusted: trust === 'trusted',
    abilities,
    unfinished: trust === 'trusted' ? memory.unfinished : null,
    ...(baseline === null ? {} : { heldOn: heldNames(baseline, rows, abilities) }),
  });
  const edited = changedFiles(input.rows, input.abilities);
  const plan = planFor(input);
  const known = baseline === null ? 0 : knownCounts(baseline).files;
  const alarms = alarmsOfChanges({
    left: { known, changed: edited.left },
    right: { known, changed: edited.right },
  });
  return {
    ...identity,
    roots: withWindows(roots, traits),
    alarms: [
      ...identity.alarms,
      ...alarms,
      ...alarmsOfEmptied(plan.transitions, known, settings.limits),
    ],
    scope: only === null ? 'all' : 'touched',
    traits,
    scans,
    forgotten,
    plan: {
      ...plan,
      problems: [...plan.problems, ...problems, ...decided.problems],
      remarks: [...plan.remarks, ...remarksOnLinks(plan, scans)],
    },
  };
}

/**
 * A look at single paths needs a baseline made by the rules of now, and names that are told apart as
 * they are written: under another spelling, what was touched may be something else.
 */
function sufficesToLookAt(
  touched: readonly string[] | null,
  settings: FolderSettings,
  baseline: Baseline | null,
  traits: BothTraits,
): readonly string[] | null {
  if (baseline === null || baseline.about.rulesKey !== rulesKeyOf(settings)) return null;
  const isExact = sides.every((side) => {
    const abilities = traits[side]?.abilities;
    return abilities?.caseSensitive === true && abilities.normalizationSensitive;
  });
  return isExact ? touched : null;
}

/** Both sides are as a clean run left them, so there is nothing to do. */
export function nothingTouched(identity: Identity): Survey {
  return { ...identity, ...unseen, scope: 'nothing' };
}

/**
 * A plan that a person approved is carried out as it stands, without another look at the trees: each
 * of its transitions checks what it expects. The roots must still be the same ones.
 */
export async function adopt(
  surveying: Surveying,
  transitions: Iterable<Transition>,
): Promise<Survey> {
  const identity = await identify(surveying);
  const { roots, memory } = identity;
  const known = (side: Side) => memory.pair?.roots[side].traits ?? null;
  return {
    ...identity,
    ...unseen,
    scope: 'nothing',
    roots: roots && withWindows(roots, { left: known('left'), right: known('right') }),
    plan: { ...noPlan, transitions: Transitions.of(transitions) },
  };
}

/** FS-18: said where it makes a difference, when something is carried. */
function remarksOnLinks(
  { transitions }: PlanAtHand,
  scans: Readonly<Record<Side, Seen>>,
): Remark[] {
  if (transitions.length === 0) return [];
  return sides.flatMap((side) => {
    const { linked } = scans[side].counts;
    const text = `On the ${side}, ${linked} names are names of files that have several: each is carried as a file of its own.`;
    return linked === 0 ? [] : [{ path: '', text }];
  });
}

function seen({ listings, rulesChanged, counts }: ScanResult): Seen {
  return { listings, rulesChanged, counts };
}

/** Apart, so that what the scans hold is let go as soon as the rows stand. */
async function look(
  surveying: Surveying,
  baseline: Baseline | null,
  traits: BothTraits,
  only: readonly string[] | null,
) {
  const scans = await scanBoth(surveying, baseline, traits, only);
  const rows = joinRows(baseline, scans, rulesOfBoth(surveying.settings.ignore, scans));
  return { ...rows, scans: { left: seen(scans.left), right: seen(scans.right) } };
}

async function scanBoth(
  { crew, settings, meter }: Surveying,
  baseline: Baseline | null,
  traits: BothTraits,
  only: readonly string[] | null,
): Promise<Record<Side, ScanResult>> {
  const scanOne = async (side: Side) => {
    const input: ScanInput = {
      side,
      root: settings[side],
      baseline: baseline?.bytes ?? null,
      rules: settings.ignore,
      rulesKey: rulesKeyOf(settings),
      trustListings: !settings.fullScan && (traits[side] ?? usualTraits).listings,
      meter: meter.shared,
      ...(only !== null && { only }),
    };
    return unpackScan(await crew.run<PackedScan>('scan', input));
  };
  const [left, right] = await Promise.all([scanOne('left'), scanOne('right')]);
  return { left, right };
}

/** The built-in patterns count too: new ones make every name be judged again (CF-02). */
export function rulesKeyOf({ ignore }: FolderSettings): string {
  return rulesKey(partnershipSources(ignore));
}
