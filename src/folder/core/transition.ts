// From the verdict over a path to the transitions that bring it about.
import { type BothAbilities, contentOf, sameContent, within } from './change.ts';
import type { Draft } from './draft-plan.ts';
import { type Content, type Entry, otherSide, type Side } from './entry.ts';
import type { Spot } from './spot.ts';

/** Makes the path on a side as it is on the other. */
export function makeLike(spot: Spot, side: Side, abilities: BothAbilities, draft: Draft): void {
  const { path } = spot;
  const here = spot[side];
  const source = spot[otherSide[side]];
  if (source === null) {
    if (here !== null) draft.deletions.push({ kind: 'delete', side, path, expected: here });
    return;
  }
  const content = wanted(spot, side, source, abilities);
  if (here === null) {
    const list = content.kind === 'folder' ? draft.structure : draft.contents;
    list.push({ kind: 'create', side, path, content, source, from: path });
  } else if (isSame(spot, here, source, abilities)) {
    settleMetadata(spot, side, here, content, source, abilities, draft);
  } else {
    const list =
      here.kind === 'folder'
        ? draft.clearings
        : content.kind === 'folder'
          ? draft.structure
          : draft.contents;
    list.push({ kind: 'update', side, path, expected: here, content, source, from: path });
  }
}

/** A file compared with one that differs from it by a known change needs no second comparison. */
function isSame(spot: Spot, here: Entry, source: Entry, abilities: BothAbilities): boolean {
  if (here.kind !== source.kind) return false;
  if (here.kind !== 'file') return sameContent(here, source, abilities);
  if (spot.leftChange !== 'edited' && spot.rightChange !== 'edited') {
    return spot.base !== null || sameContent(here, source, abilities);
  }
  return sameContent(here, source, abilities) && spot.leftChange === spot.rightChange;
}

/** A side that cannot hold permissions has none to pass on. */
function wanted(spot: Spot, side: Side, source: Entry, abilities: BothAbilities): Content {
  const content = contentOf(source);
  if (content.kind === 'link' || abilities[otherSide[side]].modes) return content;
  const known = spot[side] ?? spot.base?.content;
  if (known === undefined || known.kind !== content.kind) return content;
  return { ...content, mode: known.mode };
}

function settleMetadata(
  spot: Spot,
  side: Side,
  here: Entry,
  content: Content,
  source: Entry,
  abilities: BothAbilities,
  draft: Draft,
): void {
  if (needsMetadata(here, content, abilities, side)) {
    draft.metadata.push({
      kind: 'metadata',
      side,
      path: spot.path,
      expected: here,
      content,
      source,
    });
  } else {
    const signatures = {
      [side]: here.signature,
      [otherSide[side]]: source.signature,
    } as Record<Side, Entry['signature']>;
    draft.agreements.push({ path: spot.path, base: { content, ...signatures } });
  }
}

function needsMetadata(
  here: Entry,
  content: Content,
  abilities: BothAbilities,
  side: Side,
): boolean {
  if (here.kind === 'link' || content.kind === 'link') return false;
  if (abilities[side].modes && here.mode !== content.mode) return true;
  if (here.kind !== 'file' || content.kind !== 'file') return false;
  const step = Math.max(abilities.left.timeStepMs, abilities.right.timeStepMs);
  return !within(here.mtimeMs, content.mtimeMs, step);
}

/**
 * Equal content that both sides have: the times may differ, the permissions may not. Read and write
 * are what both allow; a script stays executable if it is so on either side.
 */
export function mergedMode(spot: Spot, abilities: BothAbilities, draft: Draft): void {
  const { left, right, path } = spot;
  if (left === null || right === null) return;
  const content = agreed(spot, left, right, abilities);
  let changes = 0;
  for (const side of ['left', 'right'] as const) {
    const here = spot[side] as Entry;
    if (here.kind === 'link' || content.kind === 'link') continue;
    if (!abilities[side].modes || here.mode === content.mode) continue;
    const source = spot[otherSide[side]] as Entry;
    const keepsTime =
      here.kind === 'file' && content.kind === 'file'
        ? { ...content, mtimeMs: here.mtimeMs }
        : content;
    draft.metadata.push({
      kind: 'metadata',
      side,
      path,
      expected: here,
      content: keepsTime,
      source,
    });
    changes += 1;
  }
  if (changes > 0) return;
  const base = { content, left: left.signature, right: right.signature };
  draft.agreements.push({ path, base });
}

function agreed(spot: Spot, left: Entry, right: Entry, abilities: BothAbilities): Content {
  const a = contentOf(left);
  const b = contentOf(right);
  if (a.kind === 'link' || b.kind === 'link') return a;
  const mode = agreedMode(spot, a.mode, b.mode, abilities);
  if (a.kind === 'folder' || b.kind === 'folder') return { kind: 'folder', mode };
  return {
    kind: 'file',
    size: a.size,
    mtimeMs: Math.min(a.mtimeMs, b.mtimeMs),
    mode,
    digest: a.digest ?? b.digest,
  };
}

function agreedMode(spot: Spot, left: number, right: number, abilities: BothAbilities): number {
  if (!abilities.left.modes) return right;
  if (!abilities.right.modes || left === right) return left;
  const base = spot.base?.content;
  if (base !== undefined && base.kind !== 'link') {
    if (base.mode === left) return right;
    if (base.mode === right) return left;
  }
  const readable = left & right & 0o7666;
  return readable | ((left | right) & 0o111 & (readable >> 2));
}
