// What UpdateItems accepted is not lost, whatever happens to the process: killed for good, with
// SIGKILL, before the work began and in the middle of it.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';

const program = join(import.meta.dirname, '..', 'fixtures', 'mobsync-program.ts');

type Line = Readonly<Record<string, unknown>>;

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'syncmgr-restart-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Runs the program until it has said its last word, or is killed at that line. */
async function run(
  wishes: readonly string[],
  isDeadly: (line: Line) => boolean = () => false,
): Promise<Line[]> {
  const child = spawn(process.execPath, [program, ...wishes], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  const lines: Line[] = [];
  for await (const text of createInterface({ input: child.stdout })) {
    const line: Line = JSON.parse(text);
    lines.push(line);
    // A moment later, so that what began is in the store.
    if (isDeadly(line)) setTimeout(() => child.kill('SIGKILL'), 200);
  }
  await exit;
  return lines;
}

const cookie = '00ff8000010203';
const initialized = { told: 'Initialize', event: 5, cookie };
const told = (lines: readonly Line[]) => lines.filter((line) => 'told' in line);

test('a request whose process dies before its work arrives after the restart', async (t) => {
  const store = folder(t);
  let answers = 0;
  const before = await run([store, 'choose', `update=${cookie}`, 'hang'], ({ answered }) => {
    if (answered === 0) answers += 1;
    return answers === 2;
  });
  assert.ok(!before.some((line) => line.cookie === cookie), 'its turn had not come');
  const after = await run([store, 'serve']);
  assert.deepEqual(
    told(after)
      .filter((line) => line.told === 'Initialize')
      .at(-1),
    initialized,
  );
  assert.deepEqual(told(after).at(-1), { told: 'Synchronize' });
  assert.deepEqual(after.at(-1), { sessions: ['interrupted', 'declined', 'succeeded'] });
});

test('a request whose process dies in the middle of its work is carried out again', async (t) => {
  const store = folder(t);
  const before = await run(
    [store, `update=${cookie}`, 'hang'],
    (line) => line.told === 'Synchronize',
  );
  assert.deepEqual(told(before), [initialized, { told: 'Synchronize' }]);
  const after = await run([store, 'serve']);
  assert.deepEqual(after, [
    initialized,
    { told: 'Synchronize' },
    { sessions: ['interrupted', 'succeeded'] },
  ]);
});
