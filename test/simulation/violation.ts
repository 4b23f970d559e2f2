/** A broken invariant, by its number in reliability 3.1. */
export class Violation extends Error {
  readonly invariant: string;

  constructor(invariant: string, text: string) {
    super(`${invariant}: ${text}`);
    this.invariant = invariant;
  }
}

/** What it was that broke, for whoever reads the report: an invariant, or `crash`. */
export function brokenBy(thrown: unknown): { readonly invariant: string; readonly text: string } {
  const invariant = thrown instanceof Violation ? thrown.invariant : 'crash';
  const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return { invariant, text };
}
