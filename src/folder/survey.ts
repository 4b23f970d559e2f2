// Prepare: looks at both roots, decides what shall happen, and changes nothing.
import type { Alarm } from '../model/plan.ts';
import type { Crew } from '../ports/crew.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Baseline } from './core/baseline.ts';
import { rulesOfBoth } from './core/both-rules.ts';
import { type Side, sides } from './core/entry.ts';
import type { Abilities, FolderPlan } from './core/plan.ts';
import { reconcile } from './core/reconcile.ts';
import { joinRows } from './core/rows.ts';
import { type PackedScan, type ScanResult, unpackScan } from './core/scan-result.ts';
import { type RootGeneration, type Trust, trustOf } from './core/trust.ts';
import { type Memory, readMemory } from './memory.ts';
import type { Meter } from './meter.ts';
import type { KnownRoot } from './pair.ts';
import type { PairFiles } from './paths.ts';
import { readDoubts } from './read-doubts.ts';
import type { RootFacts, RootPresent } from './roots.ts';
import type { ScanInput } from './scan.ts';
import type { FolderSettings } from './settings.ts';

export interface Surveying {
  readonly filesystem: Filesystem;
  readonly crew: Crew;
  readonly partnership: string;
  readonly settings: FolderSettings;
  readonly files: PairFiles;
  readonly meter: Meter;
}

/** What is needed of a scan until the end; the rest would only take up memory. */
export type Seen = Pick<ScanResult, 'listings' | 'rulesChanged'>;

export interface Survey {
  readonly roots: Readonly<Record<Side, RootFacts>>;
  readonly memory: Memory;
  readonly trust: Trust;
  /** Null when a root is not there. */
  readonly scans: Readonly<Record<Side, Seen>> | null;
  /** Known to the baseline, and left out by the rules now. */
  readonly forgotten: readonly string[];
  readonly plan: FolderPlan;
  readonly alarms: readonly Alarm[];
}

const posix: Abilities = {
  caseSensitive: true,
  normalizationSensitive: true,
  timeStepMs: 0.001,
  modes: true,
  links: true,
  nameBytesMax: 255,
};

export async function survey(surveying: Surveying): Promise<Survey> {
  const { crew, settings, filesystem, files } = surveying;
  const [left, right] = await Promise.all(
    sides.map((side) => crew.run<RootFacts>('look', { path: settings[side] })),
  );
  const roots = { left, right } as Record<Side, RootFacts>;
  const memory = readMemory(filesystem, files);
  if (left?.state !== 'present' || right?.state !== 'present') return withoutRoot(roots, memory);
  const trust = settings.merge ? 'set-aside' : trustBetween(surveying, { left, right }, memory);
  // A baseline that is not believed must not hide what is there: then everything is looked at.
  const baseline = trust === 'trusted' ? memory.baseline : null;
  const scans = await scanBoth(surveying, baseline);
  const rows = joinRows(baseline, scans, rulesOfBoth(settings.ignore, scans));
  const plan = reconcile(
    await readDoubts(surveying, {
      rows: rows.rows,
      mode: settings.mode,
      conflictRule: settings.conflict,
      baselineTrusted: trust === 'trusted',
      abilities: { left: posix, right: posix },
    }),
  );
  // Without a baseline nothing is deleted, so an empty root is only filled again.
  const emptied = settings.merge ? [] : alarmsOfEmptiness({ left, right }, memory);
  const alarms = [...alarmsOfTrust(trust), ...emptied];
  const kept = { left: seen(scans.left), right: seen(scans.right) };
  return { roots, memory, trust, scans: kept, forgotten: rows.forgotten, plan, alarms };
}

function seen({ listings, rulesChanged }: ScanResult): Seen {
  return { listings, rulesChanged };
}

const noPlan: FolderPlan = {
  transitions: [],
  agreements: [],
  conflicts: [],
  problems: [],
  remarks: [],
};

const wordsForAbsence = {
  missing: 'is missing: is its disk connected',
  'not-folder': 'is no folder any more: what stands there now',
  unreadable: 'cannot be read: may this user look into it',
} as const;

function withoutRoot(roots: Record<Side, RootFacts>, memory: Memory): Survey {
  const alarms = sides.flatMap((side): Alarm[] => {
    const { state, path } = roots[side];
    if (state === 'present') return [];
    const text = `The folder ${path} ${wordsForAbsence[state]}?`;
    return [{ guard: `root-${state}`, side, text, approvable: false }];
  });
  const nothing = { scans: null, forgotten: [], plan: noPlan };
  return { roots, memory, trust: 'other-root', ...nothing, alarms };
}

function trustBetween(
  { partnership }: Surveying,
  roots: Readonly<Record<Side, RootPresent>>,
  { baseline, pair }: Memory,
): Trust {
  return trustOf({
    baseline: baseline?.about.generation ?? null,
    pair,
    roots: {
      left: generationOf(roots.left, 'left', partnership, pair?.roots.left ?? null),
      right: generationOf(roots.right, 'right', partnership, pair?.roots.right ?? null),
    },
  });
}

function generationOf(
  root: RootPresent,
  side: Side,
  partnership: string,
  known: KnownRoot | null,
): RootGeneration {
  const { marker, device, inode } = root;
  if (known !== null && known.id === null && marker === null) {
    const still = known.device === device && known.inode === inode;
    return { identity: still ? 'same' : 'other', generation: null };
  }
  if (marker === null || marker === 'damaged') {
    return { identity: known === null && marker === null ? 'new' : 'unmarked', generation: null };
  }
  const member = marker.partnerships[partnership];
  const generation = member?.side === side ? member.generation : null;
  if (known === null) return { identity: 'new', generation };
  if (known.id !== marker.root) return { identity: 'other', generation };
  return { identity: generation === null ? 'unmarked' : 'same', generation };
}

async function scanBoth(
  { crew, settings, meter }: Surveying,
  baseline: Baseline | null,
): Promise<Record<Side, ScanResult>> {
  const scanOne = async (side: Side) => {
    const input: ScanInput = {
      side,
      root: settings[side],
      baseline: baseline?.bytes ?? null,
      rules: settings.ignore,
      rulesKey: rulesKeyOf(settings),
      trustListings: true,
      meter: meter.shared,
    };
    return unpackScan(await crew.run<PackedScan>('scan', input));
  };
  const [left, right] = await Promise.all([scanOne('left'), scanOne('right')]);
  return { left, right };
}

export function rulesKeyOf({ ignore }: FolderSettings): string {
  return JSON.stringify(ignore);
}

const wordsForTrust: Partial<Record<Trust, string>> = {
  'older-roots':
    'Both folders are older than what is remembered of them, as if they came from a backup. Approve to unite what they hold now; nothing is deleted.',
  'other-root':
    'A folder is not the one that was synchronized before: its marker is missing or another. Approve to compare and unite both; nothing is deleted.',
};

function alarmsOfTrust(trust: Trust): Alarm[] {
  const text = wordsForTrust[trust];
  return text === undefined ? [] : [{ guard: trust, side: null, text, approvable: true }];
}

/** Even one known entry is enough: an unmounted disk leaves an empty folder (FS-02). */
function alarmsOfEmptiness(
  roots: Readonly<Record<Side, RootPresent>>,
  { baseline }: Memory,
): Alarm[] {
  if (baseline === null || baseline.size === 0) return [];
  return sides
    .filter((side) => roots[side].empty)
    .map((side) => ({
      guard: 'root-emptied',
      side,
      text: `The folder ${roots[side].path} is empty now and was not before.`,
      approvable: true,
    }));
}
