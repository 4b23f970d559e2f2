// All mutants of one core, or some, and what the tests said to each.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { Child } from './child.ts';
import type { Core } from './cores.ts';
import type { Mutant } from './instrument.ts';
import type { Job, Outcome } from './worker.ts';

export interface Tried {
  readonly mutants: readonly Mutant[];
  readonly outcomes: ReadonlyMap<number, Outcome>;
  readonly leftOut: readonly string[];
}

/** `choose`: which of them are tried, by their number. */
export async function tryCore(
  root: string,
  core: Core,
  choose: (mutants: readonly Mutant[]) => readonly number[],
): Promise<Tried> {
  const job = jobOf(root, core);
  let child = new Child(job);
  const { mutants, sights, leftOut } = await child.opened();
  const outcomes = new Map<number, Outcome>();
  for (const id of choose(mutants)) {
    const outcome = await child.try(id);
    outcomes.set(id, outcome ?? { by: 'it never ended', met: 1 });
    if (outcome !== null && !child.isWorn) continue;
    child.end();
    child = new Child({ ...job, sights });
    await child.opened();
  }
  child.end();
  return { mutants, outcomes, leftOut };
}

function jobOf(root: string, { folder, tests }: Core): Job {
  const inside = globSync(`${folder}/*.ts`, { cwd: root }).toSorted(byText);
  const isTest = (file: string) => file.endsWith('.test.ts');
  const at = (file: string) => join(root, file);
  return {
    files: inside.filter((file) => !isTest(file)).map(at),
    tests: [...inside.filter(isTest), ...globSync(tests, { cwd: root }).toSorted(byText)].map(at),
    sights: null,
  };
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}
