// All watches of a process share one queue of the kernel, which drops what does not fit, and Node does
// not pass that on. But a queue that overflowed is handed over whole, in one turn of the event loop: a
// turn with half as much may have been one, and then any of the watches may have missed something.
import { readText } from './read-text.ts';

export interface Reader {
  /** Something may have been dropped that was meant for it. */
  lose(): void;
}

/** What the kernel keeps unless it is told otherwise. */
const usualLength = 16_384;

class KernelQueue {
  readonly #readers = new Set<Reader>();
  #lostAt: number | null = null;
  #count = 0;
  #turn: 'quiet' | 'counting' = 'quiet';

  enter(reader: Reader): void {
    this.#readers.add(reader);
  }

  leave(reader: Reader): void {
    this.#readers.delete(reader);
  }

  /** So many came out of it, or were put in: the kernel says of each watch that it has ended. */
  count(entries: number): void {
    this.#count += entries;
    if (this.#turn === 'counting') return;
    this.#turn = 'counting';
    setImmediate(() => {
      const isLost = this.#count >= this.#limit();
      this.#count = 0;
      this.#turn = 'quiet';
      if (isLost) for (const reader of [...this.#readers]) reader.lose();
    });
  }

  #limit(): number {
    if (this.#lostAt === null) {
      const length = Number.parseInt(readText('/proc/sys/fs/inotify/max_queued_events') ?? '', 10);
      this.#lostAt = (length > 0 ? length : usualLength) / 2;
    }
    return this.#lostAt;
  }
}

export const kernelQueue = new KernelQueue();
