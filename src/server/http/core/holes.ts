// What is missing between events: sequence numbers have no holes until what is old is forgotten.
import type { Notice } from '../../../api/shapes.ts';

type Gap = Extract<Notice, { readonly type: 'gap' }>;

interface Numbered {
  readonly sequence: number;
}

export interface Stretch<Event> {
  /** What comes before the first hole. */
  readonly whole: readonly Event[];
  /** From before the first hole to after the last; null: there is none. */
  readonly gap: Gap | null;
  readonly rest: readonly Event[];
}

/** @param after The number of the event before; the events are in order. */
export function stretchOf<Event extends Numbered>(
  after: number,
  events: readonly Event[],
): Stretch<Event> {
  const isAfterHole = ({ sequence }: Event, at: number) =>
    sequence !== (events[at - 1]?.sequence ?? after) + 1;
  const first = events.findIndex(isAfterHole);
  const last = events.findLast(isAfterHole);
  if (last === undefined) return { whole: events, gap: null, rest: [] };
  const whole = events.slice(0, first);
  const gap = {
    type: 'gap',
    after: whole.at(-1)?.sequence ?? after,
    before: last.sequence,
  } as const;
  return { whole, gap, rest: events.slice(first) };
}
