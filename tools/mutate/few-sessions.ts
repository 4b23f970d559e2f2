// A few drawn courses of sessions, quick enough to be met by every mutant of the session machine.
import { test } from 'node:test';
import { simulateSessionSeed } from '../../test/simulation/session.ts';

test('seeds 1 to 8 of the sessions hold', async () => {
  for (let seed = 1; seed <= 8; seed += 1) await simulateSessionSeed(seed);
});
