// Tells changes of something that can only be looked at: looks at intervals, and at once when somebody
// says that it may have changed. The same as before is not told again.
import { isDeepStrictEqual } from 'node:util';

interface Regular<State> {
  look(): Promise<State>;
  tell(state: State): void;
  readonly everyMs: number;
  /** Subscribes to whoever may know sooner; returns the end of it. */
  hurry?(changed: () => void): () => void;
}

/** Returns the end of it. What is found at first is not told: only what differs from it. */
export function lookRegularly<State>({ look, tell, everyMs, hurry }: Regular<State>): () => void {
  let ended = false;
  let last: { readonly state: State } | null = null;
  let running: Promise<void> | null = null;
  let again = false;

  const once = async () => {
    const state = await look();
    if (ended) return;
    const isNew = last !== null && !isDeepStrictEqual(last.state, state);
    last = { state };
    if (isNew) tell(state);
  };
  const now = () => {
    if (ended) return;
    if (running !== null) {
      again = true;
      return;
    }
    running = once().finally(() => {
      running = null;
      if (again) {
        again = false;
        now();
      }
    });
  };
  now();
  const timer = setInterval(now, everyMs).unref();
  const calm = hurry?.(now);
  return () => {
    ended = true;
    clearInterval(timer);
    calm?.();
  };
}
