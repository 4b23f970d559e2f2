import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { type TestContext, test } from 'node:test';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import { disk } from '../platform/disk.ts';
import { processes } from '../platform/processes.ts';
import type { RunningProgram } from '../ports/processes.ts';
import { StartBook } from './start-book.ts';

function openBook(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-starts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const clock = new VirtualClock();
  const ports = { filesystem: disk, clock, processes, folder: join(folder, 'book') };
  return { clock, ports, book: new StartBook(ports), folder };
}

async function sleeper(t: TestContext, folder: string): Promise<RunningProgram> {
  const program = await processes.start({
    program: 'sleep',
    arguments: ['1000'],
    folder,
    environment: { PATH: process.env.PATH ?? '' },
  });
  t.after(() => program.signal('SIGKILL'));
  return program;
}

test('HN-14 failures are remembered beyond the process, and a person wipes them out', async (t) => {
  const { ports, book, clock } = openBook(t);
  for (let turn = 0; turn < 5; turn++) book.failed('mail');
  const next = new StartBook(ports);
  assert.equal(next.disabledSince('mail'), clock.now());
  await assert.rejects(next.turn('mail'), { code: 'handler-disabled', retry: 'needs-person' });
  assert.equal(next.disabledSince('other/one'), null);
  next.forgive('mail');
  await book.turn('mail');
});

test('HN-14 after a failure the next start waits for its turn', async (t) => {
  const { book, clock } = openBook(t);
  book.failed('mail');
  book.failed('mail');
  const before = clock.now();
  await book.turn('mail');
  assert.equal(clock.now() - before, 2_000);
});

test('HN-16 who held up everything is apart until a person says otherwise, whatever comes of it', (t) => {
  const { book, ports, clock } = openBook(t);
  assert.equal(book.apartSince('mail'), null);
  mkdirSync(ports.folder);
  writeFileSync(book.apartFile('mail'), JSON.stringify({ since: clock.now() }));
  assert.equal(new StartBook(ports).apartSince('mail'), clock.now());
  assert.equal(book.apartSince('other'), null);
  book.forgive('mail');
  assert.notEqual(book.apartSince('mail'), null);
  book.rejoin('mail');
  assert.equal(book.apartSince('mail'), null);
});

test('a book that was spoiled says nothing', async (t) => {
  const { book, ports } = openBook(t);
  book.failed('mail');
  for (const text of ['', '7', 'null', '{"failures":"x","disabledAt":{}}', '\u0000']) {
    writeFileSync(join(ports.folder, 'failed-mail.json'), text);
    writeFileSync(join(ports.folder, 'running-1.json'), text);
    assert.equal(book.disabledSince('mail'), null);
    await book.turn('mail');
    book.endLeftOvers();
  }
});

test('MT-9 what a manager that was killed has left running is ended by the next, and no other', async (t) => {
  const { book, ports, folder } = openBook(t);
  const [ours, left] = [await sleeper(t, folder), await sleeper(t, folder)];
  const dead = spawnSync('true').pid;
  const manager = { pid: dead, startedAt: '1' };
  const deadBook = new StartBook({ ...ports, processes: { ...processes, self: manager } });
  book.running('mail', ours.identity);
  deadBook.running('news', left.identity);
  assert.deepEqual(book.endLeftOvers(), ['news']);
  assert.deepEqual(await left.ended, { code: null, signal: 'SIGKILL' });
  assert.equal(processes.isRunning(ours.identity), true);
  assert.deepEqual(readdirSync(ports.folder), [`running-${ours.identity.pid}.json`]);
});

test('who has ended by itself leaves no note', async (t) => {
  const { book, ports, folder } = openBook(t);
  const program = await sleeper(t, folder);
  const gone = book.running('mail', program.identity);
  gone();
  assert.deepEqual(readdirSync(ports.folder), []);
});
