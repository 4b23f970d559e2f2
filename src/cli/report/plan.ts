// A plan as a person reads it: what would happen where, the first changes, and what to type next.
import type { PlanPage } from '../../api/shapes.ts';
import type { PlanChange } from '../../model/plan.ts';
import { printable } from '../../stdx/printable.ts';
import { counted, formatCount, formatSize } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { countsTable } from './core/counts.ts';
import { table } from './core/text.ts';
import { changeWords } from './core/words.ts';

const styles = {
  create: 'green',
  update: 'yellow',
  delete: 'red',
  move: 'cyan',
  metadata: 'dim',
  other: 'dim',
} as const satisfies Record<PlanChange['kind'], string>;

/** First digits of a hash: enough to be unique in one store, short enough to type. */
export const shortHash = (hash: string) => hash.slice(0, 8);

export function changeLines(
  { changes, total }: Pick<PlanPage, 'changes' | 'total'>,
  terminal: Terminal,
): readonly string[] {
  const rows = changes.map((change) => [
    `→ ${change.side}`,
    changeWords[change.kind],
    change.bytes > 0 ? formatSize(change.bytes) : '',
    pathOf(change),
  ]);
  const lines = table(rows, [2]).map((line, at) => {
    const kind = changes[at]?.kind ?? 'other';
    return `  ${terminal.paint(styles[kind], line)}`;
  });
  const more = total - changes.length;
  if (more > 0) lines.push(terminal.paint('dim', `  … and ${formatCount(more)} more`));
  return lines;
}

const pathOf = ({ path, from }: PlanChange) =>
  from === undefined ? printable(path) : `${printable(from)} ⇒ ${printable(path)}`;

export function planLines(page: PlanPage, terminal: Terminal): readonly string[] {
  const { plan, total } = page;
  if (total === 0) return ['Nothing would be done: both sides are the same already.'];
  const bytes = plan.bytes > 0 ? `, ${formatSize(plan.bytes)} to copy` : '';
  return [
    `${terminal.paint('bold', counted(total, 'change'))} would be made${bytes}:`,
    ...changeLines(page, terminal),
    '',
    ...countsTable(plan.counts),
  ];
}
