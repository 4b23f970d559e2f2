// What both roots can hold: remembered, or probed where the root or its disk is another by now.
import type { Crew } from '../ports/crew.ts';
import { type Side, sides } from './core/entry.ts';
import { ownWindowMs } from './core/signature.ts';
import type { Traits } from './core/traits.ts';
import type { KnownRoot, PairState } from './pair.ts';
import type { ProbeInput } from './probe.ts';
import type { RootPresent } from './roots.ts';

/** Null where nothing could be probed. */
export type BothTraits = Readonly<Record<Side, Traits | null>>;

export async function traitsOf(
  crew: Crew,
  roots: Readonly<Record<Side, RootPresent>>,
  pair: PairState | null,
): Promise<BothTraits> {
  const one = async (side: Side): Promise<Traits | null> => {
    const known = traitsKnown(roots[side], pair?.roots[side]);
    if (known !== null) return known;
    const { path, device, inode } = roots[side];
    const input: ProbeInput = { root: { path, device, inode } };
    return crew.run<Traits | null>('probe', input);
  };
  const [left, right] = await Promise.all([one('left'), one('right')]);
  return { left, right };
}

function traitsKnown({ device, inode }: RootPresent, known?: KnownRoot): Traits | null {
  const isSame = known?.device === device && known.inode === inode;
  return isSame ? (known.traits ?? null) : null;
}

/** On a disk with coarse times, what was made a moment ago could be changed again within one step. */
export function withWindows(
  roots: Readonly<Record<Side, RootPresent>>,
  traits: BothTraits,
): Readonly<Record<Side, RootPresent>> {
  const one = (side: Side): RootPresent => {
    const stepMs = traits[side]?.abilities.timeStepMs ?? 0;
    return stepMs > ownWindowMs ? { ...roots[side], windowMs: stepMs } : roots[side];
  };
  return { left: one('left'), right: one('right') };
}

/** Whether something was learned that is not remembered yet. */
export function areNews(traits: BothTraits | null, pair: PairState): boolean {
  return sides.some((side) => {
    const now = traits?.[side] ?? null;
    return now !== null && now !== pair.roots[side].traits;
  });
}
