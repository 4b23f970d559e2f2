// The partnership behind `sync LEFT RIGHT`. Its identity is the pair of real paths, in order: however
// a person writes the two folders, the baseline of last time is found again.
import type { PairDraft, PartnershipShape } from '../api/shapes.ts';
import { syncError } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { LocalDeps } from './local-deps.ts';
import { partnershipShape } from './shaping.ts';

export async function ensurePair(
  deps: LocalDeps,
  draft: PairDraft,
): Promise<PartnershipShape & { readonly madeRight: boolean }> {
  const { filesystem, store, manager, clock } = deps;
  const left = existingRoot(filesystem, draft.left);
  const rightThere = existingRootOrNull(filesystem, draft.right);
  const right = rightThere ?? futureRoot(filesystem, draft.right);
  refuseNesting(left, right);
  const key = deps.digest(`${left}\0${right}`);
  const known = await store.partnerships.get(`pair-${key.slice(0, 32)}`);
  if (rightThere === null) makeRight(filesystem, right, { known: known !== null, draft });
  const partnership: Partnership = {
    id: `pair-${key.slice(0, 32)}`,
    name: `${lastName(left)}~${lastName(right)}-${key.slice(0, 6)}`,
    handler: 'folder',
    settings: {
      ...deps.configuration.pairSettings({ ...draft, left, right }),
      ...(draft.merge ? { merge: true } : {}),
    },
    enabled: true,
    triggers: [],
    resources: [],
    approve: 'guarded',
    createdAt: known?.createdAt ?? clock.now(),
    adHoc: true,
  };
  if (known === null || !sameSettings(known, partnership)) await manager.put(partnership);
  return { ...partnershipShape(partnership), madeRight: rightThere === null };
}

function existingRoot(filesystem: Filesystem, path: string): string {
  const found = existingRootOrNull(filesystem, path);
  if (found === null) throw syncError('not-found', { what: `The folder ${path}` });
  return found;
}

function existingRootOrNull(filesystem: Filesystem, path: string): string | null {
  let real: string;
  try {
    real = filesystem.realPath(path);
  } catch (thrown) {
    if ((thrown as { readonly code?: string }).code === 'ENOENT') return null;
    throw syncError('usage', { what: `${path} cannot be opened: ${String(thrown)}` }, thrown);
  }
  if (filesystem.stat(real)?.kind === 'directory') return real;
  throw syncError('usage', { what: `${path} is not a folder.` });
}

/** Where a missing folder will stand: its parent must be there. */
function futureRoot(filesystem: Filesystem, path: string): string {
  const trimmed = path.replace(/[\\/]+$/, '');
  const cut = Math.max(trimmed.lastIndexOf('/'), trimmed.lastIndexOf('\\'));
  const above = cut < 0 ? '.' : trimmed.slice(0, cut) || '/';
  const parent = existingRootOrNull(filesystem, above);
  const name = trimmed.slice(cut + 1);
  if (parent === null || name === '' || name === '..') {
    throw syncError('not-found', { what: `The folder ${path}` });
  }
  return parent.endsWith('/') ? parent + name : `${parent}/${name}`;
}

interface Missing {
  readonly known: boolean;
  readonly draft: PairDraft;
}

/** A folder that was there before and is gone is no reason to make an empty one (FS-01). */
function makeRight(filesystem: Filesystem, right: string, { known, draft }: Missing): void {
  if (known) {
    const what = `${draft.right} was synchronized before and is gone now (is its disk mounted?). The folder`;
    throw syncError('not-found', { what });
  }
  if (draft.lookOnly) {
    const what = `${draft.right} does not exist yet. The first real run makes it and copies everything from ${draft.left}; a dry run makes nothing.`;
    throw syncError('usage', { what });
  }
  filesystem.makeFolders(right);
}

function refuseNesting(left: string, right: string): void {
  if (left === right)
    throw syncError('usage', { what: `${left} and ${right} are the same folder.` });
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
