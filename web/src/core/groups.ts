// The items as a person looks for them: by partnership, the worst first, those that fit the search.
import type { ItemShape, Phase, RunningShape, SessionShape } from '../data/shapes.ts';
import { gravity, type Standing, standingOf } from './standing.ts';

export interface ItemRow {
  readonly item: ItemShape;
  readonly standing: Standing;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly handler: string;
  readonly enabled: boolean;
  readonly adHoc: boolean;
  readonly rows: readonly ItemRow[];
  readonly worst: Standing;
  /** Durations of its last sessions in ms, oldest first. */
  readonly durations: readonly number[];
}

export interface Facts {
  readonly items: readonly ItemShape[];
  readonly running: readonly RunningShape[];
  /** Newest first. */
  readonly sessions: readonly SessionShape[];
}

export function groupsOf({ items, running, sessions }: Facts, search: string): readonly Group[] {
  const phases = new Map<string, Phase>(running.map((one) => [one.partnership.id, one.phase]));
  const durations = durationsOf(sessions);
  const wanted = search.trim().toLowerCase();
  const groups = new Map<string, ItemRow[]>();
  for (const item of items) {
    if (!fits(item, wanted)) continue;
    const { id } = item.partnership;
    const row = { item, standing: standingOf(item, phases.get(id) ?? null) };
    const rows = groups.get(id);
    if (rows === undefined) groups.set(id, [row]);
    else rows.push(row);
  }
  return [...groups.values()]
    .flatMap((rows) => groupOf(rows, durations))
    .sort((one, other) => gravity[one.worst.tone] - gravity[other.worst.tone] || order(one, other));
}

const order = (one: Group, other: Group) => one.name.localeCompare(other.name);

function groupOf(rows: readonly ItemRow[], durations: ReadonlyMap<string, number[]>): Group[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { partnership, handler, enabled, adHoc } = first.item;
  const worst = rows.reduce(
    (so, { standing }) => (gravity[standing.tone] < gravity[so.tone] ? standing : so),
    first.standing,
  );
  return [
    {
      ...partnership,
      handler,
      enabled,
      adHoc,
      rows,
      worst,
      durations: durations.get(partnership.id) ?? [],
    },
  ];
}

function fits({ name, item, handler, partnership }: ItemShape, wanted: string): boolean {
  if (wanted === '') return true;
  return [name, item, handler, partnership.name].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

const shown = 20;

function durationsOf(sessions: readonly SessionShape[]): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { partnership, durationMs } of sessions) {
    if (durationMs === null) continue;
    const list = found.get(partnership.id) ?? [];
    if (list.length < shown) list.unshift(durationMs);
    found.set(partnership.id, list);
  }
  return found;
}
