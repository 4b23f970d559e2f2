// Carries out what a person decided over a conflict, and takes it back. Both are transitions like any
// others: checked at the last moment, through the trash, known to the baseline afterwards.
import type { ConflictVersion, Resolution } from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { PlanChange } from '../model/plan.ts';
import type { ConflictSubject } from '../ports/handler.ts';
import { type Applied, apply } from './apply.ts';
import type { RootRef } from './batch.ts';
import { conclude } from './conclude.ts';
import { contentOf } from './core/change.ts';
import { decodeTransition, encodeTransition } from './core/draft.ts';
import { type Entry, otherSide, type Side, sides } from './core/entry.ts';
import type { Outcome } from './core/outcome.ts';
import { Outcomes } from './core/outcomes.ts';
import { isReserved, isSafeRelative, nameOf, parentOf } from './core/path.ts';
import { bytesOf, type Transition } from './core/plan.ts';
import { type Choice, type Dispute, transitionsFor, type Version } from './core/resolution.ts';
import { Transitions } from './core/transitions.ts';
import { undoing } from './core/undoing.ts';
import type { InspectInput } from './inspect.ts';
import { Meter } from './meter.ts';
import type { PairFiles } from './paths.ts';
import type { RefusalCode } from './refusal.ts';
import { reserved } from './reserved.ts';
import type { RootPresent } from './roots.ts';
import type { FolderSettings } from './settings.ts';
import type { Survey } from './survey.ts';
import { trashName } from './trash.ts';
import { type HandlerWorld, pairItem } from './world.ts';

export interface Resolving {
  readonly world: HandlerWorld;
  readonly partnership: string;
  readonly settings: FolderSettings;
  readonly files: PairFiles;
  /** Of the pair as it is now, without a scan. */
  readonly survey: Survey;
}

/** Answers what `undoResolution` needs. Throws `conflict-stale` where a version is another by now. */
export async function resolveConflict(
  resolving: Resolving,
  conflict: ConflictSubject,
  resolution: Resolution,
): Promise<Json> {
  const roots = rootsOf(resolving);
  const versions = await versionsNow(resolving, roots, conflict);
  if (resolution.choice === 'merged') {
    return putMerged(resolving, roots, versions, resolution.contentFile);
  }
  const trash = trashName(resolving.world.clock.now(), resolving.world.random.uuid());
  const dispute = disputeOf(resolving, conflict, versions, trash);
  const transitions = transitionsFor(dispute, resolution satisfies Choice);
  if (transitions === null) {
    throw syncError('folder-choice-unclear', { path: conflict.subject, choice: resolution.choice });
  }
  const applied = await carryOut(resolving, roots, transitions, trash);
  return record(resolving, transitions, applied);
}

export async function undoResolution(
  resolving: Resolving,
  conflict: ConflictSubject,
  undo: Json,
): Promise<void> {
  const transitions = (undo as unknown as readonly PlanChange[]).map(decodeTransition);
  const outcomes = await takeBack(resolving, transitions, [conflict.subject]);
  refuseFailures(transitions, outcomes);
}

/** Nothing is agreed over the paths any more, so the next session sees the conflict again. */
async function takeBack(
  resolving: Resolving,
  transitions: readonly Transition[],
  forgotten: readonly string[],
): Promise<readonly Outcome[]> {
  const trash = trashName(resolving.world.clock.now(), resolving.world.random.uuid());
  const applied = await carryOut(resolving, rootsOf(resolving), transitions, trash);
  const survey = { ...resolving.survey, forgotten };
  await remember({ ...resolving, survey }, transitions, applied);
  return [...applied.outcomes];
}

function rootsOf({ survey, settings }: Resolving): Readonly<Record<Side, RootPresent>> {
  if (survey.roots === null) throw syncError('folder-root-unseen', { root: settings.left });
  return survey.roots;
}

async function versionsNow(
  { world, settings }: Resolving,
  roots: Readonly<Record<Side, RootPresent>>,
  { subject, versions }: ConflictSubject,
): Promise<Record<Side, Version>> {
  const now = async (side: Side): Promise<Version> => {
    const told = versions.find((version) => version.side === side);
    const path = pathOf(told, settings[side]) ?? subject;
    if (!isSafeRelative(path) || isReserved(path)) throw syncError('conflict-stale', { subject });
    const entry = await inspected(world, roots[side], path);
    if (told !== undefined && !isSame(told, entry)) throw syncError('conflict-stale', { subject });
    return { path, entry };
  };
  const [left, right] = await Promise.all([now('left'), now('right')]);
  return { left, right };
}

async function inspected(
  { crew }: HandlerWorld,
  root: RootRef,
  path: string,
): Promise<Entry | null> {
  const input: InspectInput = { root, paths: [path] };
  const [entry = null] = await crew.run<readonly (Entry | null)[]>('inspect', input);
  return entry;
}

