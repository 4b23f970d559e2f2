// Columns that grow: what there is one of for each path of a large tree stands in these, as numbers
// and letters and not as objects.

type Cells = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

const chunkBits = 12;
const chunkCells = 1 << chunkBits;

/** In chunks, so that growing neither copies what is there nor leaves memory behind. */
export class Column<Kind extends Cells> {
  readonly #chunks: Kind[] = [];
  length: number;
  readonly #kind: new (
    length: number,
  ) => Kind;

  constructor(kind: new (length: number) => Kind, filled?: Kind) {
    this.#kind = kind;
    this.length = filled?.length ?? 0;
    for (let at = 0; at < this.length; at += chunkCells) {
      this.#chunks.push(filled?.subarray(at, at + chunkCells) as Kind);
    }
  }

  push(value: number): void {
    const within = this.length & (chunkCells - 1);
    if (within === 0) this.#chunks.push(new this.#kind(this.length === 0 ? 16 : chunkCells));
    let chunk = this.#chunks[this.length >>> chunkBits] as Kind;
    if (within === chunk.length) chunk = this.#enlarge(chunk);
    chunk[within] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#chunks[index >>> chunkBits]?.[index & (chunkCells - 1)] ?? 0;
  }

  /** Its values alone, to be sent or kept. */
  take(): Kind {
    const all = new this.#kind(this.length);
    this.#chunks.forEach((chunk, number) => {
      const at = number << chunkBits;
      all.set(chunk.subarray(0, Math.min(chunk.length, this.length - at)), at);
    });
    return all;
  }

  /** The first one begins small: most columns stay short. */
  #enlarge(chunk: Kind): Kind {
    const larger = new this.#kind(Math.min(4 * chunk.length, chunkCells));
    larger.set(chunk);
    this.#chunks[this.#chunks.length - 1] = larger;
    return larger;
  }
}

/** Fit to travel. */
export interface PackedTexts {
  readonly pieces: readonly string[];
  readonly ends: Uint32Array;
}

const textsPerPiece = 1024;

/** Texts, a thousand to a piece: each costs its letters, and four bytes for where it ends. */
export class Texts {
  readonly #pieces: string[];
  readonly #ends: Column<Uint32Array>;
  #open: string[] = [];
  #openLength = 0;

  constructor(packed?: PackedTexts) {
    this.#pieces = [...(packed?.pieces ?? [])];
    this.#ends = new Column(Uint32Array, packed?.ends);
  }

  push(text: string): void {
    this.#open.push(text);
    this.#openLength += text.length;
    this.#ends.push(this.#openLength);
    if (this.#ends.length % textsPerPiece !== 0) return;
    this.#pieces.push(this.#open.join(''));
    this.#open = [];
    this.#openLength = 0;
  }

  at(index: number): string {
    const within = index % textsPerPiece;
    const piece = this.#pieces[(index - within) / textsPerPiece];
    return (piece ?? this.#openText()).slice(
      within === 0 ? 0 : this.#ends.at(index - 1),
      this.#ends.at(index),
    );
  }

  /** Joined, so that none of them keeps a longer text alive that it was cut out of. */
  #openText(): string {
    if (this.#open.length > 1) this.#open = [this.#open.join('')];
    return this.#open[0] ?? '';
  }

  /** Nothing can be pushed onto what is opened from it. */
  pack(): PackedTexts {
    const rest = this.#open.length === 0 ? [] : [this.#open.join('')];
    return { pieces: [...this.#pieces, ...rest], ends: this.#ends.take() };
  }
}
