// Where a handler that the configuration names comes from: a module that is loaded into this process, or
// a program that runs in its own.

export type HandlerSource = ModuleSource | ProgramSource;

export interface ModuleSource {
  /** A path, from the folder of the configuration, or a package. */
  readonly module: string;
  /** Without it, it may work for as long as it likes. */
  readonly patience: HandlerPatience | null;
  /** How long it may hold up this process; longer, and it is run in one of its own from then on. */
  readonly blockedMs: number;
}

export const usualBlockedMs = 30_000;

export interface ProgramSource {
  /** Program and arguments; a program with a `/` is a path, from the folder of the configuration. */
  readonly command: readonly string[];
  /** Where it works; null: a folder of its own. */
  readonly folder: string | null;
  /** Names of variables that are passed on, and `NAME=value`. */
  readonly environment: readonly string[];
  /** Name → reference. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly limits: { readonly memoryBytes?: number; readonly cpuSeconds?: number };
  readonly handshakeMs: number;
  readonly patience: HandlerPatience;
}

/** How long nothing may move while it is at work. */
export interface HandlerPatience {
  /** Until a person is told. */
  readonly warnMs: number;
  /** Until it is told to stop. */
  readonly stuckMs: number;
}

export const usualPatience: HandlerPatience = { warnMs: 60_000, stuckMs: 300_000 };
