// From the verdict over a path to the transitions that bring it about.
import { type BothAbilities, contentOf, sameContent, within } from './change.ts';
import type { Draft } from './draft-plan.ts';
import { type BaseEntry, type Content, type Entry, otherSide, type Side, sides } from './entry.ts';
import type { Spot } from './spot.ts';

/** Makes the path on a side as it is on the other. */
export function makeLike(spot: Spot, side: Side, abilities: BothAbilities, draft: Draft): void {
  const { path } = spot;
  const here = spot[side];
  const source = spot[otherSide[side]];
  if (source === null) {
    if (here !== null) draft.deletions.push({ kind: 'delete', side, path, expected: here });
  } else if (here !== null && isSame(spot, here, source)) {
    const content = wanted(spot, side, source, abilities);
    if (setMetadata(spot, side, content, abilities, draft)) return;
    draft.agree(spot, bothHold(content, spot));
  } else {
    bring(spot, side, wanted(spot, side, source, abilities), draft);
  }
}

/** Brings the other side's content, with the permissions given. */
export function bring(spot: Spot, side: Side, content: Content, draft: Draft): void {
  const { path } = spot;
  const expected = spot[side];
  const source = spot[otherSide[side]];
  if (source === null) return;
  const moved = spot.move === null || spot.move.agreed ? {} : ({ moved: true } as const);
  const reading = { side, path, content, source, from: path, ...moved };
  if (expected === null) {
    const list = content.kind === 'folder' ? draft.structure[side] : draft.contents;
    list.push({ kind: 'create', ...reading });
  } else if (expected.kind === 'folder') {
    draft.clearings.push({ kind: 'update', expected, ...reading });
  } else {
    const list = content.kind === 'folder' ? draft.structure[side] : draft.contents;
    list.push({ kind: 'update', expected, ...reading });
  }
}

/** A side on which only mode or time changed holds the agreed bytes. */
function isSame(spot: Spot, here: Entry, source: Entry): boolean {
  if (here.kind !== source.kind) return false;
  if (here.kind !== 'file' || source.kind !== 'file') return sameContent(here, source);
  if (here.digest !== null && source.digest !== null) return sameContent(here, source);
  const edited = sides.filter((side) => isEdit(spot, side)).length;
  if (edited === 0) return true;
  return edited === 2 && sameContent(here, source);
}

export function isEdit(spot: Spot, side: Side): boolean {
  const change = side === 'left' ? spot.leftChange : spot.rightChange;
  return change === 'edited' || change === 'new';
}

/** A side that cannot hold permissions has none to pass on. */
function wanted(spot: Spot, side: Side, source: Entry, abilities: BothAbilities): Content {
  const content = contentOf(source);
  if (content.kind === 'link' || abilities[otherSide[side]].modes) return content;
  const known = spot.base?.content ?? spot[side];
  if (known === null || known.kind !== content.kind) return content;
  return { ...content, mode: known.mode };
}

/** Whether anything is to be set: what the side cannot hold is not (I24). */
export function setMetadata(
  spot: Spot,
  side: Side,
  content: Content,
  abilities: BothAbilities,
  draft: Draft,
): boolean {
  const expected = spot[side];
  const source = spot[otherSide[side]];
  if (expected === null || source === null) return false;
  if (!differs(expected, content, abilities, side)) return false;
  const { path } = spot;
  const moved = spot.move === null || spot.move.agreed ? {} : ({ moved: true } as const);
  draft.metadata.push({ kind: 'metadata', side, path, expected, content, source, ...moved });
  return true;
}

function differs(here: Entry, content: Content, abilities: BothAbilities, side: Side): boolean {
  if (here.kind === 'link' || content.kind === 'link') return false;
  if (abilities[side].modes && here.mode !== content.mode) return true;
  if (here.kind !== 'file' || content.kind !== 'file') return false;
  const step = Math.max(abilities.left.timeStepMs, abilities.right.timeStepMs);
  return !within(here.mtimeMs, content.mtimeMs, step);
}

export function bothHold(content: Content, { left, right }: Spot): BaseEntry | null {
  if (left === null || right === null) return null;
  return { content, left: left.signature, right: right.signature };
}
