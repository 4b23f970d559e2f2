// What a simulation counted, by name; `failed` is the number of seeds and workloads that did not hold.
export type Counts = Readonly<Record<string, number>> & { readonly failed?: number };

export function sumCounts(all: readonly Counts[]): Record<string, number> & { failed: number } {
  const sum: Record<string, number> & { failed: number } = { failed: 0 };
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + (count ?? 0);
  }
  return sum;
}
