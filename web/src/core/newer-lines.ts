// Pages of lines, newest first, with lines that came after them.
import type { LogLine } from '../data/shapes.ts';

export interface Pages {
  pages: (readonly LogLine[])[];
  pageParams: (number | null)[];
}

/** While lines stream in at the top, those below are let go beyond so many; scrolling asks again. */
const keptAtTop = 2_000;

/** `newer` is the answer to a question for what is after the first line, `limit` lines at most. */
export function withNewer(shown: Pages, newer: readonly LogLine[], limit: number): Pages {
  // More came than was asked for at once: what lies between is not known, so begin with these.
  if (newer.length >= limit) return { pages: [newer], pageParams: [null] };
  const [first = [], ...older] = shown.pages;
  const known = new Set(newer.map(({ id }) => id));
  const joined = [...newer, ...first.filter(({ id }) => !known.has(id))];
  if (joined.length > keptAtTop) {
    return { pages: [joined.slice(0, keptAtTop)], pageParams: [null] };
  }
  return { pages: [joined, ...older], pageParams: shown.pageParams };
}
