// A sum over the names in a folder, whatever their order: lets a listing be compared with what the
// baseline holds without keeping the names.

export interface NameSum {
  readonly count: number;
  readonly low: number;
  readonly high: number;
}

export class NameSummer {
  #count = 0;
  #low = 0;
  #high = 0;

  add(name: string): void {
    let low = 0x811c_9dc5;
    let high = 0x9747_b28c;
    for (let index = 0; index < name.length; index++) {
      const unit = name.charCodeAt(index);
      low = Math.imul(low ^ unit, 0x0100_0193);
      high = Math.imul(high ^ unit, 0x5bd1_e995);
      high ^= high >>> 15;
    }
    this.#count++;
    this.#low = (this.#low + low) >>> 0;
    this.#high = (this.#high + high) >>> 0;
  }

  sum(): NameSum {
    return { count: this.#count, low: this.#low, high: this.#high };
  }
}

export function sameNames(one: NameSum, other: NameSum): boolean {
  return one.count === other.count && one.low === other.low && one.high === other.high;
}
