// A regular file, open. Nothing else can become one of these: a FIFO opened in the ordinary way would
// hold the thread for ever (MT-1).
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import type { OpenFile, Stat } from '../ports/filesystem.ts';
import { diskError, statOf } from './disk-stat.ts';
import { unixTime } from './disk-times.ts';

// Windows knows neither flag.
const guarded = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function openFileAt(path: string, access: number = constants.O_RDONLY): DiskFile {
  const descriptor = openSync(path, access | guarded);
  const opened = statOf(fstatSync(descriptor));
  if (opened.kind !== 'file') {
    closeSync(descriptor);
    throw diskError('EINVAL', 'not a regular file', path);
  }
  return new DiskFile(descriptor, opened);
}

export function createFileAt(path: string, mode: number): DiskFile {
  const { O_RDWR, O_CREAT, O_EXCL } = constants;
  return new DiskFile(openSync(path, O_RDWR | O_CREAT | O_EXCL | guarded, mode));
}

export class DiskFile implements OpenFile {
  readonly descriptor: number;
  readonly opened?: Stat;

  constructor(descriptor: number, opened?: Stat) {
    this.descriptor = descriptor;
    if (opened !== undefined) this.opened = opened;
  }

  read(buffer: Uint8Array, length: number, position: number): number {
    return readSync(this.descriptor, buffer, 0, length, position);
  }

  write(buffer: Uint8Array, length: number, position: number): number {
    return writeSync(this.descriptor, buffer, 0, length, position);
  }

  stat(): Stat {
    return statOf(fstatSync(this.descriptor));
  }

  truncate(size: number): void {
    ftruncateSync(this.descriptor, size);
  }

  setTimes(mtimeMs: number): void {
    futimesSync(this.descriptor, new Date(), unixTime(mtimeMs));
  }

  setMode(mode: number): void {
    fchmodSync(this.descriptor, mode);
  }

  sync(): void {
    fsyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
