// What every implementation of ports/processes.ts must do, shown with real programs.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { Processes, ProgramStart, RunningProgram } from '../../src/ports/processes.ts';

const path = process.env.PATH ?? '';

export function processesConformance(title: string, processes: Processes): void {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-processes-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const started = (script: string, more: Partial<ProgramStart> = {}): Promise<RunningProgram> =>
    processes.start({
      program: 'sh',
      arguments: ['-c', script],
      folder,
      environment: { PATH: path },
      ...more,
    });

  describe(title, () => {
    test('what a program prints, and how it ended, is known', async () => {
      const program = await started('echo out; echo err >&2; exit 3');
      assert.deepEqual(
        await Promise.all([all(program.output), all(program.errors), program.ended]),
        ['out\n', 'err\n', { code: 3, signal: null }],
      );
    });

    test('what is written to a program is its input, to the end', async () => {
      const program = await started('cat');
      await program.write(Buffer.from('one '));
      await program.write(Buffer.from('two'));
      program.endInput();
      assert.equal(await all(program.output), 'one two');
      await program.ended;
    });

    test('a program that takes nothing more is told by a write that fails', async () => {
      const program = await started('exec <&-; sleep 30');
      const lots = Buffer.alloc(2 ** 20);
      await assert.rejects(async () => {
        for (let turn = 0; turn < 8; turn++) await program.write(lots);
      });
      program.signal('SIGKILL');
      await program.ended;
    });

    test('a program that does not read holds up whoever writes to it', async () => {
      const program = await started('read line; sleep 30');
      let taken = 0;
      const writing = (async () => {
        for (let turn = 0; turn < 16; turn++) {
          await program.write(Buffer.alloc(2 ** 20));
          taken += 1;
        }
      })().catch(() => {});
      await program.write(Buffer.from('\n')).catch(() => {});
      program.signal('SIGKILL');
      await program.ended;
      await writing;
      assert.ok(taken < 16, `${taken} MiB were taken`);
    });

    test('HN-18 a program sees the environment it is given, and nothing else', async () => {
      const program = await started('env', { environment: { PATH: path, ONLY: 'this' } });
      const names = (await all(program.output)).match(/^\w+(?==)/gm) ?? [];
      // A shell adds some of its own.
      const own = ['PWD', 'OLDPWD', 'SHLVL', '_'];
      assert.deepEqual(names.filter((name) => !own.includes(name)).sort(), ['ONLY', 'PATH']);
    });

    test('HN-01 a program that is missing, may not run or cannot run is refused with its name', async () => {
      const file = join(folder, 'data');
      writeFileSync(file, 'no program');
      for (const program of ['no-such-program', file]) {
        await assert.rejects(started('', { program }), { code: 'program-unusable' });
      }
      await assert.rejects(started('', { folder: join(folder, 'none') }), {
        code: 'program-unusable',
      });
    });

    test('HN-15 a signal reaches the children of a program, also when it has ended itself', async () => {
      const program = await started('sleep 100 >/dev/null 2>&1 & echo $!; exec >&-');
      const child = Number(await all(program.output));
      await program.ended;
      assert.ok(isThere(child));
      program.signal('SIGKILL');
      await gone(child);
    });

    test('a process is known again by more than its number', async () => {
      const program = await started('exec sleep 100');
      assert.equal(processes.isRunning(program.identity), true);
      assert.equal(processes.isRunning({ ...program.identity, startedAt: 'long ago' }), false);
      program.signal('SIGKILL');
      assert.deepEqual(await program.ended, { code: null, signal: 'SIGKILL' });
      assert.equal(processes.isRunning(program.identity), false);
    });

    test('what an earlier process left is ended, children too; a stranger with its number is not', async () => {
      const program = await started('sleep 100 >/dev/null 2>&1 & echo $!; exec >&-; wait');
      const child = Number(await all(program.output));
      processes.endLeftOver({ ...program.identity, startedAt: 'long ago' });
      assert.ok(isThere(child));
      processes.endLeftOver(program.identity);
      await program.ended;
      await gone(child);
    });

    test('a bound on memory is kept by the system', async () => {
      const program = await started('tail /dev/zero', { limits: { memoryBytes: 256 * 2 ** 20 } });
      const { code } = await program.ended;
      assert.notEqual(code, 0);
    });
  });
}

async function all(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString();
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Who was ended is there until somebody has taken note of it. */
async function gone(pid: number): Promise<void> {
  for (let turn = 0; turn < 500 && isThere(pid); turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.ok(!isThere(pid), `${pid} is still there`);
}
