// Bytes of a stream as lines, whatever portions they come in. A line over the limit is never held: it
// is told by its length once it has ended, and what follows it is read as usual (HN-11).

export type Line =
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'overlong'; readonly bytes: number };

const newline = 10;

export class LineReader {
  readonly #limit: number;
  readonly #decoder = new TextDecoder();
  #parts: Uint8Array[] = [];
  #held = 0;
  /** Bytes of an overlong line so far; 0 while none is being passed over. */
  #passedOver = 0;

  /** `limit`: bytes of a line without its end. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** At most the limit. */
  get heldBytes(): number {
    return this.#held;
  }

  push(chunk: Uint8Array): readonly Line[] {
    const lines: Line[] = [];
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      this.#take(chunk.subarray(from, end));
      lines.push(this.#finish());
      from = end + 1;
    }
    this.#take(chunk.subarray(from));
    return lines;
  }

  /** What stood after the last line's end, if anything did. */
  end(): readonly Line[] {
    return this.#held + this.#passedOver === 0 ? [] : [this.#finish()];
  }

  #take(part: Uint8Array): void {
    if (part.length === 0) return;
    if (this.#passedOver === 0 && this.#held + part.length <= this.#limit) {
      // The portion belongs to whoever handed it in.
      this.#parts.push(part.slice());
      this.#held += part.length;
      return;
    }
    this.#passedOver += this.#held + part.length;
    this.#forget();
  }

  #finish(): Line {
    const [only, ...more] = this.#parts;
    const bytes = this.#passedOver;
    const whole = more.length === 0 ? (only ?? new Uint8Array()) : joined(this.#parts, this.#held);
    this.#forget();
    this.#passedOver = 0;
    return bytes > 0
      ? { kind: 'overlong', bytes }
      : { kind: 'line', text: this.#decoder.decode(whole) };
  }

  #forget(): void {
    this.#parts = [];
    this.#held = 0;
  }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
