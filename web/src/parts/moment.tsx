// A moment, as long ago as it is now; its title says exactly when, in the zone of whoever looks.
import { useSyncExternalStore } from 'react';
import { exact, relative } from './moments.ts';

interface MomentProps {
  readonly at: string | null;
  /** What stands where there is none. */
  readonly none?: string;
}

export function Moment({ at, none = 'never' }: MomentProps) {
  const now = useNow();
  if (at === null) return <span>{none}</span>;
  return (
    <time dateTime={at} title={exact(at, undefined)}>
      {relative(at, now, undefined)}
    </time>
  );
}

const everyMs = 5_000;
let now = Date.now();
const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | null = null;

/** One clock for all moments of the page. */
function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || ticking === null) return;
    clearInterval(ticking);
    ticking = null;
  };
}
