// What can be said after a session of the real engine on virtual disks, and once nothing moves any more.
import { type Side, sides } from '../../../src/folder/core/entry.ts';
import { isReserved, isWithin } from '../../../src/folder/core/path.ts';
import type { Mode } from '../../../src/folder/core/plan.ts';
import type { ConflictDraft } from '../../../src/model/conflict.ts';
import { isEnding, type Session } from '../../../src/model/session.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { View } from '../../support/virtual/view.ts';
import { isRelated } from '../rules.ts';
import { waitsElsewhere } from '../tree-invariants.ts';
import { Violation } from '../violation.ts';
import { pair } from './computer.ts';

export interface Looks {
  readonly visible: Readonly<Record<Side, ReadonlyMap<string, string>>>;
  /** Of what a person can see, by the program. */
  readonly changes: number;
  readonly agreed: ReadonlyMap<string, string>;
}

export function checkSession(session: Session, before: Looks, after: Looks): void {
  const { phase, result } = session;
  if (!isEnding(phase)) throw new Violation('S2', `a session that is ${phase}`);
  if (result?.error?.code === 'internal') throw new Violation('S15', result.error.text);
  if (phase === 'halted' && after.changes > 0) {
    throw new Violation('I17', `${after.changes} changes in a session that was halted`);
  }
  if (phase === 'halted' && before.agreed.size !== after.agreed.size) {
    throw new Violation('I17', 'a session that was halted wrote a baseline');
  }
  const problems = (result?.problems ?? 0) + (result?.conflicts ?? 0);
  if (phase === 'succeeded' && result?.error != null && problems > 0) {
    throw new Violation('S13', 'succeeded with problems');
  }
}

/**
 * I13: at and below what was asked for and not shown nothing is deleted, and what was agreed on stays so.
 * A folder whose own stamps prove that no name came or went is not asked for. A file that a run which was
 * cut off left under two names loses the newer one before anything is looked at.
 */
export function checkBlind(
  blind: string,
  before: Looks,
  after: Looks,
  { followsCut }: { readonly followsCut: boolean },
): void {
  const [, , ...names] = blind.split('/');
  const hidden = new Set([names.join('/')]);
  for (const side of sides) {
    const seen = [...before.visible[side]];
    for (const [path, token] of seen) {
      if (!isWithin(path, hidden)) continue;
      if (followsCut && seen.some(([other, its]) => other !== path && its === token)) continue;
      if (after.visible[side].get(path) !== token) {
        throw new Violation('I13', `${side} ${path} below ${blind}, which could not be listed`);
      }
    }
  }
  for (const [path, token] of before.agreed) {
    const now = after.agreed.get(path);
    if (isWithin(path, hidden) && now !== undefined && now !== token) {
      throw new Violation('I13', `${path} was agreed on below ${blind}`);
    }
  }
}

export interface AtRest {
  readonly session: Session | null;
  readonly changes: number;
  readonly bytes: number;
  readonly mode: Mode;
  readonly store: Store;
  readonly views: Readonly<Record<Side, View>>;
}

/** I6, I7, I24. */
export async function checkConverged(rest: AtRest): Promise<void> {
  const { session, changes, bytes, mode, store, views } = rest;
  if (session === null) throw new Violation('S2', 'the last session never ended');
  if ((changes > 0 || bytes > 0) && !(await waitsForHands(store, session.id))) {
    const counts = JSON.stringify(session.result?.counts);
    throw new Violation('I7', `${changes} changes, ${bytes} bytes at rest: ${counts}`);
  }
  if (mode === 'one-way-safe' || mode === 'contribute') return;
  const { open, moved } = await openPaths(store, session.id);
  for (const path of new Set(sides.flatMap((side) => views[side].paths()))) {
    if (isReserved(path) || isRelated(path, open) || waitsElsewhere(path, views, open)) continue;
    const [left, right] = sides.map((side) => views[side].get(path));
    // A move against a deletion has only one place, and where it came from is not told.
    if (moved && (left === null || right === null)) continue;
    if (left?.kind !== right?.kind || left?.token !== right?.token) {
      const said = [left, right].map((node) => `${node?.kind} ${node?.token}`).join(', ');
      throw new Violation('I6', `${path} differs: ${said}; open: ${[...open].join(' ')}`);
    }
  }
}

/** A folder that something keeps is tried again each time, until the person removes what is in it. */
async function waitsForHands(store: Store, session: string): Promise<boolean> {
  const lines = await store.log.list({ session, levels: ['error'] });
  return lines.some(({ code }) => code === 'folder-not-empty');
}

/** Paths of open conflicts, and of what this session said cannot be carried. */
async function openPaths(store: Store, session: string) {
  const conflicts = await store.conflicts.list({ partnership: pair, states: ['open'] });
  const lines = await store.log.list({ session, levels: ['error'] });
  const paths = placesOf(conflicts);
  for (const { subject } of lines) if (subject !== null) paths.add(subject);
  const moved = conflicts.some(({ versions }) => versions.some(({ present }) => !present));
  return { open: paths, moved };
}

/** Where conflicts stand, on both sides. */
export function placesOf(
  conflicts: readonly Pick<ConflictDraft, 'subject' | 'versions'>[],
): Set<string> {
  const paths = new Set<string>();
  for (const { subject, versions } of conflicts) {
    paths.add(subject);
    for (const { location } of versions) {
      const at = location?.replace(/^\/(left|right)\//, '');
      if (at !== undefined) paths.add(at);
    }
  }
  return paths;
}
