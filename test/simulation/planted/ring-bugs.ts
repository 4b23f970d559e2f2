// Bugs that show where several pairs share a folder.
import type { Patch } from './patch.ts';

export const ringBugs: readonly Patch[] = [
  {
    name: 'a marker is written over as it was when the root was looked at',
    world: 'ring',
    seeds: 100,
    breaks: ['CC-04'],
    file: 'src/folder/conclude.ts',
    take: "    marker: await crew.run<MarkerFound>('marker', roots[side]),",
    put: "    marker: (await crew.run<MarkerFound>('marker', roots[side])) && roots[side].marker,",
  },
  {
    name: 'what is taken back each time is carried for ever',
    world: 'ring',
    seeds: 100,
    breaks: ['I7'],
    file: 'src/folder/core/quarrel.ts',
    take: '  if (Math.abs(now - at) > quarrelMs) return false;',
    put: '  if (Math.abs(now - at) >= 0) return false;',
  },
];
