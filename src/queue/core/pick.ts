// Who of those that wait may begin. Names are what must not be used by two at once: a partnership, a
// declared resource, the one interactive place. In order of arrival, and who waits keeps what it
// waits for from those behind it: nobody starves.

export interface Ticket {
  readonly names: readonly string[];
}

export function pick<T extends Ticket>(waiting: readonly T[], held: ReadonlySet<string>): T[] {
  const taken = new Set(held);
  return waiting.filter(({ names }) => {
    const free = names.every((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return free;
  });
}
