// What a thread has for the folder handler's jobs.
import type { Clock } from '../ports/clock.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { NewHasher } from '../ports/hasher.ts';

export interface FolderWorld {
  readonly filesystem: Filesystem;
  readonly clock: Clock;
  readonly sha256: NewHasher;
}
