// How many rows one list may bring: what the caller asks for, within bounds that keep one answer
// from filling the memory of the process.

const rowsMax = 10_000;

/** `asked`, or `usual` when nothing was asked for, brought into 1 to `rowsMax`. */
export function rowLimit(asked: number | undefined, usual: number): number {
  const wanted = Math.trunc(asked ?? usual);
  return wanted >= 1 ? Math.min(wanted, rowsMax) : 1;
}
