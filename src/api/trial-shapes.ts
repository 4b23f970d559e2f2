// What a handler is tried on, and what came of it.

/** A handler that is to be tried, and on what. */
export interface HandlerTrial {
  /** A program with its arguments, or one word that names a module. */
  readonly command: readonly string[];
  /** Where it works, and from where paths are meant. */
  readonly folder: string;
  /** A file with its settings; null: none. */
  readonly settings: string | null;
  /** A command that lays out something to do, before each check; null: none. */
  readonly before: string | null;
  /** Paths that it works on: looked at for unwanted changes. */
  readonly watch: readonly string[];
  /** Names of checks; null: all. */
  readonly only: readonly string[] | null;
}

/** What one check of a handler came to. */
export interface CheckShape {
  /** Stable. */
  readonly name: string;
  /** One sentence about a handler that is right. */
  readonly title: string;
  /** `unproven`: it could not be seen here; `advice` says why. */
  readonly outcome: 'passed' | 'failed' | 'unproven';
  readonly expected: string | null;
  readonly found: string | null;
  /** What to do. */
  readonly advice: string | null;
  readonly durationMs: number;
}
