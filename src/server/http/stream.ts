// What one viewer is written. Who does not read is closed before he costs more than a mebibyte, or a
// minute; he comes back and goes on where he was.
import type { ServerResponse } from 'node:http';
import { type Batch, bytesAfter } from './batch.ts';
import { eventText } from './core/event-text.ts';
import type { Viewer } from './event-hub.ts';
import { type Packing, pack, packedHead } from './packing.ts';

const bufferBytesMax = 1024 * 1024;
/** So many beats without a byte on its way. */
const stuckBeatsMax = 4;

export class Stream implements Viewer {
  readonly name: string;
  readonly #packing: Packing;
  readonly #outgoing: ServerResponse;
  readonly #dropped: (reason: string) => void;
  /** What happens while he is still told what was; null: he is told what happens. */
  #held: Batch[] | null = [];
  #heldBytes = 0;
  #lost: 'nothing' | 'something' = 'nothing';
  /** What is in no store, of batches that are not held any more. */
  #own: Uint8Array = new Uint8Array(0);
  #seen: number | null = null;
  #stuckAt = 0;
  #stuckBeats = 0;

  /** The head of the answer was written already. */
  constructor(
    outgoing: ServerResponse,
    name: string,
    packing: Packing,
    dropped: (reason: string) => void,
  ) {
    this.#outgoing = outgoing;
    this.name = name;
    this.#packing = packing;
    this.#dropped = dropped;
    // Of a connection that broke there is nothing to be told.
    outgoing.on('error', () => {});
    if (packing === 'packed') outgoing.write(packedHead);
  }

  get isOpen(): boolean {
    return !this.#outgoing.destroyed && !this.#outgoing.writableEnded;
  }

  show(batch: Batch): void {
    if (this.#held === null) this.#showNow(batch);
    else this.#hold(batch);
  }

  #showNow(batch: Batch): void {
    const seen = this.#seen;
    const first = batch.sequences[0] ?? null;
    this.#seen = Math.max(seen ?? 0, batch.sequences.at(-1) ?? 0) || null;
    if (first !== null && seen !== null && first <= seen) {
      this.write(bytesAfter(batch, seen));
      return;
    }
    const isWhole = first === null || seen === null || first === seen + 1;
    if (!isWhole) this.write(eventText({ type: 'gap', after: seen, before: first }));
    this.write(batch.bytes);
    // Nothing else may happen for a long time.
    if (this.isOpen && this.#outgoing.writableLength > bufferBytesMax) this.#drop(unread);
  }

  write(text: Uint8Array | string): void {
    if (!this.isOpen || text.length === 0) return;
    if (this.#outgoing.writableLength > bufferBytesMax) {
      this.#drop(unread);
      return;
    }
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    this.#outgoing.write(this.#packing === 'packed' ? pack(bytes) : bytes);
    // Node would write it a moment later; now whoever asks how long that takes has it in his time.
    this.#outgoing.socket?.uncork();
  }

  beat(): void {
    const { writableLength } = this.#outgoing;
    const isStuck = writableLength > 0 && writableLength >= this.#stuckAt;
    this.#stuckBeats = isStuck ? this.#stuckBeats + 1 : 0;
    this.#stuckAt = writableLength;
    if (this.#stuckBeats >= stuckBeatsMax) this.#drop('nothing was read for a minute');
    else if (writableLength === 0) this.write(': beat\n\n');
  }

  /** Resolves when what was written is on its way, or nobody reads any more. */
  drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!this.#outgoing.writableNeedDrain || !this.isOpen) resolve();
    this.#outgoing.once('drain', resolve).once('close', resolve);
    return promise;
  }

  /**
   * From now on he is told what happens. False: meanwhile more happened than could be held, so look
   * again.
   *
   * @param seen The last event he was told; null: he begins with the next.
   */
  live(seen: number | null): boolean {
    const held = this.#held ?? [];
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#lost === 'something' && seen !== null) {
      this.#lost = 'nothing';
      this.#own = Buffer.concat([...held.map(({ own }) => own), this.#own]);
      return false;
    }
    this.#held = null;
    this.#seen = seen;
    for (const batch of held) this.show(batch);
    this.write(this.#own);
    this.#own = this.#own.subarray(0, 0);
    return true;
  }

  close(): void {
    if (this.isOpen) this.#outgoing.end();
  }

  #hold(batch: Batch): void {
    this.#heldBytes += batch.bytes.length;
    if (this.#heldBytes <= bufferBytesMax) {
      this.#held?.push(batch);
      return;
    }
    this.#lost = 'something';
    this.#own = Buffer.concat([this.#own, batch.own]);
    if (this.#own.length > bufferBytesMax) this.#drop(unread);
  }

  #drop(reason: string): void {
    if (this.#outgoing.destroyed) return;
    this.#outgoing.destroy();
    this.#dropped(reason);
  }
}

const unread = 'it did not read what was sent to it, 1 MiB of it';
