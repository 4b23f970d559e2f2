// What can happen to sessions of one partnership, and a course of it drawn from a seed.
import type { ItemId, ItemStatus } from '../../src/model/item.ts';

export const items: readonly ItemId[] = ['a', 'b', 'c'];
/** How long a handler may take after a stop. */
export const graceMs = 45_000;

/** `guarded`: with a plan that a guard stops, and nobody is there who may approve it. */
export type PrepareEnds = 'ready' | 'refused' | 'throws' | 'guarded';

export type Command =
  | { readonly kind: 'invoke'; readonly how: 'manual' | 'ask' | 'schedule' }
  | { readonly kind: 'confirm'; readonly chosen: readonly ItemId[] }
  | { readonly kind: 'prepare-returns'; readonly how: PrepareEnds | 'pends' }
  | { readonly kind: 'prepare-ends'; readonly how: PrepareEnds }
  | { readonly kind: 'synchronize-returns'; readonly how: 'done' | 'failed' | 'throws' | 'pends' }
  | { readonly kind: 'synchronize-ends'; readonly how: 'done' | 'failed' | 'throws' }
  | { readonly kind: 'progress'; readonly item: ItemId; readonly status: ItemStatus | null }
  | { readonly kind: 'skip'; readonly item: ItemId }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'stop' | 'pause' | 'resume' | 'crash' | 'late' };

/** Numbers from 0 to 1 that a seed determines (mulberry32). */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function commandsOf(seed: number, count: number): Command[] {
  const chance = chanceOf(seed);
  const one = <T>(choices: readonly T[]): T => choices[Math.floor(chance() * choices.length)] as T;
  const some = () => items.filter(() => chance() < 0.6);
  const statuses = ['updating', 'succeeded', 'failed', 'skipped', 'paused', null] as const;
  const makers: readonly [weight: number, make: () => Command][] = [
    [14, () => ({ kind: 'invoke', how: one(['manual', 'ask', 'schedule']) })],
    [8, () => ({ kind: 'confirm', chosen: some() })],
    [
      16,
      () => ({
        kind: 'prepare-returns',
        how: one(['ready', 'refused', 'throws', 'guarded', 'pends', 'pends', 'pends', 'pends']),
      }),
    ],
    [
      14,
      () => ({
        kind: 'prepare-ends',
        how: one(['ready', 'ready', 'ready', 'ready', 'refused', 'throws', 'guarded']),
      }),
    ],
    [
      14,
      () => ({
        kind: 'synchronize-returns',
        how: one(['done', 'failed', 'throws', 'pends', 'pends', 'pends']),
      }),
    ],
    [8, () => ({ kind: 'synchronize-ends', how: one(['done', 'done', 'failed', 'throws']) })],
    [20, () => ({ kind: 'progress', item: one([...items, 'z']), status: one(statuses) })],
    [14, () => ({ kind: 'skip', item: one([...items, 'z']) })],
    [4, () => ({ kind: 'stop' })],
    [4, () => ({ kind: 'pause' })],
    [5, () => ({ kind: 'resume' })],
    [5, () => ({ kind: 'wait', ms: one([10, 1_000, graceMs]) })],
    [1, () => ({ kind: 'crash' })],
    [3, () => ({ kind: 'late' })],
  ];
  const whole = makers.reduce((sum, [weight]) => sum + weight, 0);
  return Array.from({ length: count }, () => {
    let at = chance() * whole;
    const [, make] = makers.find(([weight]) => {
      at -= weight;
      return at < 0;
    }) as (typeof makers)[number];
    return make();
  });
}
