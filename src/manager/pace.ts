// How fast a session may go: what the timetable of its partnership says, also when the hour changes
// while it runs.
import type { Terms } from '../model/terms.ts';
import type { Clock } from '../ports/clock.ts';
import type { OpenHandler } from '../session/open-handler.ts';
import type { Part } from './part.ts';

/** Clocks are set, and a computer sleeps: a boundary is never waited for in one go. */
const lookEveryMs = 60_000;

/** Bytes a second, 0 for no limit; null: the timetable says nothing of this hour. */
export async function rateNow(clock: Clock, { bandwidth }: Terms): Promise<number | null> {
  const { rateAt } = await import('../trigger/core/timetable.ts');
  return rateAt(bandwidth, clock.now(), clock.zone());
}

/** Until the session is over, in the background. `told` is what the handler knows by now. */
export function keepPace(part: Part, handler: OpenHandler, told: number | null | 'unknown'): void {
  const { world, partnership } = part;
  if (partnership.terms.bandwidth.length === 0 || !handler.can('setBandwidth')) return;
  world.faults.guard(`keep ${partnership.name} to its timetable`, follow(part, handler, told));
}

async function follow(
  { world: { deps }, partnership: { terms }, runner }: Part,
  handler: OpenHandler,
  told: number | null | 'unknown',
): Promise<void> {
  const { clock } = deps;
  const { changesAt } = await import('../trigger/core/timetable.ts');
  const over = new AbortController();
  void runner.ended.then(() => over.abort());
  let known = told;
  while (!over.signal.aborted) {
    const rate = await rateNow(clock, terms);
    if (rate !== known) handler.tellRate(rate);
    known = rate;
    const now = clock.now();
    const change = changesAt(terms.bandwidth, now, clock.zone()) ?? Number.POSITIVE_INFINITY;
    await clock.sleep(Math.max(1, Math.min(change - now, lookEveryMs)), over.signal);
  }
}
