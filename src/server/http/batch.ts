// What happens within a moment, as the bytes that its viewers are sent. The text of each event becomes bytes at
// once: as strings, thousands of them would live just long enough to be taken for old.

/** What a moment looks like to all viewers of one name. */
export interface Batch {
  /** The events, what passes, and what is for this name alone. */
  readonly bytes: Uint8Array;
  /** Of the events, in order; neither list is longer than the other. */
  readonly sequences: readonly number[];
  /** Where each of them begins in the bytes. */
  readonly starts: readonly number[];
  /** Where the last of them ends. */
  readonly eventsEnd: number;
  /** What is for this name alone, and in no store. */
  readonly own: Uint8Array;
}

const encoder = new TextEncoder();
const nothing = new Uint8Array(0);
const smallestBytes = 64 * 1024;

export class Gathering {
  #buffer = new Uint8Array(smallestBytes);
  #end = 0;
  #sequences: number[] = [];
  #starts: number[] = [];

  /** Bytes so far. */
  get length(): number {
    return this.#end;
  }

  add(sequence: number, text: string): void {
    this.#sequences.push(sequence);
    this.#starts.push(this.#end);
    this.#append(text);
  }

  /** All that was added, and what passes; the next moment begins. */
  take(passing: string): Batch {
    const [sequences, starts, eventsEnd] = [this.#sequences, this.#starts, this.#end];
    this.#append(passing);
    const bytes = this.#buffer.slice(0, this.#end);
    this.#end = 0;
    this.#sequences = [];
    this.#starts = [];
    return { bytes, sequences, starts, eventsEnd, own: nothing };
  }

  #append(text: string): void {
    // A unit of a text is three bytes at most.
    const needed = this.#end + text.length * 3;
    if (needed > this.#buffer.length) {
      const larger = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      larger.set(this.#buffer.subarray(0, this.#end));
      this.#buffer = larger;
    }
    this.#end += encoder.encodeInto(text, this.#buffer.subarray(this.#end)).written;
  }
}

/** The same, with what is for one name alone. */
export function withOwn(batch: Batch, text: string): Batch {
  const own = encoder.encode(text);
  return { ...batch, bytes: Buffer.concat([batch.bytes, own]), own };
}

/** What is left of it for a viewer who was told the events up to this one. */
export function bytesAfter(
  { bytes, sequences, starts, eventsEnd }: Batch,
  seen: number,
): Uint8Array {
  const fresh = sequences.findIndex((sequence) => sequence > seen);
  return bytes.subarray(starts[fresh] ?? eventsEnd);
}
