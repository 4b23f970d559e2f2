// How many sessions may run at once: over all, and of one handler.
import type { Partnership } from '../model/partnership.ts';
import type { Limits } from '../model/terms.ts';

export const seatsOf = ({ handler }: Partnership): readonly string[] => [
  allSessions,
  `${ofHandler}${handler}`,
];

const allSessions = 'sessions';
const ofHandler = 'handler-';

/** How many there are of a seat. */
export function seatCount({ limits }: { readonly limits: Limits }, seat: string): number {
  const { sessions, handlers } = limits;
  if (seat === allSessions) return Math.max(1, sessions);
  return Math.max(1, handlers[seat.slice(ofHandler.length)] ?? Number.POSITIVE_INFINITY);
}
