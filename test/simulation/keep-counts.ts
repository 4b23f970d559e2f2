// What a full run counted, kept in docs/proof.md for whoever wants to know how much was tried.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Counts } from './counts.ts';

const page = new URL('../../docs/proof.md', import.meta.url);

/** `place`: the word of the mark in the page. */
export function keepCounts(counts: Counts, place = 'kept'): void {
  writeFileSync(page, withCounts(readFileSync(page, 'utf8'), counts, place));
}

export function withCounts(text: string, counts: Counts, place = 'kept'): string {
  const marks = new RegExp(`(<!-- counts: ${place} -->)[\\s\\S]*?(<!-- counts: end -->)`);
  const rows = Object.entries(counts).map(
    ([name, count]) => `| ${name} | ${(count ?? 0).toLocaleString('en-US')} |`,
  );
  const table = ['', '| counted | |', '| --- | --- |', ...rows, ''].join('\n');
  return text.replace(marks, (_, first: string, last: string) => `${first}${table}${last}`);
}
