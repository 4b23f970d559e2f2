// Other programs, run in a process group of their own, so that whatever they start can be ended with
// them. Nothing is inherited: a program sees the environment it is given and no other.
export interface Processes {
  /** This process. */
  readonly self: ProcessIdentity;
  /**
   * Resolves when it has started. Rejects with `program-unusable` when it is missing, may not be run
   * or cannot be started here.
   */
  start(command: ProgramStart): Promise<RunningProgram>;
  /** Whether the very process, and not a later one with its number, is still there. */
  isRunning(identity: ProcessIdentity): boolean;
  /** Ends a group that an earlier process of ours has left; does nothing if it is not there any more. */
  endLeftOver(identity: ProcessIdentity): void;
}

export interface ProgramStart {
  /** An absolute path, or a name that is looked for along `PATH` of `environment`. */
  readonly program: string;
  readonly arguments: readonly string[];
  /** Absolute. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Bounds that the system enforces, where it can; left out: none. */
  readonly limits?: { readonly memoryBytes?: number; readonly cpuSeconds?: number };
}

/** Enough to know a process again after a restart: numbers are reused, start times are not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the system tells it; compared for equality only. */
  readonly startedAt: string;
}

/** Exactly one of the two is set. */
export interface ProgramEnd {
  readonly code: number | null;
  /** `SIGKILL` and so on. */
  readonly signal: string | null;
}

export interface RunningProgram {
  readonly identity: ProcessIdentity;
  /**
   * Bytes for its standard input. Resolves when the program, or the pipe, has taken them: whoever
   * awaits it cannot run ahead of a program that does not read. Rejects once its input is closed.
   */
  write(bytes: Uint8Array): Promise<void>;
  endInput(): void;
  /** Read no faster than it is taken from here. Ends with the stream; consumed once. */
  readonly output: AsyncIterable<Uint8Array>;
  readonly errors: AsyncIterable<Uint8Array>;
  /** Resolves when the program itself has ended, even if children hold its output open. */
  readonly ended: Promise<ProgramEnd>;
  /** To the whole group, also after the program itself has ended; does nothing when none is left. */
  signal(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}
