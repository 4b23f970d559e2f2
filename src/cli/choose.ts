// The choice before a run: a numbered list with ticks, changed by typing numbers. The old choice
// dialog, for a terminal.
import type { Client } from '../api/client.ts';
import type { ItemShape } from '../api/shapes.ts';
import { printable } from '../stdx/printable.ts';
import type { Cli } from './cli.ts';

/** Ids of the items ticked, or null when the person left. */
export async function chooseItems(
  cli: Cli,
  client: Client,
  partnerships: readonly string[] | null,
): Promise<readonly string[] | null> {
  const all = await client.items();
  const offered = all.filter((item) => isOffered(item, partnerships));
  const ticked = new Set(offered.filter((item) => item.checked));
  for (;;) {
    offered.forEach((item, at) => {
      const tick = ticked.has(item) ? cli.terminal.paint('green', '[x]') : '[ ]';
      const name = `${printable(item.partnership.name)}/${printable(item.name)}`;
      cli.terminal.err(`${String(at + 1).padStart(3)} ${tick} ${name}`);
    });
    const typed = await cli.terminal.ask('Numbers change the tick, Enter starts, q leaves: ');
    if (typed === '') return [...ticked].map((item) => item.item);
    if (typed.toLowerCase() === 'q') return null;
    for (const number of typed.split(/[\s,]+/)) {
      const item = offered[Number(number) - 1];
      if (item === undefined) continue;
      if (!ticked.delete(item)) ticked.add(item);
    }
  }
}

function isOffered(item: ItemShape, partnerships: readonly string[] | null): boolean {
  if (partnerships === null) return item.enabled && !item.adHoc;
  return partnerships.includes(item.partnership.name) || partnerships.includes(item.partnership.id);
}
