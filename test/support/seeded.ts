// Settings for property tests: the same cases on every run, and one variable to replay others.
// fast-check prints the seed of a failure; give it back as SEED=…

const fixed = 20_261_120;

export function seeded(numRuns = 200): { readonly seed: number; readonly numRuns: number } {
  const given = process.env.SEED;
  return { seed: given === undefined ? fixed : Number(given), numRuns };
}
