// npm run prove: the whole proof on real input, at least 60,000 entries of the system's files and of this
// checkout, and twenty kills. --in FOLDER says where; the temporary folder otherwise.
import { parseArgs } from 'node:util';
import { makePair } from '../test/e2e/proof/pair.ts';
import { checkout, system } from '../test/e2e/proof/real-tree.ts';
import {
  editBothSides,
  firstSync,
  killAndResume,
  nothingToDo,
  type Scale,
} from '../test/e2e/proof/story.ts';

const { values } = parseArgs({
  options: {
    in: { type: 'string' },
    seed: { type: 'string', default: '1' },
    entries: { type: 'string', default: '66000' },
    kills: { type: 'string', default: '20' },
    mebibytes: { type: 'string', default: '3000' },
    keep: { type: 'boolean', default: false },
  },
});

const scale: Scale = {
  origins: [...checkout, ...system],
  entries: Number(values.entries),
  entriesMin: Math.min(60_000, Number(values.entries)),
  bytes: Number(values.mebibytes) * 2 ** 20,
  each: 100,
  conflicts: 20,
  kills: Number(values.kills),
};
const seed = Number(values.seed);
const say = (text: string) => process.stdout.write(`${text}\n`);
const pair = makePair(values.in);
try {
  say(`seed ${seed}`);
  firstSync(pair, scale, say);
  nothingToDo(pair, say);
  editBothSides(pair, scale, seed, say);
  await killAndResume(pair, scale, seed, say);
  say(`proved: nothing was lost, nothing left behind, ${scale.kills} kills`);
} finally {
  if (values.keep) say(`kept: ${pair.left}`);
  else pair.remove();
}
