// Handlers that stand still until a person has decided a conflict: the modal dialog of the old
// contract (mobsync 3.12). The conflict lies in the inbox like any other; who decides it answers the
// handler that waits.
import type { ConflictDraft, Resolution } from '../model/conflict.ts';

type Subject = Pick<ConflictDraft, 'partnership' | 'item' | 'subject'>;

interface Waiting {
  readonly by: object;
  answer(resolution: Resolution | null): void;
}

export class Decisions {
  readonly #waiting = new Map<string, Waiting>();

  /** Null when it is withdrawn, or asked for anew by somebody else. */
  async wait(subject: Subject, by: object, signal?: AbortSignal): Promise<Resolution | null> {
    if (signal?.aborted === true) return null;
    const key = keyOf(subject);
    const { promise, resolve } = Promise.withResolvers<Resolution | null>();
    const waiting = { by, answer: resolve };
    this.#waiting.get(key)?.answer(null);
    this.#waiting.set(key, waiting);
    const giveUp = () => resolve(null);
    signal?.addEventListener('abort', giveUp, { once: true });
    const resolution = await promise;
    signal?.removeEventListener('abort', giveUp);
    if (this.#waiting.get(key) === waiting) this.#waiting.delete(key);
    return resolution;
  }

  isWaiting(subject: Subject): boolean {
    return this.#waiting.has(keyOf(subject));
  }

  answer(subject: Subject, resolution: Resolution): void {
    this.#waiting.get(keyOf(subject))?.answer(resolution);
  }

  /** Whatever it waits for is not waited for any more. */
  withdraw(by: object): void {
    for (const waiting of this.#waiting.values()) if (waiting.by === by) waiting.answer(null);
  }
}

const keyOf = ({ partnership, item, subject }: Subject) =>
  JSON.stringify([partnership, item, subject]);
