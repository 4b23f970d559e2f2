// The end of a run: what was done goes to disk, then into the baseline, then into the markers, in
// this order, so that the baseline may lag and never leads (I3).
import type { Clock } from '../ports/clock.ts';
import type { Crew } from '../ports/crew.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Random } from '../ports/random.ts';
import { lookup } from './core/baseline.ts';
import { worthRecording } from './core/baseline-trust.ts';
import { writeBaseline } from './core/baseline-write.ts';
import { type BaseEntry, type Side, type Signature, sides } from './core/entry.ts';
import type { Outcome } from './core/outcome.ts';
import { Outcomes } from './core/outcomes.ts';
import type { Transition } from './core/plan.ts';
import { afterRun } from './core/quarrel.ts';
import { placeBefore, renewRestored, settleLate } from './core/settle.ts';
import type { Transitions } from './core/transitions.ts';
import { makeDurable } from './durable.ts';
import type { MarkInput, Marking, Placed, ProveInput } from './finish.ts';
import type { Marker, MarkerFound } from './marker.ts';
import {
  keepUnfinished,
  rememberAstray,
  rememberBegun,
  rememberMarkers,
  rememberPair,
} from './memory.ts';
import type { KnownRoot, PairState } from './pair.ts';
import type { PairFiles } from './paths.ts';
import type { RootPresent } from './roots.ts';
import type { FolderSettings } from './settings.ts';
import { rulesKeyOf, type Survey } from './survey.ts';
import { areNews } from './traits.ts';

export interface Conclusion {
  readonly filesystem: Filesystem;
  readonly crew: Crew;
  readonly random: Random;
  readonly partnership: string;
  readonly settings: FolderSettings;
  readonly files: PairFiles;
  readonly survey: Survey;
  readonly clock: Clock;
  readonly byHand: boolean;
  readonly roots: Readonly<Record<Side, RootPresent>>;
  readonly transitions: Transitions;
  readonly outcomes: Outcomes;
  /** Sides on which names are not on disk yet. */
  readonly unflushed: ReadonlySet<Side>;
  /** This run, or one before it, left something where the next one has to bring it back from. */
  readonly isAstray: boolean;
}

export interface Concluded {
  /** Roots that turned out not to be markable, and were not known to be. */
  readonly unmarked: readonly Side[];
  /** False: a marker could not be written this time, or something is astray. */
  readonly complete: boolean;
}

export async function conclude(conclusion: Conclusion): Promise<Concluded> {
  const { filesystem, files, survey, transitions, outcomes, isAstray } = conclusion;
  const { unfinished } = survey.memory;
  const concluded = await settleAll(conclusion);
  if (isAstray) {
    rememberAstray(filesystem, files, unfinished, transitions, outcomes);
    return { ...concluded, complete: false };
  }
  const isOver = survey.scans !== null || unfinished === null;
  if (isOver && (transitions.length > 0 || unfinished !== null)) filesystem.remove(files.begun);
  return concluded;
}

/** What to remember is worked out while the disk writes, and remembered after. */
async function settleAll(conclusion: Conclusion): Promise<Concluded> {
  const { survey, transitions } = conclusion;
  const { agreements } = survey.plan;
  const durable = makeDurable({ ...conclusion, agreements });
  // Whoever fails sooner ends the run; this one is asked again below.
  durable.catch(() => undefined);
  const outcomes = await provenOutcomes(conclusion);
  const changes: Map<string, BaseEntry | null> = settleLate(transitions, outcomes, agreements);
  const known = survey.trust === 'trusted' ? survey.memory.baseline : null;
  const restored = new Map<string, BaseEntry | null>();
  if (known !== null) renewRestored(restored, transitions, outcomes, (path) => lookup(known, path));
  for (const [path, base] of restored) {
    if (changes.has(path)) restored.delete(path);
    else changes.set(path, base);
  }
  for (const path of survey.forgotten) changes.set(path, null);
  const { pair } = survey.memory;
  if (survey.trust !== 'trusted' || changes.size > 0 || pair?.marked !== pair?.generation) {
    return remember(conclusion, changes, restored, durable);
  }
  await durable;
  if (pair !== null && areNews(survey.traits, pair)) rememberTraits(conclusion, pair);
  if (learned(survey, rulesKeyOf(conclusion.settings))) rewriteBaseline(conclusion);
  return { unmarked: [], complete: true };
}