function pathOf(version: ConflictVersion | undefined, root: string): string | null {
  const location = version?.location ?? null;
  return location?.startsWith(`${root}/`) ? location.slice(root.length + 1) : null;
}

function isSame(told: ConflictVersion, entry: Entry | null): boolean {
  if (entry === null || !told.present) return told.present === (entry !== null);
  if (entry.kind !== 'file') return told.kind === (entry.kind === 'folder' ? 'directory' : 'link');
  return told.kind === 'file' && told.size === entry.size && told.modifiedAt === entry.mtimeMs;
}

function disputeOf(
  { world, settings }: Resolving,
  { kind }: ConflictSubject,
  versions: Readonly<Record<Side, Version>>,
  trash: string,
): Dispute {
  return {
    kind,
    versions,
    taken: (path) =>
      sides.some((side) => world.filesystem.stat(`${settings[side]}/${path}`) !== null),
    shelf: (path) => `${reserved.trash}/${trash}/${path}`,
  };
}

function carryOut(
  { world: { crew } }: Resolving,
  roots: Readonly<Record<Side, RootRef>>,
  transitions: readonly Transition[],
  trash: string,
): Promise<Applied> {
  return apply(crew, {
    transitions: Transitions.of(transitions),
    roots,
    trash,
    strict: true,
    meter: new Meter(),
  });
}

/** The file with the merged text stands in for the other side, once for each. */
async function putMerged(
  resolving: Resolving,
  roots: Readonly<Record<Side, RootPresent>>,
  versions: Readonly<Record<Side, Version>>,
  contentFile: string,
): Promise<Json> {
  const { world } = resolving;
  const merged = await contentRoot(resolving, contentFile);
  const mode = [versions.left, versions.right].find(({ entry }) => entry?.kind === 'file')?.entry;
  const content = {
    ...contentOf(merged.entry),
    ...(mode?.kind === 'file' ? { mode: mode.mode } : {}),
  };
  const trash = trashName(world.clock.now(), world.random.uuid());
  const transitions: Transition[] = [];
  const outcomes: Outcome[] = [];
  const unflushed = new Set<Side>();
  for (const side of sides) {
    const { path, entry: expected } = versions[side];
    const reading = { side, path, content, source: merged.entry, from: merged.name } as const;
    const transition: Transition =
      expected === null ? { kind: 'create', ...reading } : { kind: 'update', ...reading, expected };
    const pair = { ...roots, [otherSide[side]]: merged.root } as Record<Side, RootRef>;
    const applied = await carryOut(resolving, pair, [transition], trash);
    transitions.push(transition);
    outcomes.push(...applied.outcomes);
    for (const each of applied.unflushed) unflushed.add(each);
  }
  const applied = { outcomes: Outcomes.of(outcomes), unflushed, isAstray: false };
  return record(resolving, transitions, applied);
}

async function contentRoot({ world }: Resolving, contentFile: string) {
  const folder = parentOf(contentFile) || '/';
  const name = nameOf(contentFile);
  const found = world.filesystem.stat(folder);
  const root = { path: folder, device: found?.device ?? 0, inode: found?.inode ?? 0 };
  const entry = found === null ? null : await inspected(world, root, name);
  if (entry?.kind !== 'file') throw syncError('not-found', { what: contentFile });
  return { root, name, entry };
}

/**
 * A choice is carried out whole or not at all (CR-14): where a part of it failed, the rest is taken
 * back, and the next session looks at its paths afresh.
 */
async function record(
  resolving: Resolving,
  transitions: readonly Transition[],
  applied: Applied,
): Promise<Json> {
  const outcomes = [...applied.outcomes];
  const undo = undoing(transitions, outcomes);
  if (applied.outcomes.areAllDone()) {
    await remember(resolving, transitions, applied);
  } else if (undo.length > 0) {
    const paths = transitions.map(({ path }) => path);
    await takeBack(resolving, undo, paths);
  }
  refuseFailures(transitions, outcomes);
  // Plain data already; the type of a change says `detail?`, which Json does not.
  return undo.map((transition) => encodeTransition(pairItem, transition)) as unknown as Json;
}

/** A baseline that is not believed stays as it is: the next session unites both sides anyway. */
async function remember(
  resolving: Resolving,
  transitions: readonly Transition[],
  applied: Applied,
): Promise<void> {
  const { world, survey } = resolving;
  if (survey.trust !== 'trusted') return;
  const those = Transitions.of(transitions);
  const done = { roots: rootsOf(resolving), transitions: those, ...applied, byHand: false };
  await conclude({ ...world, ...resolving, ...done });
}

function refuseFailures(transitions: readonly Transition[], outcomes: readonly Outcome[]): void {
  for (const [at, transition] of transitions.entries()) {
    const outcome = outcomes[at];
    if (outcome?.state !== 'failed') continue;
    const { side, path } = transition;
    const details = { side, path, bytes: bytesOf(transition), reason: outcome.reason };
    throw syncError(outcome.code as RefusalCode, details);
  }
}
