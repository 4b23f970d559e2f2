import { test } from 'node:test';
import { simulateSessionSeed } from './session.ts';

const first = Number(process.env.SEED ?? 1);
const count = process.env.SEED === undefined ? 150 : 1;

test('I17 S1 to S15 under drawn courses the manager does what the model says', async () => {
  for (let seed = first; seed < first + count; seed += 1) await simulateSessionSeed(seed);
});
