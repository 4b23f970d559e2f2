// The true clock. Waiting is capped and re-armed: a timer of more than 24.8 days fires at once
// (reliability MT-12), and a laptop that slept should look at the time again.
import type { Clock } from '../ports/clock.ts';

const longestTimerMs = 24 * 60 * 60 * 1000;

export const trueClock: Clock = {
  now: () => Date.now(),
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  monotonic: () => performance.now(),
  sleep,
};

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  for (let left = ms; left > 0 && !signal?.aborted; left = end - performance.now()) {
    await wait(Math.min(left, longestTimerMs), signal);
  }
}

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, Math.ceil(ms));
  const stop = () => resolve();
  signal?.addEventListener('abort', stop, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  });
}
