// Exclusive rights between processes of one computer. A lock dies with its process: it is held by
// the operating system, not by a file that somebody has to remove (DB-06).

export interface Locks {
  /** The lock, or who holds it. Never waits. */
  tryLock(name: string): Lock | { readonly heldBy: number | null };
}

export interface Lock {
  readonly name: string;
  release(): void;
}
