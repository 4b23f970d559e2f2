// Numbers that look random and are the same on every machine: mulberry32, and what is drawn from it.

export interface Chance {
  /** 0 to below 1. */
  next(): number;
  /** 0 to below `limit`, whole. */
  below(limit: number): number;
  /** Log-normal: half of the values lie below `median`. */
  logNormal(median: number, sigma: number): number;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (limit) => Math.floor(next() * limit),
    logNormal: (median, sigma) => {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return Math.round(median * Math.exp(sigma * normal));
    },
  };
}
