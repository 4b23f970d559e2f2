// File systems of the tests' own to be killed on, each of its kind; where one cannot be had, why not.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Disk {
  readonly kind: string;
  /** An empty folder on it. */
  readonly folder: string;
  /** What is special about how it came here, or nothing. */
  readonly note: string | null;
  remove(): void;
}

export interface Lacking {
  readonly kind: string;
  readonly reason: string;
}

type Found = Disk | Lacking;

const magic = { ext4: 0xef53, tmpfs: 0x01021994 };

export function isDisk(found: Found): found is Disk {
  return 'folder' in found;
}

export function ext4(): Found {
  const mounted = mountedImage('ext4', ['mkfs.ext4', '-q', '-F']);
  return isDisk(mounted) ? mounted : (standIn('ext4', tmpdir(), mounted.reason) ?? mounted);
}

export function tmpfs(): Found {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-tmpfs-'));
  const reason = failed('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', folder]);
  if (reason === null) return mounted('tmpfs', folder, () => undefined);
  rmSync(folder, { recursive: true });
  return standIn('tmpfs', '/dev/shm', reason) ?? { kind: 'tmpfs', reason };
}

/** Where case does not count for one folder and all below. */
export function caseFolded(): Found {
  const kind = 'case-folded ext4';
  const found = mountedImage(kind, ['mkfs.ext4', '-q', '-F', '-O', 'casefold']);
  if (!isDisk(found)) return found;
  const folder = join(found.folder, 'folded');
  mkdirSync(folder);
  const reason = failed('chattr', ['+F', folder]);
  if (reason === null) return { ...found, folder };
  found.remove();
  return { kind, reason };
}

export function vfat(): Found {
  return mountedImage('vfat', ['mkfs.vfat'], ['-o', 'umask=000']);
}

function mountedImage(
  kind: string,
  make: readonly string[],
  options: readonly string[] = [],
): Found {
  const home = mkdtempSync(join(tmpdir(), 'syncmgr-image-'));
  const [image, folder] = [join(home, 'image'), join(home, 'disk')];
  mkdirSync(folder);
  writeFileSync(image, '');
  const [program = '', ...words] = make;
  const reason =
    failed('truncate', ['-s', '256M', image]) ??
    failed(program, [...words, image]) ??
    failed('mount', ['-o', 'loop', ...options, image, folder]);
  const gone = () => rmSync(home, { recursive: true, force: true });
  if (reason === null) return mounted(kind, folder, gone);
  gone();
  return { kind, reason };
}

function mounted(kind: string, folder: string, after: () => void): Disk {
  const remove = () => {
    spawnSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true, force: true });
    after();
  };
  return { kind, folder, note: null, remove };
}

/** Of the same kind, but not only ours. */
function standIn(kind: keyof typeof magic, parent: string, reason: string): Disk | null {
  if (!existsSync(parent) || statfsSync(parent).type !== magic[kind]) return null;
  const folder = mkdtempSync(join(parent, `syncmgr-${kind}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  return { kind, folder, note: `in ${parent}, because ${reason}`, remove };
}

function failed(command: string, words: readonly string[]): string | null {
  const { status, error, stderr } = spawnSync(command, words, {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  if (error === undefined && status === 0) return null;
  const told = (error?.message ?? stderr).trim().split('\n')[0] ?? '';
  return `${command}: ${told.replaceAll(tmpdir(), '…')}`;
}
