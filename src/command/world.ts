// What the handler over programs is given.
import type { Clock } from '../ports/clock.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Processes } from '../ports/processes.ts';

export interface CommandWorld {
  readonly processes: Processes;
  readonly clock: Clock;
  readonly filesystem: Filesystem;
  /** Each partnership has a folder below it, `{state}`, for what its program must remember. */
  readonly stateFolder: string;
  readonly home: string;
  /** Of this program; little of it is handed on. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}