/**
 * Where the run fails for what would not get to disk, what it took away and put back still has another
 * change time, and is as it was: nothing is said of it that was not agreed on before.
 */
async function orKeepRestored(
  { filesystem, files, survey }: Conclusion,
  durable: Promise<void>,
  restored: ReadonlyMap<string, BaseEntry | null>,
): Promise<void> {
  const { baseline } = survey.memory;
  try {
    await durable;
  } catch (thrown) {
    if (baseline !== null && restored.size > 0) {
      filesystem.replaceFile(files.baseline, writeBaseline(baseline, restored, baseline.about));
    }
    throw thrown;
  }
}

/** Nothing else is new, so it is the same generation. */
function rememberTraits(conclusion: Conclusion, pair: PairState): void {
  const root = (side: Side) => knownRoot(conclusion, side, pair.roots[side].id);
  const roots = { left: root('left'), right: root('right') };
  rememberMarkers(conclusion.filesystem, conclusion.files, { ...pair, roots });
}

/** Whether writing the baseline again spares the next scan some work, or makes it judge anew. */
function learned({ memory: { baseline }, scans, scope }: Survey, rulesKey: string): boolean {
  if (baseline === null || scans === null) return true;
  if (rulesMoved(scans) || baseline.about.rulesKey !== rulesKey) return true;
  // Of a few folders it is not worth writing all of it.
  if (scope === 'touched') return false;
  return worthRecording(baseline, { left: scans.left.listings, right: scans.right.listings });
}

function rulesMoved(scans: NonNullable<Survey['scans']>): boolean {
  return sides.some((side) => scans[side].rulesChanged);
}

/** Nothing that was agreed on changed, so it is the same generation, and the roots are not touched. */
function rewriteBaseline({ filesystem, files, survey, settings }: Conclusion): void {
  const { memory, scans } = survey;
  if (memory.baseline === null) return;
  const about = { ...memory.baseline.about, rulesKey: rulesKeyToWrite(survey, settings) };
  const bytes = writeBaseline(memory.baseline, new Map(), about, listingsOf(scans));
  filesystem.replaceFile(files.baseline, bytes);
}

/** Rules that moved on one side hold on both only after this run: no key, so all is judged again. */
function rulesKeyToWrite({ scans }: Survey, settings: FolderSettings): string {
  return scans !== null && rulesMoved(scans) ? '' : rulesKeyOf(settings);
}

/** With the signatures that prove by now what they say. */
async function provenOutcomes(conclusion: Conclusion): Promise<Outcomes> {
  const outcomes = Outcomes.of(conclusion.outcomes);
  await Promise.all(sides.map((side) => proveSide(conclusion, side, outcomes)));
  return outcomes;
}

async function proveSide(
  { crew, roots, transitions }: Conclusion,
  side: Side,
  outcomes: Outcomes,
): Promise<void> {
  const young: number[] = [];
  const placed: Placed[] = [];
  outcomes.forEach((outcome, at) => {
    if (transitions.sideAt(at) !== side) return;
    const signature = signatureNow(outcome);
    if (!signature?.racy) return;
    young.push(at);
    const path = outcome.state === 'done' ? transitions.pathAt(at) : restoredAt(transitions, at);
    placed.push({ path, signature });
  });
  if (young.length === 0) return;
  const input: ProveInput = { root: roots[side], placed };
  const proven = await crew.run<readonly (Signature | null)[]>('prove', input);
  young.forEach((at, index) => {
    const outcome = outcomes.at(at);
    const signature = proven[index];
    if (!signature) return;
    if (outcome?.state === 'done') outcomes.set(at, { ...outcome, signature });
    else if (outcome !== undefined && 'restored' in outcome) {
      outcomes.set(at, { ...outcome, restored: signature });
    }
  });
}

function restoredAt(transitions: Transitions, at: number): string {
  return placeBefore(transitions.at(at) as Transition);
}

function signatureNow(outcome: Outcome): Signature | null {
  if (outcome.state === 'done') return outcome.signature;
  return ('restored' in outcome && outcome.restored) || null;
}

