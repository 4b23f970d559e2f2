// The transitions of a plan as columns: one of a hundred thousand costs its path and some fifty bytes,
// and is an object only while somebody looks at it. What carries more than most do (moves, content that
// is not its source's own) stays the object it is.
import { contentOf, isContentOf } from './change.ts';
import { Column, type PackedTexts, Texts } from './column.ts';
import type { Side } from './entry.ts';
import { Entries, type PackedEntries } from './entry-columns.ts';
import { MadeList } from './list.ts';
import { bytesOf, isOfFolder, type Transition } from './plan.ts';

/** Fit to travel. */
export interface PackedTransitions {
  readonly codes: Uint8Array;
  /** Two to each: the entry that is read and the one that is expected, by number; -1 where none is. */
  readonly entryAt: Int32Array;
  readonly paths: PackedTexts;
  readonly entries: PackedEntries;
  readonly odd: ReadonlyMap<number, Transition>;
}

const kinds = ['create', 'update', 'delete', 'metadata', 'move'] as const;
const kindMask = 7;
const rightBit = 8;
const movedBit = 16;
const oddBit = 32;

export class Transitions extends MadeList<Transition> {
  readonly #codes: Column<Uint8Array>;
  readonly #entryAt: Column<Int32Array>;
  readonly #paths: Texts;
  readonly #entries: Entries;
  readonly #odd: Map<number, Transition>;
  /** Which one stands where; null: they stand as they were pushed. */
  #order: Uint32Array | null = null;

  constructor(packed?: PackedTransitions) {
    super();
    this.#codes = new Column(Uint8Array, packed?.codes);
    this.#entryAt = new Column(Int32Array, packed?.entryAt);
    this.#paths = new Texts(packed?.paths);
    this.#entries = new Entries(packed?.entries);
    this.#odd = new Map(packed?.odd);
  }

  static of(all: Iterable<Transition>): Transitions {
    if (all instanceof Transitions) return all;
    const made = new Transitions();
    for (const transition of all) made.push(transition);
    return made;
  }

  override get length(): number {
    return this.#order?.length ?? this.#codes.length;
  }

  push(transition: Transition): void {
    const { kind, side, path } = transition;
    const index = this.#codes.length;
    const isOdd = !isPlain(transition);
    if (isOdd) this.#odd.set(index, transition);
    this.#codes.push(
      kinds.indexOf(kind) |
        (side === 'right' ? rightBit : 0) |
        (transition.moved === true ? movedBit : 0) |
        (isOdd ? oddBit : 0),
    );
    this.#paths.push(path);
    const source = isOdd || !('source' in transition) ? null : transition.source;
    const expected = isOdd || !('expected' in transition) ? null : transition.expected;
    this.#entryAt.push(source === null ? -1 : this.#entries.push(source));
    this.#entryAt.push(expected === null ? -1 : this.#entries.push(expected));
  }

  /** From now on they stand in this order, and nothing is pushed any more. */
  arrange(order: Uint32Array): void {
    this.#order = order;
  }

  /** Those at these places, in this order. */
  pick(places: Iterable<number>): Transitions {
    const picked = new Transitions();
    for (const place of places) picked.copy(this, place);
    return picked;
  }

  copy(from: Transitions, index: number): void {
    const at = from.#place(index);
    const odd = from.#odd.get(at);
    if (odd !== undefined) this.#odd.set(this.#codes.length, odd);
    this.#codes.push(from.#codes.at(at));
    this.#paths.push(from.#paths.at(at));
    for (const cell of [2 * at, 2 * at + 1]) {
      const entry = from.#entryAt.at(cell);
      this.#entryAt.push(entry < 0 ? -1 : this.#entries.copy(from.#entries, entry));
    }
  }

  /** As they were pushed. */
  pack(): PackedTransitions {
    return {
      codes: this.#codes.take(),
      entryAt: this.#entryAt.take(),
      paths: this.#paths.pack(),
      entries: this.#entries.pack(),
      odd: this.#odd,
    };
  }

  kindAt(index: number): Transition['kind'] {
    return kinds[this.#codes.at(this.#place(index)) & kindMask] ?? 'move';
  }

  sideAt(index: number): Side {
    return (this.#codes.at(this.#place(index)) & rightBit) === 0 ? 'left' : 'right';
  }

  isOnSide(side: Side): boolean {
    for (let index = 0; index < this.length; index++) if (this.sideAt(index) === side) return true;
    return false;
  }

  /** Of all together. */
  bytes(): number {
    let sum = 0;
    for (let index = 0; index < this.length; index++) sum += this.bytesAt(index);
    return sum;
  }

  pathAt(index: number): string {
    return this.#paths.at(this.#place(index));
  }

  /** As `isOfFolder`. */
  isFolderAt(index: number): boolean {
    const at = this.#place(index);
    const odd = this.#odd.get(at);
    if (odd !== undefined) return isOfFolder(odd);
    const kind = this.kindAt(index);
    if (kind !== 'create' && kind !== 'delete') return false;
    return this.#entries.isFolder(this.#entryAt.at(kind === 'create' ? 2 * at : 2 * at + 1));
  }

  /** As `bytesOf`. */
  bytesAt(index: number): number {
    const at = this.#place(index);
    const odd = this.#odd.get(at);
    if (odd !== undefined) return bytesOf(odd);
    const kind = this.kindAt(index);
    if (kind !== 'create' && kind !== 'update') return 0;
    return this.#entries.sizeAt(this.#entryAt.at(2 * at));
  }

  protected override make(index: number): Transition {
    const at = this.#place(index);
    const odd = this.#odd.get(at);
    if (odd !== undefined) return odd;
    const path = this.#paths.at(at);
    const side = this.sideAt(index);
    const moved = (this.#codes.at(at) & movedBit) !== 0;
    const on = moved ? ({ side, path, moved } as const) : { side, path };
    const kind = this.kindAt(index);
    if (kind === 'delete') return { kind, ...on, expected: this.#entryOf(2 * at + 1) };
    const source = this.#entryOf(2 * at);
    const read = { ...on, content: contentOf(source), source };
    if (kind === 'create') return { kind, ...read, from: path };
    const expected = this.#entryOf(2 * at + 1);
    if (kind === 'metadata') return { kind, ...read, expected };
    return { kind: 'update', ...read, from: path, expected };
  }

  #place(index: number): number {
    return this.#order === null ? index : (this.#order[index] ?? this.#codes.length);
  }

  #entryOf(cell: number) {
    return this.#entries.at(this.#entryAt.at(cell));
  }
}

/** Whether it says nothing that its entries do not say. */
function isPlain(transition: Transition): boolean {
  switch (transition.kind) {
    case 'delete':
      return true;
    case 'move':
      return false;
    case 'metadata':
      return isContentOf(transition.content, transition.source);
    case 'create':
    case 'update': {
      const { content, source, from, path } = transition;
      return from === path && isContentOf(content, source);
    }
  }
}
