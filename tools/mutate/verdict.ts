// Whether a core, or a sample of one, comes to less than it should.

/** How often, at most, a sample of a core that is just good enough is called too low. */
const byChance = 1 / 1000;

export interface Count {
  readonly mutants: number;
  readonly tried: number;
  readonly noticed: number;
}

/**
 * All of them are counted. Some of them are a draw, which tells something only if so few would be noticed
 * less than once in a thousand draws from a core of just the share wanted (the lower tail of the binomial
 * distribution: at 85 % that are up to 10 of 20 and 234 of 300). Below four nothing is ever too low.
 */
export function isTooLow({ mutants, tried, noticed }: Count, share: number): boolean {
  if (tried === mutants || share >= 1) return noticed < share * tried;
  return probabilityOfAtMost(noticed, tried, share) < byChance;
}

/** Of so many noticed where each is with the same probability. */
function probabilityOfAtMost(most: number, tried: number, share: number): number {
  // As logarithms: the first terms of a large sample are too small for a number.
  let term = tried * Math.log(1 - share);
  let sum = Math.exp(term);
  for (let count = 1; count <= most; count += 1) {
    term += Math.log(((tried - count + 1) / count) * (share / (1 - share)));
    sum += Math.exp(term);
  }
  return sum;
}
