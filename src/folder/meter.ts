// What a session and its worker threads tell each other while a job runs: how far it is, and that
// it shall wait or stop. Shared memory, because a message per entry would cost more than the entry.
//
// The bandwidth limit is kept by sleeping for what was just moved, so no thread needs a clock; a
// lane's share is the limit divided by the lanes at work now. It may change while they work: what is
// slept for under the old one is slept for no longer.

const stopCell = 0;
const lanesCell = 1;
const entriesCell = 2;
const currentCell = 3;
const bytesCell = 2;
const pauseCell = 6;
/** Another number with each change of the limit, and with a stop: what lanes wait on. */
const limitChangeCell = 7;
const limitCell = 4;
const sharedBytes = 40;
const sleepMsMin = 10;

export class Meter {
  readonly shared: SharedArrayBuffer;
  readonly #cells: Int32Array;
  readonly #bytes: BigInt64Array;
  #owedMs = 0;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(sharedBytes)) {
    this.shared = shared;
    this.#cells = new Int32Array(shared);
    this.#bytes = new BigInt64Array(shared);
  }

  get stopped(): boolean {
    return Atomics.load(this.#cells, stopCell) !== 0;
  }

  /** Wakes lanes that sleep for the bandwidth limit. */
  stop(): void {
    Atomics.store(this.#cells, stopCell, 1);
    Atomics.notify(this.#cells, stopCell);
    this.#wakeLimited();
    this.pause(false);
  }

  /** Bytes a second over all lanes; null: no limit. */
  get limit(): number | null {
    const limit = Number(Atomics.load(this.#bytes, limitCell));
    return limit === 0 ? null : limit;
  }

  setLimit(limit: number | null): void {
    const cell = limit === null ? 0n : BigInt(Math.max(1, Math.round(limit)));
    if (Atomics.exchange(this.#bytes, limitCell, cell) !== cell) this.#wakeLimited();
  }

  #wakeLimited(): void {
    Atomics.add(this.#cells, limitChangeCell, 1);
    Atomics.notify(this.#cells, limitChangeCell);
  }

  /** Lanes hold where they are, or go on. */
  pause(paused: boolean): void {
    Atomics.store(this.#cells, pauseCell, paused ? 1 : 0);
    Atomics.notify(this.#cells, pauseCell);
  }

  /** Only in a thread of its own: it stands still until somebody else lets it go on. */
  waitWhilePaused(): void {
    while (!this.stopped && Atomics.load(this.#cells, pauseCell) !== 0) {
      Atomics.wait(this.#cells, pauseCell, 1);
    }
  }

  enter(): void {
    Atomics.add(this.#cells, lanesCell, 1);
  }

  leave(): void {
    Atomics.sub(this.#cells, lanesCell, 1);
  }

  get entries(): number {
    return Atomics.load(this.#cells, entriesCell);
  }

  get bytes(): number {
    return Number(Atomics.load(this.#bytes, bytesCell));
  }

  /** Number of the transition that was begun last. */
  get current(): number {
    return Atomics.load(this.#cells, currentCell);
  }

  begin(index: number): void {
    Atomics.store(this.#cells, currentCell, index);
  }

  countEntries(count: number): void {
    Atomics.add(this.#cells, entriesCell, count);
  }

  countEntry(): void {
    Atomics.add(this.#cells, entriesCell, 1);
  }

  /** Bytes that no limit is about: only read, or moved already. */
  countBytes(bytes: number): void {
    Atomics.add(this.#bytes, bytesCell, BigInt(bytes));
    this.waitWhilePaused();
  }

  /** Counts bytes just moved and sleeps as long as the limit asks for. */
  countMoved(bytes: number): void {
    this.countBytes(bytes);
    const change = Atomics.load(this.#cells, limitChangeCell);
    const { limit } = this;
    if (limit === null) return;
    const lanes = Math.max(1, Atomics.load(this.#cells, lanesCell));
    this.#owedMs += (bytes / limit) * 1000 * lanes;
    if (this.#owedMs < sleepMsMin) return;
    if (!this.stopped) Atomics.wait(this.#cells, limitChangeCell, change, this.#owedMs);
    this.#owedMs = 0;
  }

  /** Sleeps, unless it was or is stopped. */
  wait(ms: number): void {
    Atomics.wait(this.#cells, stopCell, 0, ms);
  }
}
