// Sets a time so that reading it back gives the very same double. Node takes seconds and the kernel
// nanoseconds, both rounded: without the search below one time in five came back a step away, and
// a copied file looked changed to the next scan.

/** What to hand to utimes for `ms`: seconds, or a Date for times before 1970 (CK-02). */
export function unixTime(ms: number): number | Date {
  // Node takes negative numbers for "now", but not negative dates.
  if (ms < 0) return new Date(ms);
  const seconds = ms / 1000;
  const step = 2 ** (Math.floor(Math.log2(Math.max(seconds, 1))) - 52);
  for (const nudge of [0, 1, -1, 2, -2]) {
    const candidate = seconds + nudge * step;
    if (readBack(candidate) === ms) return candidate;
  }
  return seconds;
}

/** How libuv cuts seconds into a timespec, and Node makes milliseconds of that. */
function readBack(seconds: number): number {
  const whole = Math.trunc(seconds);
  const nanoseconds = Math.trunc((seconds - whole) * 1e9);
  return whole * 1000 + nanoseconds / 1e6;
}
