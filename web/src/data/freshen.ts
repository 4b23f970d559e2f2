// Asks anew what is not true any more: a burst of events asks once, and nothing is asked again before its
// answer is there, so that a busy manager gets as many questions as it can answer.

export interface Freshener {
  /** Soon; of several within a moment one is done. */
  soon(key: string): void;
}

export function freshener(
  ask: (key: string) => Promise<unknown>,
  later: (work: () => void) => void,
): Freshener {
  const waiting = new Set<string>();
  const asking = new Set<string>();
  let course: 'quiet' | 'scheduled' = 'quiet';

  const flush = () => {
    course = 'quiet';
    for (const key of waiting) {
      if (asking.has(key)) continue;
      waiting.delete(key);
      asking.add(key);
      void ask(key)
        .catch(() => {})
        .finally(() => {
          asking.delete(key);
          if (waiting.has(key)) schedule();
        });
    }
  };
  const schedule = () => {
    if (course === 'scheduled') return;
    course = 'scheduled';
    later(flush);
  };
  return {
    soon: (key) => {
      waiting.add(key);
      schedule();
    },
  };
}
