// The proof on real input, on a part of the system's own files; `npm run prove` takes all of them.
import { after, describe, test } from 'node:test';
import { makePair } from './proof/pair.ts';
import { system } from './proof/real-tree.ts';
import { editBothSides, firstSync, killAndResume, nothingToDo, type Scale } from './proof/story.ts';

const scale: Scale = {
  origins: system,
  entries: 5000,
  entriesMin: 1000,
  bytes: 60 * 2 ** 20,
  each: 20,
  conflicts: 5,
  kills: 5,
};
const seed = Number(process.env.SEED ?? 1);

describe('two sides with a real tree', () => {
  const pair = makePair();
  after(() => pair.remove());

  test('the first run brings all of it to the other side and changes nothing on this one', (t) => {
    firstSync(pair, scale, (text) => t.diagnostic(text));
  });

  test('the second run finds nothing to do', (t) => {
    nothingToDo(pair, (text) => t.diagnostic(text));
  });

  test('edits of every kind on both sides meet; conflicts stay as they are; again is the same', (t) => {
    editBothSides(pair, scale, seed, (text) => t.diagnostic(text));
  });

  test('I1 killed at random moments and run again, nothing is lost and nothing is left over', async (t) => {
    t.diagnostic(`SEED=${seed}`);
    await killAndResume(pair, scale, seed, (text) => t.diagnostic(text));
  });
});
