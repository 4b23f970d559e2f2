import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  lutimesSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { agree, scan, shortWindowMs, temporaryRoot } from '../../test/support/scan-rig.ts';
import { SyncError } from '../model/error.ts';
import { disk } from '../platform/disk.ts';
import type { Filesystem, Stat } from '../ports/filesystem.ts';
import type { Seen } from './core/scan-result.ts';
import { Meter } from './meter.ts';

const hourMs = 3_600_000;

function settle(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, shortWindowMs + 5);
}

function problemOf(seen: Seen | undefined): string {
  return seen?.state === 'unknown' ? seen.problem.code : `not unknown but ${seen?.state}`;
}

function isCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof SyncError && error.code === code;
}

/** A tree of three files and two folders, looked at when its clock had moved on. */
function threeFiles(root: string): void {
  mkdirSync(join(root, 'd/e'), { recursive: true });
  for (const path of ['f', 'd/g', 'd/e/h']) writeFileSync(join(root, path), path);
  settle();
}

describe('a scan', () => {
  test('without a baseline reports everything', () => {
    using temporary = temporaryRoot();
    threeFiles(temporary.root);
    const { seen, counts, listings } = scan(temporary.root, 'left');
    assert.deepEqual(new Set(seen.keys()), new Set(['d', 'd/e', 'd/e/h', 'd/g', 'f']));
    assert.deepEqual(counts, { entries: 5, bytes: 9, linked: 0, ignored: 0, listed: 3 });
    assert.deepEqual(new Set(listings.keys()), new Set(['', 'd', 'd/e']));
  });

  test('reads no names again where nothing changed, and says nothing', () => {
    using temporary = temporaryRoot();
    threeFiles(temporary.root);
    const { baseline } = agree(temporary.root);
    const { seen, counts } = scan(temporary.root, 'right', baseline);
    assert.equal(seen.size, 0);
    assert.deepEqual(counts, { entries: 5, bytes: 9, linked: 0, ignored: 0, listed: 0 });
  });

  test('reads all names where listings are not to be trusted', () => {
    using temporary = temporaryRoot();
    threeFiles(temporary.root);
    const { baseline } = agree(temporary.root);
    const { seen, counts } = scan(temporary.root, 'left', baseline, { trustListings: false });
    assert.equal(seen.size, 0);
    assert.equal(counts.listed, 3);
  });

  test('MT-1 FS-17 a FIFO, a socket: reported, never opened, never a deletion', async () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    const { baseline } = agree(root);
    rmSync(join(root, 'f'));
    execFileSync('mkfifo', [join(root, 'f'), join(root, 'pipe')]);
    const server = createServer();
    await new Promise<void>((ready) => server.listen(join(root, 'socket'), ready));
    const { seen } = scan(root, 'left', baseline);
    server.close();
    for (const path of ['f', 'pipe', 'socket']) {
      assert.equal(problemOf(seen.get(path)), 'folder-special');
    }
    assert.equal(seen.size, 3);
  });

  test('MT-2 NM-12 names that are no UTF-8 are told apart, reported, and hide nothing else', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    const bytes = (...codes: number[]) =>
      Buffer.concat([Buffer.from(`${root}/`), Buffer.from(codes)]);
    writeFileSync(bytes(0x66, 0xff, 0x6f), 'one');
    writeFileSync(bytes(0x66, 0xfe, 0x6f), 'two');
    for (const name of ['f\uFFFDo', '😀', '\u202Egnp.exe', '\uFEFFbom']) {
      writeFileSync(join(root, name), name);
    }
    settle();
    const { seen, problems } = scan(root, 'left');
    const readable = new Set(['f\uFFFDo', '😀', '\u202Egnp.exe', '\uFEFFbom']);
    assert.deepEqual(new Set(seen.keys()), readable);
    assert.deepEqual(
      new Set(problems.map(({ code, path }) => `${code} ${path}`)),
      new Set(['folder-name-unreadable f\\xfeo', 'folder-name-unreadable f\\xffo']),
    );
    const again = agree(root);
    assert.equal(scan(root, 'left', again.baseline).problems.length, 2);
    assert.equal(scan(root, 'left', again.baseline).seen.size, 0);
  });

  test('MT-4 a rewrite of the same size with the old time set again is seen', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    const { baseline } = agree(root);
    const { atime, mtime } = statSync(join(root, 'f'));
    writeFileSync(join(root, 'f'), 'F');
    lutimesSync(join(root, 'f'), atime, mtime);
    assert.deepEqual([...scan(root, 'left', baseline).seen.keys()], ['f']);
  });

  test('MT-4 what changed less than two seconds before it was seen is seen again, once', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    const { ctimeMs } = statSync(join(root, 'f'));
    const racyWindowMs = 2000;
    const young = agree(root, null, { nowMs: ctimeMs + 1000, racyWindowMs });
    const later = { nowMs: ctimeMs + hourMs, racyWindowMs };
    const second = agree(root, young.baseline, later);
    const paths = second.rows.rows.map((row) => row.path);
    assert.deepEqual(paths, ['d/e/h', 'd/g', 'f']);
    assert.equal(agree(root, second.baseline, later).rows.rows.length, 0);
  });

  test('MT-4 a change time in the future proves nothing', () => {
    using temporary = temporaryRoot();
    threeFiles(temporary.root);
    const past = { nowMs: statSync(join(temporary.root, 'f')).ctimeMs - hourMs };
    const { baseline } = agree(temporary.root, null, past);
    assert.equal(agree(temporary.root, baseline, past).rows.rows.length, 3);
  });

  test('FS-07 a folder that cannot be listed is unknown with all below it, the rest goes on', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    chmodSync(root, 0o755);
    const { baseline } = agree(root);
    writeFileSync(join(root, 'f'), 'changed');
    chmodSync(join(root, 'd'), 0o000);
    const { seen } = asNobody(() => scan(root, 'left', baseline));
    chmodSync(join(root, 'd'), 0o755);
    assert.equal(problemOf(seen.get('d')), 'folder-unreadable');
    assert.equal(seen.get('f')?.state, 'present');
    assert.equal(seen.size, 2);
  });

  test('FS-01 FS-06 a root that is gone, a file, or a link to nowhere ends the scan', () => {
    using temporary = temporaryRoot();
    const at = (name: string) => join(temporary.root, name);
    writeFileSync(at('file'), '');
    assert.throws(() => scan(at('file'), 'left'), isCode('folder-root-unseen'));
    assert.throws(() => scan(at('absent'), 'left'), isCode('folder-root-unseen'));
  });

  test('FS-01 a root replaced while it is scanned ends the scan instead of deleting', () => {
    using temporary = temporaryRoot();
    const root = join(temporary.root, 'root');
    mkdirSync(root);
    threeFiles(root);
    const { baseline } = agree(root);
    let lists = 0;
    const unmounting: Filesystem = {
      ...disk,
      list: (path) => {
        if (lists++ === 0) {
          renameSync(root, `${root}-away`);
          mkdirSync(root);
        }
        return disk.list(path);
      },
    };
    const options = { filesystem: unmounting, trustListings: false };
    assert.throws(() => scan(root, 'left', baseline, options), isCode('folder-root-unseen'));
    assert.ok(lists > 0);
  });

  test('FS-19 links are carried as text, whether they lead out, up, round or nowhere', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    const targets = { out: '/etc', up: '..', self: '.', gone: 'no/such', loop: 'loop' };
    for (const [name, target] of Object.entries(targets)) symlinkSync(target, join(root, name));
    settle();
    const { seen } = scan(root, 'left');
    assert.equal(seen.size, 5);
    for (const [name, target] of Object.entries(targets)) {
      const found = seen.get(name);
      assert.ok(found?.state === 'present' && found.entry.kind === 'link');
      assert.equal(found.entry.target, target);
    }
    assert.equal(scan(root, 'left', agree(root).baseline).seen.size, 0);
  });

  test('FS-20 another file system mounted inside is reported and not crossed into', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    const { baseline } = agree(root);
    const mounted = mountedAt(join(root, 'd'));
    for (const known of [null, baseline]) {
      const { seen } = scan(root, 'left', known, { filesystem: mounted });
      assert.equal(problemOf(seen.get('d')), 'folder-other-disk');
      assert.equal(seen.has('d/g'), false);
    }
  });

  test('FS-23 2,000 folders deep, and 20,000 entries in one folder', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    mkdirSync(join(root, 'd/'.repeat(1990)), { recursive: true });
    mkdirSync(join(root, 'many'));
    for (let index = 0; index < 20_000; index++) writeFileSync(join(root, 'many', `${index}`), '');
    settle();
    const { baseline, rows } = agree(root);
    assert.equal(rows.rows.length, 1990 + 1 + 20_000);
    rmSync(join(root, 'many/777'));
    const { seen } = scan(root, 'left', baseline);
    assert.deepEqual([...seen], [['many/777', { state: 'absent' }]]);
  });

  test('CK-02 CK-03 any time is a time like another, compared with what the same side stored', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    const seconds = [0, -1, -11_644_473_600, 4_294_967_296, 1.5];
    for (const [index, time] of seconds.entries()) {
      writeFileSync(join(root, `${index}`), '');
      const date = new Date(time * 1000);
      lutimesSync(join(root, `${index}`), date, date);
    }
    settle();
    const { baseline } = agree(root);
    assert.equal(scan(root, 'right', baseline).seen.size, 0);
  });

  test('the folder that is ours, at the top of the root, is no entry', () => {
    using temporary = temporaryRoot();
    mkdirSync(join(temporary.root, '.syncmgr/trash'), { recursive: true });
    mkdirSync(join(temporary.root, 'd/.syncmgr'), { recursive: true });
    settle();
    const { baseline, rows } = agree(temporary.root);
    assert.deepEqual(
      rows.rows.map((row) => row.path),
      ['d', 'd/.syncmgr'],
    );
    assert.equal(agree(temporary.root, baseline).listed, 0);
  });

  test('what the rules leave out is not reported, and forgotten where it was known', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    const { baseline } = agree(root);
    const ignore = { add: () => undefined, ignores: (path: string) => path === 'd' };
    const { seen } = scan(root, 'left', baseline, { rulesKey: 'other', ignore });
    assert.deepEqual([...seen], [['d', { state: 'ignored' }]]);
    const { rows } = agree(root, baseline, { rulesKey: 'other', ignore });
    assert.deepEqual([...rows.rows], []);
    assert.deepEqual(rows.forgotten, ['d', 'd/e', 'd/e/h', 'd/g']);
  });

  test('rules are read where they stand, outer ones first, and a change judges every name again', () => {
    using temporary = temporaryRoot();
    const { root } = temporary;
    threeFiles(root);
    writeFileSync(join(root, '.syncignore'), 'outer');
    writeFileSync(join(root, 'd/.syncignore'), 'inner');
    settle();
    const { baseline } = agree(root);
    writeFileSync(join(root, 'd/.syncignore'), 'changed');
    const added: string[] = [];
    const ignore = {
      add: (folder: string, text: string) => void added.push(`${folder}:${text}`),
      ignores: (path: string) => path.endsWith('h'),
    };
    const { seen, rulesChanged } = scan(root, 'left', baseline, { ignore });
    assert.equal(rulesChanged, true);
    assert.deepEqual(added, [':outer', 'd:changed']);
    assert.deepEqual(new Set(seen.keys()), new Set(['d/.syncignore', 'd/e/h']));
    assert.equal(seen.get('d/e/h')?.state, 'ignored');
  });

  test('counts what it sees in the meter, and stops when told to', () => {
    using temporary = temporaryRoot();
    threeFiles(temporary.root);
    const meter = new Meter();
    scan(temporary.root, 'left', null, { meter: meter.shared });
    assert.equal(meter.entries, 5);
    meter.stop();
    const stopped = { meter: meter.shared };
    assert.throws(() => scan(temporary.root, 'left', null, stopped), isCode('folder-stopped'));
  });
});

/** Runs as somebody without rights: the superuser may list everything. */
function asNobody<Result>(work: () => Result): Result {
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** The true disk, on which one folder and what is in it are on another device. */
function mountedAt(folder: string): Filesystem {
  const { dev } = statSync('/proc/self', { throwIfNoEntry: false }) ?? { dev: 1 };
  return {
    ...disk,
    stat: (path): Stat | null => {
      const found = disk.stat(path);
      const within = path === folder || path.startsWith(`${folder}/`);
      return found !== null && within ? { ...found, device: dev } : found;
    },
  };
}
