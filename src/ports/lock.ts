// Exclusive rights between processes of one computer. A lock dies with its process: it is held by
// the operating system, not by a file that somebody has to remove (DB-06).

export interface Locks {
  /** The lock, or who holds it. Never waits for a holder; those asked for at once may be taken at once. */
  tryLock(name: string): Promise<Lock | Held>;
}

export interface Held {
  /** The process; null: unknown. */
  readonly heldBy: number | null;
}

export interface Lock {
  readonly name: string;
  /** Others can take it as soon as this process does anything else. */
  release(): void;
}
