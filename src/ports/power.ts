// Where the electricity comes from, and that it is about to end: sleep, shutdown, log-off.
import type { ComputerEnd, PowerState } from '../model/surroundings.ts';

export type { ComputerEnd, PowerState } from '../model/surroundings.ts';

export interface Power {
  /** As known now. Never rejects. */
  state(): Promise<PowerState>;
  /** Calls back when the state may have changed; returns the end of it. */
  watch(listener: (state: PowerState) => void): () => void;
  /**
   * Asks the system to wait for us before it sleeps or shuts down. The promise that the listener
   * returns is waited for as long as the system allows; it is given how long that is. Returns the end
   * of it. Where the system knows no such thing, nothing is ever called.
   */
  onPending(listener: (pending: PendingEnd) => Promise<void>): () => void;
  /** Calls back after a sleep. */
  onResume(listener: () => void): () => void;
  /** Rejects with `system-unable` where `end` would, as far as that is known; does nothing. */
  requireEnd(how: ComputerEnd): Promise<void>;
  /** Resolves when the system has begun to. Rejects with `system-unable` where it cannot be done. */
  end(how: ComputerEnd): Promise<void>;
}

export interface PendingEnd {
  readonly kind: 'sleep' | 'shutdown';
  /** Milliseconds until the system goes on without us. */
  readonly budgetMs: number;
}
