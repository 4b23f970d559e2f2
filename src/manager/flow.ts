// The way of one request, top to bottom: its turn in the queue, its sessions, their handlers, what is
// recorded. Everything else in this folder serves a line of this file.
//
// Two ways, because two things matter. With a person there, all questions come first and the work
// goes on undisturbed: handlers prepare one after another, and none synchronizes before all have
// (mobsync A22); a handler of the old contract may count on that whatever the trigger. With nobody
// there, other sessions do not wait for each other at all.
//
// No stage throws: what goes wrong in one ends that session and no other (A16). And a session that
// has ended is passed over by the stages that follow.
import { errorRecord } from '../model/error.ts';
import type { Partnership } from '../model/partnership.ts';
import type { Turn } from '../queue/local.ts';
import { choose } from './choosing.ts';
import { enter } from './entering.ts';
import { hookBefore } from './hooks.ts';
import { open } from './opening.ts';
import type { Part } from './part.ts';
import { approval, prepare } from './preparing.ts';
import { concerned, isInTurn, Round } from './round.ts';
import { seatsOf } from './seats.ts';
import type { World } from './world.ts';

export async function carryOut(turn: Turn, world: World): Promise<void> {
  const round = new Round(turn, world);
  world.rounds.set(turn.request.id, round);
  try {
    const partnerships = await concerned(round);
    if (await isInTurn(round, partnerships)) await together(world, round);
    else await eachByItself(world, round, partnerships);
  } finally {
    await round.end().finally(() => world.rounds.delete(turn.request.id));
  }
}

async function together(world: World, round: Round): Promise<void> {
  const place = await round.interactivePlace();
  const entry = await enter(world, round, await concerned(round));
  try {
    for (const part of entry.parts) await stage(part, open);
    await choose(round, entry.parts);
    for (const part of entry.parts) await stage(part, hookBefore);
    for (const part of entry.parts) await stage(part, prepare);
    await Promise.all(entry.parts.map((part) => stage(part, synchronize)));
  } finally {
    await entry.leave();
    place();
  }
}

async function eachByItself(
  world: World,
  round: Round,
  partnerships: readonly Partnership[],
): Promise<void> {
  await Promise.all(
    partnerships.map(async (partnership) => {
      const entry = await enter(world, round, [partnership]);
      try {
        for (const part of entry.parts) await stage(part, open);
        await choose(round, entry.parts);
        for (const part of entry.parts) await stage(part, hookBefore);
        for (const part of entry.parts) await stage(part, prepare);
        for (const part of entry.parts) await stage(part, synchronize);
      } finally {
        await entry.leave();
      }
    }),
  );
}

async function synchronize(part: Part): Promise<void> {
  await approval(part);
  // What shares a resource prepared with it in one round, but does not work beside it.
  const { resources, terms } = part.partnership;
  const seats = seatsOf(part.partnership);
  const { priority } = terms;
  const release = await part.turns.claim({ names: resources, seats, priority });
  await part.runner.synchronize();
  release?.();
}

async function stage(part: Part, work: (part: Part) => Promise<void>): Promise<void> {
  try {
    if (!part.runner.isOver) await work(part);
  } catch (thrown) {
    part.runner.fail(errorRecord(thrown));
  }
}
