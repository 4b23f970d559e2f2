// Outcomes as columns, one for each transition of a plan. What says more than most do (a failure, what
// was read instead, where something went) stays the object it is.
import { MadeList } from './list.ts';
import type { Done, Outcome } from './outcome.ts';

/** Fit to travel. */
export interface PackedOutcomes {
  readonly codes: Uint8Array;
  /** Four to each: mtime, ctime, inode, bytes written. */
  readonly numbers: Float64Array;
  readonly odd: ReadonlyMap<number, Outcome>;
}

const codeLeft = 0;
const codeOdd = 1;
const codeDone = 2;
/** Done, and nothing stands there now. */
const codeGone = 3;
const codeRacy = 4;

const left: Outcome = { state: 'left' };

export class Outcomes extends MadeList<Outcome> {
  readonly #codes: Uint8Array;
  readonly #numbers: Float64Array;
  readonly #odd: Map<number, Outcome>;

  /** Of so many transitions, none of which was begun. */
  constructor(length: number, packed?: PackedOutcomes) {
    super();
    this.#codes = packed?.codes ?? new Uint8Array(length);
    this.#numbers = packed?.numbers ?? new Float64Array(4 * length);
    this.#odd = new Map(packed?.odd);
  }

  static of(all: Iterable<Outcome> & { readonly length: number }): Outcomes {
    if (all instanceof Outcomes) {
      return new Outcomes(all.length, {
        codes: all.#codes.slice(),
        numbers: all.#numbers.slice(),
        odd: all.#odd,
      });
    }
    const made = new Outcomes(all.length);
    let index = 0;
    for (const outcome of all) made.set(index++, outcome);
    return made;
  }

  static open(packed: PackedOutcomes): Outcomes {
    return new Outcomes(packed.codes.length, packed);
  }

  override get length(): number {
    return this.#codes.length;
  }

  set(index: number, outcome: Outcome): void {
    const code = codeOf(outcome);
    this.#codes[index] = code;
    if (code === codeOdd) this.#odd.set(index, outcome);
    else this.#odd.delete(index);
    if (outcome.state !== 'done') return;
    const { signature, bytes } = outcome;
    const cell = 4 * index;
    this.#numbers[cell] = signature?.mtimeMs ?? 0;
    this.#numbers[cell + 1] = signature?.ctimeMs ?? 0;
    this.#numbers[cell + 2] = signature?.inode ?? 0;
    this.#numbers[cell + 3] = bytes;
  }

  /** What another list says of its `from`th. */
  copy(index: number, other: Outcomes, from: number): void {
    this.#codes[index] = other.#codes[from] ?? codeLeft;
    const odd = other.#odd.get(from);
    if (odd === undefined) this.#odd.delete(index);
    else this.#odd.set(index, odd);
    this.#numbers.set(other.#numbers.subarray(4 * from, 4 * from + 4), 4 * index);
  }

  isDone(index: number): boolean {
    const code = this.#codes[index] ?? codeLeft;
    return code > codeOdd || (code === codeOdd && this.#odd.get(index)?.state === 'done');
  }

  areAllDone(): boolean {
    for (let index = 0; index < this.length; index++) if (!this.isDone(index)) return false;
    return true;
  }

  pack(): PackedOutcomes {
    return { codes: this.#codes, numbers: this.#numbers, odd: this.#odd };
  }

  protected override make(index: number): Outcome {
    const code = this.#codes[index];
    if (code === codeLeft) return left;
    return code === codeOdd ? (this.#odd.get(index) as Outcome) : this.#doneAt(index, code);
  }

  #doneAt(index: number, code: number | undefined): Done {
    const cell = 4 * index;
    const bytes = this.#numbers[cell + 3] ?? 0;
    if (code === codeGone) return { state: 'done', signature: null, bytes };
    const mtimeMs = this.#numbers[cell] ?? 0;
    const ctimeMs = this.#numbers[cell + 1] ?? 0;
    const inode = this.#numbers[cell + 2] ?? 0;
    const plain = { mtimeMs, ctimeMs, inode };
    const signature = code === codeRacy ? ({ ...plain, racy: true } as const) : plain;
    return { state: 'done', signature, bytes };
  }
}

function codeOf(outcome: Outcome): number {
  if (outcome.state === 'left') return codeLeft;
  if (outcome.state !== 'done') return codeOdd;
  if (outcome.read !== undefined || outcome.trashed !== undefined) return codeOdd;
  if (outcome.signature === null) return codeGone;
  return outcome.signature.racy === true ? codeRacy : codeDone;
}
