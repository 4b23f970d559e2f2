// The list of items: one line each, with the times that matter.
import type { ItemShape } from '../../api/shapes.ts';
import { isEnding, type Phase } from '../../model/session.ts';
import { printable } from '../../stdx/printable.ts';
import { counted } from '../../stdx/quantity.ts';
import type { Terminal } from '../terminal.ts';
import { ago } from './ago.ts';
import { table } from './core/text.ts';
import { phaseWords } from './core/words.ts';

export function itemLines(items: readonly ItemShape[], terminal: Terminal): readonly string[] {
  const now = terminal.now();
  const head = ['', 'item', 'last run', 'last success', 'last change', ''];
  const rows = items.map((item) => [
    sign(item),
    itemName(item),
    item.last === null ? 'never' : `${ago(item.lastAttempt, now)}`,
    ago(item.lastSuccess, now),
    ago(item.lastChange, now),
    remarks(item),
  ]);
  const [first, ...rest] = table([head, ...rows]);
  const lines = rest.map((line, at) => painted(line, items[at], terminal));
  return [terminal.paint('dim', first ?? ''), ...lines];
}

function itemName({ partnership, name, item }: ItemShape): string {
  const own = name === '' ? item : name;
  return own === partnership.name ? printable(own) : printable(`${partnership.name}/${own}`);
}

function sign(item: ItemShape): string {
  if (!item.enabled) return '–';
  if (item.error !== null || item.last === 'failed' || item.last === 'interrupted') return '✖';
  if (item.openConflicts > 0 || item.waitingPlan !== null || item.last === 'partial') return '!';
  if (item.last === null) return '·';
  return isEnding(item.last) ? '✔' : '⟳';
}

const signStyles: Readonly<Record<string, 'green' | 'yellow' | 'red' | 'dim' | 'cyan'>> = {
  '✔': 'green',
  '!': 'yellow',
  '✖': 'red',
  '–': 'dim',
  '·': 'dim',
  '⟳': 'cyan',
};

function painted(line: string, item: ItemShape | undefined, terminal: Terminal): string {
  if (item === undefined) return line;
  const mark = sign(item);
  return line.replace(mark, terminal.paint(signStyles[mark] ?? 'dim', mark));
}

const quietEndings: readonly Phase[] = ['succeeded', 'declined', 'planned'];

function remarks(item: ItemShape): string {
  return [
    item.enabled ? '' : 'disabled',
    item.checked ? '' : 'not ticked',
    item.last === null || quietEndings.includes(item.last) ? '' : phaseWords[item.last],
    item.openConflicts > 0 ? counted(item.openConflicts, 'conflict') : '',
    item.error === null ? '' : printable(item.error.text),
  ]
    .filter((text) => text !== '')
    .join(', ');
}
