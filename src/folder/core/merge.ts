// Both sides changed a path and both have something there: agreement, a merge of content and
// permissions, or a conflict.
import { type BothAbilities, contentOf, sameContent } from './change.ts';
import { dispute, linkWithoutPlace } from './dispute.ts';
import type { Draft } from './draft-plan.ts';
import { type Content, type Entry, otherSide, type Side, sides } from './entry.ts';
import type { PlanningInput } from './plan.ts';
import type { Spot } from './spot.ts';
import { bothHold, bring, isEdit, setMetadata } from './transition.ts';

export function merge(spot: Spot, input: PlanningInput, draft: Draft): void {
  const { left, right } = spot;
  if (left === null || right === null) return;
  const edited = { left: isEdit(spot, 'left'), right: isEdit(spot, 'right') };
  if (left.kind !== right.kind) {
    mergeKinds(spot, input, draft, edited);
  } else if (edited.left !== edited.right && left.kind === 'file') {
    mergeEdit(spot, edited.left ? 'left' : 'right', input, draft);
  } else if (edited.left && edited.right && !sameContent(left, right)) {
    dispute(spot, input, draft);
  } else {
    agree(spot, left, right, input, draft);
  }
}

/** A mere change of time is no claim to the path; one of permissions is. */
function mergeKinds(
  spot: Spot,
  input: PlanningInput,
  draft: Draft,
  edited: Readonly<Record<Side, boolean>>,
): void {
  const { left, right } = spot;
  if (left === null || right === null) return;
  for (const side of linkWithoutPlace({ left, right }, input.abilities) ? [] : sides) {
    const other = spot[`${otherSide[side]}Change`];
    if (edited[side] && other === 'touched' && writes(input, otherSide[side])) {
      const source = side === 'left' ? left : right;
      // What is in a folder that is not brought waits with it.
      if (spot.blockedBelow) draft.hold(spot.path);
      else bring(spot, otherSide[side], contentOf(source), draft);
      return;
    }
  }
  dispute(spot, input, draft);
}

/** New bytes on one side, other permissions or another time on the other: both are kept. */
function mergeEdit(spot: Spot, editor: Side, input: PlanningInput, draft: Draft): void {
  const other = otherSide[editor];
  const source = spot[editor];
  if (source?.kind !== 'file' || !writes(input, other)) return;
  const content = { ...contentOf(source), mode: agreedMode(spot, input) };
  bring(spot, other, content, draft);
  if (writes(input, editor)) setMetadata(spot, editor, content, input.abilities, draft);
}

/**
 * Equal content: the times may differ, for no clock is asked (I23); the permissions may not. Read
 * and write are what both allow; a script stays executable if it is so on either side.
 */
function agree(spot: Spot, left: Entry, right: Entry, input: PlanningInput, draft: Draft): void {
  const content = agreedContent(spot, left, right, input);
  let changes = 0;
  for (const side of sides) {
    if (!writes(input, side)) continue;
    const here = spot[side];
    const keepsTime =
      here?.kind === 'file' && content.kind === 'file'
        ? { ...content, mtimeMs: here.mtimeMs }
        : content;
    if (setMetadata(spot, side, keepsTime, input.abilities, draft)) changes += 1;
  }
  if (changes === 0) draft.agree(spot, bothHold(content, spot));
}

function writes({ mode }: PlanningInput, side: Side): boolean {
  return side === 'right' || mode === 'two-way-safe' || mode === 'two-way-resolved';
}

function agreedContent(spot: Spot, left: Entry, right: Entry, input: PlanningInput): Content {
  const one = contentOf(left);
  const other = contentOf(right);
  if (one.kind === 'link' || other.kind === 'link') return one;
  const mode = agreedMode(spot, input);
  if (one.kind === 'folder' || other.kind === 'folder') return { kind: 'folder', mode };
  const mtimeMs = Math.min(one.mtimeMs, other.mtimeMs);
  return { ...one, mtimeMs, mode, digest: one.digest ?? other.digest };
}

function agreedMode(spot: Spot, input: PlanningInput): number {
  const left = modeOn(spot, 'left', input.abilities);
  const right = modeOn(spot, 'right', input.abilities);
  if (left === null || right === null) return left ?? right ?? 0o644;
  if (left === right || !writes(input, 'left')) return left;
  const base = spot.base?.content;
  if (base !== undefined && base.kind !== 'link') {
    if (base.mode === left) return right;
    if (base.mode === right) return left;
  }
  const common = left & right & 0o7666;
  return common | ((left | right) & 0o111 & (common >> 2));
}

/** Null where the side cannot hold permissions. */
function modeOn(spot: Spot, side: Side, abilities: BothAbilities): number | null {
  const entry = spot[side];
  return entry === null || entry.kind === 'link' || !abilities[side].modes ? null : entry.mode;
}
