// Columns that grow: what there is one of for each path of a large tree stands in these, as numbers
// and letters and not as objects.

type Cells = Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;

export class Column<Kind extends Cells> {
  #cells: Kind;
  length: number;
  readonly #kind: new (
    length: number,
  ) => Kind;

  constructor(kind: new (length: number) => Kind, filled?: Kind) {
    this.#kind = kind;
    this.#cells = filled ?? new kind(16);
    this.length = filled?.length ?? 0;
  }

  push(value: number): void {
    if (this.length === this.#cells.length) this.#grow();
    this.#cells[this.length++] = value;
  }

  at(index: number): number {
    return this.#cells[index] ?? 0;
  }

  /** Its values alone, to be sent or kept. */
  take(): Kind {
    return this.#cells.slice(0, this.length) as Kind;
  }

  #grow(): void {
    const larger = new this.#kind(Math.ceil(this.#cells.length * 1.5));
    larger.set(this.#cells);
    this.#cells = larger;
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
