// An answer that is costly to get and good for a while.

/** Whoever asks while it is being got waits for the same. */
export function rememberFor<Answer>(
  goodForMs: number,
  ask: () => Promise<Answer>,
): () => Promise<Answer> {
  let known: { readonly until: number; readonly answer: Promise<Answer> } | null = null;
  return () => {
    if (known === null || performance.now() > known.until) {
      known = { until: performance.now() + goodForMs, answer: ask() };
    }
    return known.answer;
  };
}
