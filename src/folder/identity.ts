// Are these the two folders that are remembered? Asked before anything else is believed of them, and
// answered without reading more than their markers.
import type { Alarm } from '../model/plan.ts';
import type { Crew } from '../ports/crew.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import { type Side, sides } from './core/entry.ts';
import { type RootGeneration, type Trust, trustOf } from './core/trust.ts';
import { type Memory, readMemory } from './memory.ts';
import { type KnownRoot, type PairState, readPair } from './pair.ts';
import type { PairFiles } from './paths.ts';
import type { RootFacts, RootPresent } from './roots.ts';
import type { FolderSettings } from './settings.ts';

export interface Identifying {
  readonly filesystem: Filesystem;
  readonly crew: Crew;
  readonly partnership: string;
  readonly settings: FolderSettings;
  readonly files: PairFiles;
}

export interface Identity {
  /** Null when one is not there; an alarm that nobody can approve away says which. */
  readonly roots: Readonly<Record<Side, RootPresent>> | null;
  readonly memory: Memory;
  readonly trust: Trust;
  readonly alarms: readonly Alarm[];
}

export async function identify(identifying: Identifying): Promise<Identity> {
  const { crew, settings, filesystem, files } = identifying;
  const look = (side: Side) => crew.run<RootFacts>('look', { path: settings[side] });
  // Read meanwhile: the threads may only just be starting.
  const recall = async () => readMemory(filesystem, files);
  const [left, right, memory] = await Promise.all([look('left'), look('right'), recall()]);
  if (left.state !== 'present' || right.state !== 'present') {
    const alarms = alarmsOfAbsence({ left, right });
    return { roots: null, memory, trust: 'other-root', alarms };
  }
  const roots = { left, right };
  const trust = settings.merge
    ? 'set-aside'
    : trustBetween(identifying, roots, memory.pair, memory.baseline?.about.generation ?? null);
  // Without a baseline nothing is deleted, so an empty root is only filled again.
  const emptied = settings.merge ? [] : alarmsOfEmptiness(roots, memory);
  return { roots, memory, trust, alarms: [...alarmsOfTrust(trust), ...emptied] };
}

/**
 * Whether both roots and what is remembered of them are as they were, without reading the baseline,
 * which is known to be of that generation. Null: that has to be asked of all of it.
 */
export async function recognize(
  identifying: Identifying,
  generation: number,
): Promise<Identity | null> {
  const { crew, settings, filesystem, files } = identifying;
  const look = (side: Side) => crew.run<RootFacts>('look', { path: settings[side] });
  const [left, right] = await Promise.all([look('left'), look('right')]);
  if (left.state !== 'present' || right.state !== 'present') return null;
  const roots = { left, right };
  const pair = readPair(filesystem, files.pair);
  const memory: Memory = { baseline: null, pair, damage: null, unfinished: null };
  const trust = trustBetween(identifying, roots, memory.pair, generation);
  return trust === 'trusted' ? { roots, memory, trust, alarms: [] } : null;
}

const wordsForAbsence = {
  missing: 'is missing: is its disk connected',
  'not-folder': 'is no folder any more: what stands there now',
  link: 'is a link, and links to a root are not followed: did you mean the folder it leads to',
  unreadable: 'cannot be read: may this user look into it',
} as const;

function alarmsOfAbsence(roots: Readonly<Record<Side, RootFacts>>): Alarm[] {
  return sides.flatMap((side): Alarm[] => {
    const { state, path } = roots[side];
    if (state === 'present') return [];
    const text = `The folder ${path} ${wordsForAbsence[state]}?`;
    const guard = state === 'link' ? 'root-not-folder' : (`root-${state}` as const);
    return [{ guard, side, text, approvable: false }];
  });
}

function trustBetween(
  { partnership }: Identifying,
  roots: Readonly<Record<Side, RootPresent>>,
  pair: PairState | null,
  baseline: number | null,
): Trust {
  return trustOf({
    baseline,
    pair,
    roots: {
      left: generationOf(roots.left, 'left', partnership, pair),
      right: generationOf(roots.right, 'right', partnership, pair),
    },
  });
}

function generationOf(
  root: RootPresent,
  side: Side,
  partnership: string,
  pair: PairState | null,
): RootGeneration {
  const { marker } = root;
  const known = pair?.roots[side] ?? null;
  if (known !== null && pair !== null && mayBeUnmarked(root, known, pair, partnership)) {
    return { identity: isSameFolder(root, known) ? 'same' : 'other', generation: null };
  }
  if (marker === null || marker === 'damaged') {
    return { identity: known === null && marker === null ? 'new' : 'unmarked', generation: null };
  }
  const member = marker.partnerships[partnership];
  const generation = member?.side === side ? member.generation : null;
  if (known === null) return { identity: 'new', generation };
  if (known.id !== marker.root) return { identity: 'other', generation };
  const unmarked = generation === null && pair?.marked !== 0;
  return { identity: unmarked ? 'unmarked' : 'same', generation };
}

/**
 * It could not be written, or the first session ended before it was; then another partnership may have
 * marked the root since.
 */
function mayBeUnmarked(
  { marker }: RootPresent,
  { id }: KnownRoot,
  { marked }: PairState,
  partnership: string,
): boolean {
  if (marker === null) return id === null || marked === 0;
  return marker !== 'damaged' && marked === 0 && marker.partnerships[partnership] === undefined;
}

function isSameFolder({ device, inode }: RootPresent, known: KnownRoot): boolean {
  return known.device === device && known.inode === inode;
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
