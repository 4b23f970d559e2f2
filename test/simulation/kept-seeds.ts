// Seeds that failed once, by the world they failed in: they run before all others.
import { readFileSync } from 'node:fs';

export type World = 'planner' | 'session' | 'engine';

export function keptSeeds(world: World): number[] {
  const text = readFileSync(new URL('seeds.txt', import.meta.url), 'utf8');
  const lines = text.matchAll(/^(planner|session|engine) (\d+) /gm);
  return [...lines].filter(([, of]) => of === world).map(([, , seed]) => Number(seed));
}
