import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type PackedScan, unpackScan } from '../folder/core/scan-result.ts';
import { folderJobs } from '../folder/jobs.ts';
import { Meter } from '../folder/meter.ts';
import { SyncError } from '../model/error.ts';
import type { Crew } from '../ports/crew.ts';
import { trueClock } from './clock.ts';
import { openCrew } from './crew.ts';
import { disk } from './disk.ts';
import { sha256 } from './hasher.ts';
import { openInlineCrew } from './inline-crew.ts';

const entry = new URL('../worker.ts', import.meta.url);

const crews: Readonly<Record<string, () => Crew>> = {
  'a crew of threads': () => openCrew(entry, 2),
  'a crew without threads': () =>
    openInlineCrew({ filesystem: disk, clock: trueClock, sha256 }, folderJobs),
};

for (const [name, open] of Object.entries(crews)) {
  describe(name, () => {
    test('runs more jobs than it has lanes, each with its own answer', async () => {
      const root = mkdtempSync(join(tmpdir(), 'crew-'));
      for (let index = 0; index < 5; index++) writeFileSync(join(root, `${index}`), `${index}`);
      const crew = open();
      const inputs = Array.from({ length: 5 }, (_, index) => input(root, index));
      const answers = await Promise.all(inputs.map((one) => crew.run<PackedScan>('scan', one)));
      for (const answer of answers) assert.equal(unpackScan(answer).seen.size, 5);
      await crew.close();
      rmSync(root, { recursive: true });
    });

    test('says what a job threw, with code and retry class', async () => {
      const crew = open();
      await assert.rejects(crew.run('scan', input('/no/such/root', 0)), (error) => {
        assert.ok(error instanceof SyncError);
        assert.equal(error.code, 'folder-root-unseen');
        assert.equal(error.retry, 'needs-person');
        return true;
      });
      await assert.rejects(crew.run('no-such-job', {}), /no-such-job/);
      await assert.rejects(crew.run('scan', { root: () => '/' }), /could not be cloned/);
      await crew.close();
    });
  });
}

describe('a crew of threads', () => {
  test('rejects what runs and waits when it is closed, and everything after', async () => {
    const crew = openCrew(entry, 1);
    const jobs = [crew.run('scan', input('/', 0)), crew.run('scan', input('/', 1))];
    const outcomes = Promise.allSettled(jobs);
    await crew.close();
    for (const { status } of await outcomes) assert.equal(status, 'rejected');
    await assert.rejects(crew.run('scan', input('/', 2)), /closed/);
  });

  test('fails the job of a thread that died, and goes on with a new thread', async () => {
    const source = `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ id, job }) => {
        if (job === 'die') process.exit(3);
        parentPort.postMessage({ id, output: job });
      });`;
    const crew = openCrew(new URL(`data:text/javascript,${encodeURIComponent(source)}`), 1);
    const died = assert.rejects(crew.run('die', null), /code 3/);
    const next = crew.run('live', null);
    await died;
    assert.equal(await next, 'live');
    await crew.close();
  });

  test('whose entry cannot be loaded fails each job once', async () => {
    const crew = openCrew(new URL('data:text/javascript,throw new Error("broken")'), 1);
    await assert.rejects(crew.run('any', null), /broken/);
    await assert.rejects(crew.run('any', null), /broken/);
    await crew.close();
  });
});

function input(root: string, number: number): unknown {
  return {
    side: number % 2 === 0 ? 'left' : 'right',
    root,
    baseline: null,
    rules: [],
    rulesKey: '',
    trustListings: true,
    meter: new Meter().shared,
  };
}
