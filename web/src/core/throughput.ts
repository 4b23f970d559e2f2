// How fast it goes, from the counts that come in: bytes over the last seconds, one value a second for the
// chart, and how long it will take if it goes on so.

export interface Sample {
  /** Milliseconds of a clock that never goes back. */
  readonly at: number;
  readonly bytes: number;
}

const windowMs = 5_000;
const keptMs = 120_000;

/** With the new sample, and without those that are too old to be shown. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  return withAnother(samples, sample, keptMs);
}

/** Only as far back as a rate looks: for one of many items. */
export function withRecent(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  return withAnother(samples, sample, windowMs);
}

function withAnother(
  samples: readonly Sample[],
  sample: Sample,
  keepMs: number,
): readonly Sample[] {
  const last = samples.at(-1);
  // A count that fell belongs to another session.
  if (last !== undefined && sample.bytes < last.bytes) return [sample];
  if (last !== undefined && sample.at - last.at < 250) return samples;
  return [...samples.filter(({ at }) => at > sample.at - keepMs), sample];
}

/** Bytes a second over the last five. */
export function rateOf(samples: readonly Sample[]): number {
  const last = samples.at(-1);
  if (last === undefined) return 0;
  const first = samples.find(({ at }) => at >= last.at - windowMs) ?? last;
  const ms = last.at - first.at;
  return ms <= 0 ? 0 : ((last.bytes - first.bytes) * 1_000) / ms;
}

/** Null while it cannot be said. */
export function timeLeft(samples: readonly Sample[], bytesMax: number): number | null {
  const rate = rateOf(samples);
  const done = samples.at(-1)?.bytes ?? 0;
  if (bytesMax <= 0 || rate <= 0 || done >= bytesMax) return null;
  return ((bytesMax - done) * 1_000) / rate;
}

/** Over how long a point of the chart is the mean: what is shorter is how pieces are handed on. */
const smoothMs = 1_500;

/** Points for the chart: seconds before the last, and the rate there. */
export function curve(samples: readonly Sample[]): readonly [seconds: number[], rates: number[]] {
  const last = samples.at(-1);
  if (last === undefined) return [[], []];
  const seconds: number[] = [];
  const rates: number[] = [];
  let from = 0;
  for (let index = 1; index < samples.length; index += 1) {
    const here = samples[index];
    if (here === undefined) continue;
    while ((samples[from + 1]?.at ?? here.at) <= here.at - smoothMs) from += 1;
    const before = samples[from];
    if (before === undefined || here.at === before.at) continue;
    seconds.push((here.at - last.at) / 1_000);
    rates.push(((here.bytes - before.bytes) * 1_000) / (here.at - before.at));
  }
  return [seconds, rates];
}
