// Bugs that people have made in synchronizers, as changes to our source: what the simulations must find,
// each within so many seeds. They are made in a copy and never in the program itself (plant.ts).
import { classics } from './classics.ts';
import { otherBugs } from './other-bugs.ts';
import type { Patch } from './patch.ts';
import { ringBugs } from './ring-bugs.ts';
import { twinBugs } from './twin-bugs.ts';

export const patches: readonly Patch[] = [...classics, ...otherBugs, ...twinBugs, ...ringBugs];
