// What follows the end of a session: ticks that are not to be remembered go, its plan gets its last
// state, its handler is kept for its jumps or released, its hooks are run, and who follows it is moved.
// Never rejects.
import { type ErrorRecord, errorRecord } from '../model/error.ts';
import type { PlanState } from '../model/plan.ts';
import type { Ending, SessionResult } from '../model/session.ts';
import { moveFollowers } from './chains.ts';
import { hooksAfter } from './hooks.ts';
import type { Part } from './part.ts';

export async function leavePart(part: Part, result: SessionResult): Promise<void> {
  forgetTemporary(part);
  closePlan(part);
  await letGo(part);
  part.world.pings.ended(part.partnership, part.request, result);
  try {
    await hooksAfter(part, result);
    await moveFollowers(part, result);
  } catch (thrown) {
    tellFault(part, errorRecord(thrown));
  }
}

/** What comes after a session does not change how it ended. */
function tellFault({ id, partnership, recorder }: Part, { text, code }: ErrorRecord): void {
  const about = { session: id, partnership: partnership.id, item: null, subject: null };
  recorder.log({ ...about, level: 'error', text, code, errorId: null, jump: false });
}

function forgetTemporary({ world, items, partnership, recorder }: Part): void {
  const temporary = items.filter((item) => item.temporary).map(({ id }) => id);
  if (temporary.length === 0) return;
  recorder.write(() => world.deps.store.preferences.remove(partnership.id, temporary));
}

/** By how the session ended: what an approved plan is afterwards. Others keep their state. */
const stateAfter: Record<Ending, PlanState | null> = {
  succeeded: 'carried-out',
  partial: 'carried-out',
  failed: 'carried-out',
  stopped: 'carried-out',
  interrupted: 'outdated',
  declined: 'open',
  planned: null,
  halted: null,
};

const reopened = { fits: 'open', outdated: 'outdated' } as const;

function closePlan(part: Part): void {
  const { world, plan, runner, recorder } = part;
  const to = stateAfter[runner.phase as Ending];
  if (plan === null || to === null) return;
  // A plan whose session never came to its work can be approved again, unless it no longer fits.
  const state = runner.hasBegun ? to : reopened[part.planFit];
  recorder.write(() => world.deps.store.plans.move(plan, 'approved', state, []));
}

async function letGo(part: Part): Promise<void> {
  const { handler } = part.runner;
  if (handler === null) return;
  const { keep, retries } = part.world;
  const isWanted = [...retries].some(
    ([request, other]) => other === handler && request !== part.request.id,
  );
  if (isWanted || handler.callback.lines.hasJumps() || handler.callback.isShowing) {
    const { partnership, request, items } = part;
    const [requests, sessions] = [[request.id], [part.id]];
    keep.put({ handler, partnership, requests, sessions, items });
    return;
  }
  keep.drop(handler);
  await handler.close(part.world.deps.clock);
}
