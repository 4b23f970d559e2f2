// Into a session and out of it: the rights it needs, its record, and giving everything back.
//
// A partnership is held twice: within this process by a claim, against other processes by a lock that
// dies with its holder (DB-06). Nobody waits in a cycle: the names of a claim are granted together,
// and locks are taken in the order of their names.
import { errorRecord, syncError } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Held, Lock } from '../ports/lock.ts';
import type { Release } from '../queue/claims.ts';
import { admit, partnershipName } from './admitting.ts';
import { leavePart } from './leaving.ts';
import { Part } from './part.ts';
import type { Round } from './round.ts';
import type { World } from './world.ts';

export interface Entry {
  readonly parts: readonly Part[];
  /** Ends what has not ended, and waits until every handler is released or kept. */
  leave(): Promise<void>;
}

const lockRetryMs = 200;

/** Nobody when the request was withdrawn, or another process took it. */
export async function enter(
  world: World,
  round: Round,
  wanted: readonly Partnership[],
): Promise<Entry> {
  const { turn } = round;
  const admitted = await admit(world, round, wanted);
  if (admitted === null) return nobody(round);
  const { partnerships, release } = admitted;
  const locks = new Map<string, Lock | Held>();
  const giveBack = () => giveAllBack(locks.values(), release);
  try {
    for (const { id } of partnerships.toSorted(byId)) locks.set(id, await lock(round, id));
    if (partnerships.length > 0 && !(await turn.begin())) {
      giveBack();
      return nobody(round);
    }
  } catch (thrown) {
    giveBack();
    throw thrown;
  }
  round.begin();
  const parts = partnerships.map((partnership) =>
    begin(world, round, partnership, locks.get(partnership.id)),
  );
  return {
    parts,
    leave: async () => {
      for (const { runner } of parts) if (!runner.isOver) runner.fail(interrupted());
      await Promise.all(parts.map((part) => part.left));
      giveBack();
    },
  };
}

function nobody(round: Round): Entry {
  round.owner = 'lost';
  return { parts: [], leave: async () => {} };
}

const byId = (one: Partnership, other: Partnership) => (one.id < other.id ? -1 : 1);
const interrupted = () =>
  errorRecord(syncError('internal', { reason: 'the session was left before its end' }));

function begin(
  world: World,
  round: Round,
  partnership: Partnership,
  held: Lock | Held | undefined,
): Part {
  const part = new Part(world, round.request, partnership, round.turns);
  round.parts.push(part);
  world.parts.add(part);
  part.recorder.begin();
  part.left = part.runner.ended
    .then((result) => leavePart(part, result))
    .finally(() => world.parts.delete(part));
  if (held !== undefined && 'heldBy' in held) {
    const details = { name: partnership.name, pid: String(held.heldBy ?? '?') };
    part.runner.fail(errorRecord(syncError('already-running', details)));
  }
  if (round.wish === 'cancelled') part.runner.stop();
  return part;
}

/** Waits for another process to let go, unless the request would rather fail. */
async function lock(round: Round, id: string): Promise<Lock | Held> {
  const { world, turn } = round;
  const { locks, clock } = world.deps;
  for (;;) {
    const held = await locks.tryLock(partnershipName(id));
    const givesUp = world.impatient.has(turn.request.id) || turn.withdrawn.aborted;
    if (!('heldBy' in held) || givesUp) return held;
    await clock.sleep(lockRetryMs, turn.withdrawn);
  }
}

function giveAllBack(locks: Iterable<Lock | Held>, claim: Release): void {
  for (const held of locks) {
    if ('release' in held) held.release();
  }
  claim();
}
