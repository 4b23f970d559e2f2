// What is known of a handler that is a program of its own before it is started.
import type { HandlerPatience } from '../model/handler-source.ts';
import type { Clock } from '../ports/clock.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type { Processes, ProgramStart } from '../ports/processes.ts';
import type { Random } from '../ports/random.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { StartBook } from './start-book.ts';

export interface HandlerProgram extends ProgramStart {
  /** Name → reference. The values reach it in `open`, through the pipe. */
  readonly secrets: Readonly<Record<string, string>>;
  /** It has to introduce itself within. */
  readonly handshakeMs: number;
  readonly patience: HandlerPatience;
}

export interface ProgramPorts {
  readonly processes: Processes;
  readonly filesystem: Filesystem;
  readonly clock: Clock;
  readonly random: Random;
  readonly secrets: Secrets;
  readonly book: StartBook;
  /** Of this program; told to the handler. */
  readonly version: string;
}
