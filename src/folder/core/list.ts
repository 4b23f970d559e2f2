// What is asked of a long list, whether its elements stand in memory as objects or are made out of
// columns when somebody looks at one. A plain array is such a list.

export interface List<Element> extends Iterable<Element> {
  readonly length: number;
  at(index: number): Element | undefined;
  entries(): Iterable<[number, Element]>;
  forEach(visit: (element: Element, index: number) => void): void;
  map<Other>(change: (element: Element, index: number) => Other): Other[];
  filter<Narrow extends Element>(keep: (element: Element) => element is Narrow): Narrow[];
  filter(keep: (element: Element) => boolean): Element[];
}

/** The same list with each element changed whenever somebody looks at it. */
export function changed<Element, Other>(
  list: List<Element>,
  change: (element: Element) => Other,
): List<Other> {
  return new ChangedList(list, change);
}

/** A list whose elements are made anew each time, and live no longer than whoever looks at them. */
export abstract class MadeList<Element> implements List<Element> {
  abstract readonly length: number;

  protected abstract make(index: number): Element;

  at(index: number): Element | undefined {
    return index >= 0 && index < this.length ? this.make(index) : undefined;
  }

  *[Symbol.iterator](): Generator<Element> {
    for (let index = 0; index < this.length; index++) yield this.make(index);
  }

  *entries(): Generator<[number, Element]> {
    for (let index = 0; index < this.length; index++) yield [index, this.make(index)];
  }

  forEach(visit: (element: Element, index: number) => void): void {
    for (let index = 0; index < this.length; index++) visit(this.make(index), index);
  }

  map<Other>(change: (element: Element, index: number) => Other): Other[] {
    return Array.from({ length: this.length }, (_, index) => change(this.make(index), index));
  }

  filter<Narrow extends Element>(keep: (element: Element) => element is Narrow): Narrow[];
  filter(keep: (element: Element) => boolean): Element[];
  filter(keep: (element: Element) => boolean): Element[] {
    const kept: Element[] = [];
    for (const element of this) if (keep(element)) kept.push(element);
    return kept;
  }
}

class ChangedList<Element, Other> extends MadeList<Other> {
  readonly #list: List<Element>;
  readonly #change: (element: Element) => Other;

  constructor(list: List<Element>, change: (element: Element) => Other) {
    super();
    this.#list = list;
    this.#change = change;
  }

  override get length(): number {
    return this.#list.length;
  }

  protected override make(index: number): Other {
    return this.#change(this.#list.at(index) as Element);
  }
}
