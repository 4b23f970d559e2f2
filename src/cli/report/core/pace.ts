// How fast it goes and how long it will still take, from the last few seconds only: an average over
// the whole run lies after every change of pace.

export interface Sample {
  readonly at: number;
  readonly entries: number;
  readonly bytes: number;
}

export interface Pace {
  readonly bytesPerSecond: number;
  readonly entriesPerSecond: number;
}

const windowMs = 4000;

/** Keeps what is needed of the samples, with the new one at the end. */
export function addSample(samples: readonly Sample[], next: Sample): readonly Sample[] {
  const last = samples.at(-1);
  const restarted = last !== undefined && (next.bytes < last.bytes || next.entries < last.entries);
  if (restarted) return [next];
  return [...samples.filter((sample) => sample.at > next.at - windowMs), next];
}

export function paceOf(samples: readonly Sample[]): Pace | null {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || last.at - first.at < 500) return null;
  const seconds = (last.at - first.at) / 1000;
  return {
    bytesPerSecond: (last.bytes - first.bytes) / seconds,
    entriesPerSecond: (last.entries - first.entries) / seconds,
  };
}

/** Milliseconds left: the slower of bytes and entries decides. Null when nobody can know. */
export function timeLeft(
  pace: Pace | null,
  left: { readonly entries: number; readonly bytes: number },
): number | null {
  if (pace === null) return null;
  const byBytes = left.bytes > 0 ? left.bytes / pace.bytesPerSecond : 0;
  const byEntries = left.entries > 0 ? left.entries / pace.entriesPerSecond : 0;
  // Entries hang on one large file for a while; bytes do not move during many deletions.
  const known = [byBytes, byEntries].filter((seconds) => Number.isFinite(seconds));
  return known.length === 0 ? null : Math.max(...known) * 1000;
}
