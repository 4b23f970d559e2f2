// All kinds of attempts, each with its share of a number.
import { type Tried, tryDisk, tryRules } from './attempts.ts';
import { tryBatches, tryRuns } from './batches.ts';
import { Ground } from './ground.ts';

export const kinds = ['rules', 'disk', 'batches', 'runs'] as const;
export type Kind = (typeof kinds)[number];

/** Of each kind as much of the whole. */
export const shares: Readonly<Record<Kind, number>> = {
  rules: 0.4,
  disk: 0.35,
  batches: 0.2,
  runs: 0.05,
};

export async function tryEscapes(kind: Kind, seed: number, attempts: number): Promise<Tried> {
  if (kind === 'rules') return tryRules(seed, attempts);
  const ground = new Ground();
  try {
    if (kind === 'disk') return await tryDisk(ground, seed, attempts);
    if (kind === 'batches') return await tryBatches(ground, seed, attempts);
    return await tryRuns(ground, attempts);
  } finally {
    ground.remove();
  }
}
