// Text in columns. Widths are an estimate (wide scripts count double); the terminal cuts what is
// misjudged, because drawing switches its line wrap off.

export function width(text: string): number {
  let total = 0;
  for (const character of text) total += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return total;
}

function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff)
  );
}

/** The beginning that fits, with `…` where something was left out. */
export function cut(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  let kept = '';
  for (const character of text) {
    if (width(kept + character) > columns - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Keeps both ends: of a path, the root and the name matter most. */
export function cutMiddle(text: string, columns: number): string {
  if (width(text) <= columns) return text;
  const characters = [...text];
  const head = Math.floor((columns - 1) / 3);
  const tail = columns - 1 - head;
  return `${characters.slice(0, head).join('')}…${characters.slice(-tail).join('')}`;
}

export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

export function paddedLeft(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Rows of equal width per column, two spaces between; the last column is not padded. */
export function table(
  rows: readonly (readonly string[])[],
  rightAligned: readonly number[] = [],
): readonly string[] {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...rows.map((row) => width(row[column] ?? ''))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const size = widths[column] ?? 0;
        if (rightAligned.includes(column)) return paddedLeft(cell, size);
        return column === columns - 1 ? cell : padded(cell, size);
      })
      .join('  ')
      .trimEnd(),
  );
}
