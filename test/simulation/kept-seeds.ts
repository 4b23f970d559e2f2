// Seeds that failed once, by the world they failed in: they run before all others. And those that still
// fail, each with the one invariant it breaks: told by every run, and missed as soon as they hold.
import { readFileSync } from 'node:fs';

export const worlds = ['planner', 'session', 'engine', 'twins', 'ring'] as const;
export type World = (typeof worlds)[number];

const named = worlds.join('|');

export function keptSeeds(world: World): number[] {
  const text = readFileSync(new URL('seeds.txt', import.meta.url), 'utf8');
  const lines = text.matchAll(new RegExp(`^(${named}) (\\d+) `, 'gm'));
  return [...lines].filter(([, of]) => of === world).map(([, , seed]) => Number(seed));
}

/** Only what comes to rest too late may stand there; where content is at stake a seed stops everybody. */
const mayStayOpen: readonly string[] = ['I6', 'I7'];

/** Seed → the invariant it still breaks. */
export function openSeeds(world: string): ReadonlyMap<number, string> {
  const text = readFileSync(new URL('open-seeds.txt', import.meta.url), 'utf8');
  const lines = [...text.matchAll(new RegExp(`^(${named}) (\\d+) (\\w+) `, 'gm'))];
  const own = lines.filter(([, of, , broken = '']) => of === world && mayStayOpen.includes(broken));
  return new Map(own.map(([, , seed, broken = '']) => [Number(seed), broken]));
}
