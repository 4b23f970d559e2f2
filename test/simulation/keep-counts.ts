// What a full run counted, kept in docs/proof.md for whoever wants to know how much was tried.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Counts } from './counts.ts';

const page = new URL('../../docs/proof.md', import.meta.url);
const marks = /(<!-- counts: kept -->)[\s\S]*?(<!-- counts: end -->)/;

export function keepCounts(counts: Counts): void {
  writeFileSync(page, withCounts(readFileSync(page, 'utf8'), counts));
}

export function withCounts(text: string, counts: Counts): string {
  const rows = Object.entries(counts).map(
    ([name, count]) => `| ${name} | ${(count ?? 0).toLocaleString('en-US')} |`,
  );
  const table = ['', '| counted | |', '| --- | --- |', ...rows, ''].join('\n');
  return text.replace(marks, (_, first: string, last: string) => `${first}${table}${last}`);
}
