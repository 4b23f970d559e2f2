// Twenty thousand drawn courses of calls, from well to wild, end well. A failure prints its seed;
// SEED=… replays it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

const seed = Number(process.env.SEED ?? 20_261_120);
const runs = 10_000;
const program = join(import.meta.dirname, '..', 'fixtures', 'mobsync-courses.ts');

test(`${2 * runs} wild courses end well (SEED=${seed})`, async () => {
  const halves = [seed, seed + 1].map((each) =>
    promisify(execFile)(process.execPath, [program, String(each), String(runs)]),
  );
  await Promise.all(halves);
});