async function remember(
  concluding: Conclusion,
  changes: ReadonlyMap<string, BaseEntry | null>,
  restored: ReadonlyMap<string, BaseEntry | null>,
  durable: Promise<void>,
): Promise<Concluded> {
  const conclusion = { ...concluding, roots: await asTheyAreMarked(concluding) };
  const { filesystem, files, survey, settings, roots, clock, transitions, outcomes } = conclusion;
  const { memory, scans } = survey;
  const generation = nextGeneration(conclusion);
  const ids = { left: rootId(conclusion, 'left'), right: rootId(conclusion, 'right') };
  const pair: PairState = {
    generation,
    marked: survey.trust === 'trusted' ? (memory.pair?.marked ?? 0) : 0,
    roots: {
      left: knownRoot(conclusion, 'left', ids.left),
      right: knownRoot(conclusion, 'right', ids.right),
    },
    carried: afterRun(memory.pair?.carried ?? {}, transitions, outcomes, {
      now: clock.now(),
      isForgiven: conclusion.byHand,
    }),
  };
  const old = survey.trust === 'trusted' ? memory.baseline : null;
  const about = { generation, roots: ids, rulesKey: rulesKeyToWrite(survey, settings) };
  const bytes = writeBaseline(old, changes, about, listingsOf(scans));
  if (conclusion.isAstray) rememberBegun(filesystem, files, memory, transitions, generation);
  else if (scans === null) keepUnfinished(filesystem, files, memory, generation);
  rememberPair(filesystem, files, pair);
  await orKeepRestored(conclusion, durable, restored);
  filesystem.replaceFile(files.baseline, bytes);
  const unmarked: Side[] = [];
  const known = { ...pair.roots };
  let pending = false;
  const [left, right] = await Promise.all(
    sides.map((side) => mark(conclusion, side, ids[side], generation)),
  );
  const markings = { left, right };
  for (const side of sides) {
    const marking = markings[side];
    if (marking === 'marked') continue;
    // One that carries a marker gets the new one when it can be written again.
    if (marking === 'later' || roots[side].marker !== null) {
      pending = true;
      continue;
    }
    if (memory.pair?.roots[side].id !== null) unmarked.push(side);
    known[side] = { ...known[side], id: null };
  }
  if (!pending) rememberMarkers(filesystem, files, { ...pair, roots: known });
  return { unmarked, complete: !pending };
}

/** Another partnership may have marked a root since it was looked at, when it was not locked yet (CC-04). */
async function asTheyAreMarked({
  crew,
  roots,
}: Conclusion): Promise<Readonly<Record<Side, RootPresent>>> {
  const asItIs = async (side: Side): Promise<RootPresent> => ({
    ...roots[side],
    marker: await crew.run<MarkerFound>('marker', roots[side]),
  });
  const [left, right] = await Promise.all([asItIs('left'), asItIs('right')]);
  return { left, right };
}

function listingsOf(scans: Survey['scans']) {
  return scans === null ? undefined : { left: scans.left.listings, right: scans.right.listings };
}

/** Above all that was ever seen of this pair. */
function nextGeneration({ survey, roots, partnership }: Conclusion): number {
  const { baseline, pair } = survey.memory;
  const marked = sides.map((side) => {
    const { marker } = roots[side];
    if (marker === null || marker === 'damaged') return 0;
    return marker.partnerships[partnership]?.generation ?? 0;
  });
  return 1 + Math.max(0, baseline?.about.generation ?? 0, pair?.generation ?? 0, ...marked);
}

function rootId({ roots, random }: Conclusion, side: Side): string {
  const { marker } = roots[side];
  return marker === null || marker === 'damaged' ? random.uuid() : marker.root;
}

/** What was probed holds for the disk that is there now. */
function knownRoot(
  { roots, survey: { traits, memory } }: Conclusion,
  side: Side,
  id: string | null,
): KnownRoot {
  const { device, inode } = roots[side];
  const known = memory.pair?.roots[side];
  const isSame = known?.device === device && known.inode === inode;
  const now = traits?.[side] ?? (isSame ? known.traits : undefined);
  return { id, device, inode, ...(now === undefined ? {} : { traits: now }) };
}

/** The markers of the other partnerships over the root stay as they are. */
async function mark(
  { crew, roots, partnership }: Conclusion,
  side: Side,
  root: string,
  generation: number,
): Promise<Marking> {
  const { marker: found } = roots[side];
  const others = found === null || found === 'damaged' ? {} : found.partnerships;
  const marker: Marker = {
    root,
    partnerships: { ...others, [partnership]: { side, generation } },
  };
  const input: MarkInput = { root: roots[side], marker };
  return crew.run<Marking>('mark', input);
}
