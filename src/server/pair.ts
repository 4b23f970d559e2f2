// The partnership behind `sync LEFT RIGHT`. Its identity is the pair of real paths, in order: however
// a person writes the two folders, the baseline of last time is found again.
import type { PairDraft, PartnershipShape } from '../api/shapes.ts';
import { syncError } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import { plainTerms } from '../model/terms.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { LocalDeps } from './local-deps.ts';
import { type Root, rootAt } from './root.ts';
import { partnershipShape } from './shaping.ts';

export async function ensurePair(
  deps: LocalDeps,
  draft: PairDraft,
  passing: Set<string>,
): Promise<PartnershipShape & { readonly rightWasMissing: boolean }> {
  const { filesystem, store, manager } = deps;
  const left = rootAt(filesystem, draft.left);
  const right = rootAt(filesystem, draft.right);
  refuseNesting(left.path, right.path);
  const key = deps.digest(`${left.path}\0${right.path}`);
  const known = await store.partnerships.get(idOf(key));
  requireRoots([left, right], known !== null);
  const standsIn = !right.exists && draft.lookOnly;
  if (!right.exists && !standsIn) makeRoot(filesystem, right);
  const paths = { left: left.path, right: standsIn ? deps.emptyFolder() : right.path };
  const id = standsIn ? `look-${key.slice(0, 32)}` : idOf(key);
  if (standsIn) passing.add(id);
  const name = `${lastName(left.path)}~${lastName(right.path)}-${key.slice(0, 6)}`;
  const partnership = { ...(await pairPartnership(deps, { ...draft, ...paths }, known)), id, name };
  if (known === null || !sameSettings(known, partnership)) await manager.put(partnership);
  return { ...partnershipShape(partnership), rightWasMissing: !right.exists };
}

const idOf = (key: string) => `pair-${key.slice(0, 32)}`;

async function pairPartnership(
  { configuration, clock }: LocalDeps,
  draft: PairDraft,
  known: Partnership | null,
): Promise<Omit<Partnership, 'id' | 'name'>> {
  return {
    handler: 'folder',
    settings: {
      ...(await configuration.pairSettings(draft)),
      ...(draft.merge ? { merge: true } : {}),
      ...(draft.fullScan ? { fullScan: true } : {}),
    },
    enabled: true,
    triggers: [],
    terms: plainTerms,
    resources: [],
    approve: 'guarded',
    createdAt: known?.createdAt ?? clock.now(),
    adHoc: true,
  };
}

/** A folder that was there before and is gone is no reason to make an empty one (FS-01). */
function requireRoots([left, right]: readonly [Root, Root], known: boolean): void {
  const gone = [left, right].find(({ exists }) => !exists);
  if (known && gone !== undefined) throw syncError('pair-root-gone', { path: gone.path });
  if (!left.exists) throw syncError('not-found', { what: `The folder ${left.path}` });
}

function makeRoot(filesystem: Filesystem, { path }: Root): void {
  try {
    filesystem.makeFolders(path);
  } catch (thrown) {
    throw syncError('usage', { what: `${path} cannot be made: ${String(thrown)}` }, thrown);
  }
}

function refuseNesting(left: string, right: string): void {
  if (left === right) {
    throw syncError('usage', { what: `${left} and ${right} are the same folder.` });
  }
  const inside = (inner: string, outer: string) =>
    inner.startsWith(outer.endsWith('/') ? outer : `${outer}/`);
  if (inside(left, right) || inside(right, left)) {
    throw syncError('usage', { what: `One of ${left} and ${right} lies inside the other.` });
  }
}

const lastName = (path: string) =>
  (path.split(/[\\/]/).findLast((name) => name !== '') ?? 'root').slice(0, 48);

function sameSettings(known: Partnership, next: Partnership): boolean {
  return (
    known.name === next.name && JSON.stringify(known.settings) === JSON.stringify(next.settings)
  );
}
