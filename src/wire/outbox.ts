// What waits to be written, bounded. Messages that come while one is being written go out together, so
// that many small ones cost one system call.

/** What a message takes up beside its bytes. */
const overheadBytes = 64;

export class Outbox {
  readonly #limitBytes: number;
  readonly #write: (bytes: Uint8Array) => Promise<void>;
  readonly #encoder = new TextEncoder();
  #waiting: string[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | null = null;

  constructor(limitBytes: number, write: (bytes: Uint8Array) => Promise<void>) {
    this.#limitBytes = limitBytes;
    this.#write = write;
  }

  /** False: too much waits already. */
  put(line: string, broken: () => void): boolean {
    if (this.#waitingBytes > this.#limitBytes) return false;
    this.#waiting.push(line);
    this.#waitingBytes += line.length + overheadBytes;
    this.#writing ??= this.#empty().catch(broken);
    return true;
  }

  /** Resolves when everything was taken by the other side, or never will be. */
  async flushed(): Promise<void> {
    await this.#writing;
  }

  async #empty(): Promise<void> {
    while (this.#waiting.length > 0) {
      const bytes = this.#encoder.encode(this.#waiting.join(''));
      this.#waiting = [];
      // Counted until they are gone: what the pipe does not take still takes up memory.
      const counted = this.#waitingBytes;
      await this.#write(bytes);
      this.#waitingBytes -= counted;
    }
    this.#writing = null;
  }
}
