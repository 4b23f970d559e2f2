// The items as a person looks for them: by partnership, the worst first, those that fit the search.
import type { ItemShape, PauseShape, Phase, RunningShape } from '../data/shapes.ts';
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
  /** Of its session that runs now; null: none does. */
  readonly phase: Phase | null;
  readonly paused: PauseShape | null;
  /** Something of it ended badly the last time: there is something to try again. */
  readonly failed: boolean;
  /** Its handler has properties to open. */
  readonly hasProperties: boolean;
  /** Durations of its last sessions in ms, oldest first. */
  readonly durations: readonly number[];
}

export interface Facts {
  readonly items: readonly ItemShape[];
  readonly running: readonly RunningShape[];
}

export function groupsOf({ items, running }: Facts, search: string): readonly Group[] {
  const phases = new Map<string, Phase>(running.map((one) => [one.partnership.id, one.phase]));
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
    .flatMap((rows) => groupOf(rows, phases))
    .sort((one, other) => gravity[one.worst.tone] - gravity[other.worst.tone] || order(one, other));
}

/** Made once: of ten thousand names each comparison would make one otherwise. */
const { compare } = new Intl.Collator();
const order = (one: Group, other: Group) => compare(one.name, other.name);

function groupOf(rows: readonly ItemRow[], phases: ReadonlyMap<string, Phase>): Group[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { partnership, handler, enabled, adHoc, paused, durationsMs } = first.item;
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
      phase: phases.get(partnership.id) ?? null,
      paused,
      failed: rows.some(({ item }) => item.last !== null && failures.has(item.last)),
      hasProperties: first.item.handlerHasProperties,
      durations: durationsMs,
    },
  ];
}

function fits({ name, item, handler, partnership }: ItemShape, wanted: string): boolean {
  if (wanted === '') return true;
  return [name, item, handler, partnership.name].some((text) =>
    text.toLowerCase().includes(wanted),
  );
}

const failures: ReadonlySet<Phase> = new Set(['failed', 'partial', 'interrupted', 'stopped']);
