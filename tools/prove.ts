// npm run prove: the whole proof on real input, tens of thousands of the system's own files and
// twenty kills. --in FOLDER says where; the temporary folder otherwise.
import { parseArgs } from 'node:util';
import { makePair } from '../test/e2e/proof/pair.ts';
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
    entries: { type: 'string', default: '60000' },
    kills: { type: 'string', default: '20' },
    mebibytes: { type: 'string', default: '1200' },
    keep: { type: 'boolean', default: false },
  },
});

const scale: Scale = {
  entries: Number(values.entries),
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
  say('proved');
} finally {
  if (values.keep) say(`kept: ${pair.left}`);
  else pair.remove();
}
