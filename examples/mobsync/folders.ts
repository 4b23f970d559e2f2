// The part of the example that has nothing to do with synchronization managers: which files a folder
// has newer than another, and copying one so that it is either there whole or not at all.
import { copyFile, mkdir, readdir, rename, stat, utimes } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';

export interface FolderPair {
  /** The item's identifier; the same in every session. */
  readonly id: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

/** Before each file: small folders are copied before anybody could look on. */
const pauseMs = Number(process.env.FILE_COPY_PAUSE_MS ?? 0);

/** Files, as paths below `from`, that `to` lacks or has in an older version. */
export async function filesToCopy({ from, to }: FolderPair): Promise<string[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(from, join(entry.parentPath, entry.name)));
  const wanted = await Promise.all(files.map((file) => isNewer(join(from, file), join(to, file))));
  return files.filter((_, index) => wanted[index]);
}

export async function copyNewer({ from, to }: FolderPair, file: string): Promise<void> {
  if (pauseMs > 0) await pause(pauseMs);
  const target = join(to, file);
  const unfinished = `${target}.part`;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(join(from, file), unfinished);
  const { atime, mtime } = await stat(join(from, file));
  await utimes(unfinished, atime, mtime);
  await rename(unfinished, target);
}

async function isNewer(source: string, target: string): Promise<boolean> {
  const [one, other] = await Promise.all([stat(source), stat(target).catch(() => null)]);
  // Whole milliseconds: more than that a copy does not keep.
  return other === null || one.mtime > other.mtime;
}
