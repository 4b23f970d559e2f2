// How values that SQLite has no type for stand in a column. JSON is read back as what the row's
// type says: only this program writes the store, and its form is guarded by a version.

/** Null stays null, so that a person looking into the store sees it. */
export function jsonCell(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

export function fromJsonCell<T>(cell: string | null): T {
  return (cell === null ? null : JSON.parse(cell)) as T;
}

export function flagCell(value: boolean): number {
  return value ? 1 : 0;
}
