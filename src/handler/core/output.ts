// What a program prints for people, kept within bounds: the first lines as they come, then only the
// last ones, with the number of those between (HN-10). The rest is counted and forgotten.

const firstMax = 200;
const lastMax = 300;
/** Characters of the last lines together. */
const keptMax = 2 ** 20;
const lineMax = 4_096;

export class Output {
  #passed = 0;
  #last: string[] = [];
  #kept = 0;
  #left = 0;

  /** The line if it is one of the first, to be shown at once; null: it is kept, or counted. */
  add(text: string): string | null {
    const line = text.trimEnd().slice(0, lineMax);
    if (line === '') return null;
    if (this.#passed < firstMax) {
      this.#passed += 1;
      return line;
    }
    this.#last.push(line);
    this.#kept += line.length;
    while (this.#last.length > lastMax || this.#kept > keptMax) {
      this.#kept -= this.#last.shift()?.length ?? 0;
      this.#left += 1;
    }
    return null;
  }

  /** What is to be shown at the end; nothing of it is kept afterwards. */
  rest(): readonly string[] {
    const lines = this.#last;
    const left = this.#left;
    this.#last = [];
    [this.#kept, this.#left] = [0, 0];
    return left === 0 ? lines : [`… ${left} lines were left out …`, ...lines];
  }
}
