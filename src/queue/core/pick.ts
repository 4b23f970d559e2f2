// Who of those that wait may begin. Names are what must not be used by two at once: a partnership, a
// declared resource, the one interactive place. Seats are what so many may use at once. In the order
// of priority and arrival, and who waits keeps what it waits for from those behind it: nobody starves.
// Whoever waits for a name keeps no seat meanwhile, and whoever waits for a seat no other: others can
// work.

export interface Ticket {
  readonly names: readonly string[];
  readonly seats: readonly string[];
  /** Higher ones come first. */
  readonly priority: number;
}

/** `free`: how many of a seat are left. */
export function pick<T extends Ticket>(
  waiting: readonly T[],
  held: ReadonlySet<string>,
  free: (seat: string) => number,
): T[] {
  const taken = new Set(held);
  const used = new Map<string, number>();
  const hasRoom = (seat: string) => (used.get(seat) ?? 0) < free(seat);
  return waiting.filter(({ names, seats }) => {
    const isFree = names.every((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    if (!isFree) return false;
    const lacking = seats.filter((seat) => !hasRoom(seat));
    for (const seat of lacking.length === 0 ? seats : lacking) {
      used.set(seat, (used.get(seat) ?? 0) + 1);
    }
    return lacking.length === 0;
  });
}

/** Where a newcomer stands in the line: behind all of its own priority. */
export function placeInLine(waiting: readonly Ticket[], priority: number): number {
  const behind = waiting.findLastIndex((other) => other.priority >= priority);
  return behind + 1;
}
