// Processes that work on the same store know each other by a socket each: `status`, `skip` and `stop`
// reach a session in whichever of them it runs. Without an answer nothing is waited for.
import type { RunningShape } from '../api/shapes.ts';
import type { JsonObject } from '../model/json.ts';
import type { Channel, Question } from './channel.ts';
import { isTold, runningHere, skipHere, tellHere } from './here.ts';
import { findPartnership, type LocalDeps } from './local-deps.ts';
import { namesOf } from './shaping.ts';

export async function answerNeighbour(deps: LocalDeps, asked: unknown): Promise<JsonObject> {
  const question = asked as Partial<Record<string, unknown>> | null;
  if (question?.verb === 'running') {
    const nameOf = namesOf(await deps.store.partnerships.list());
    return { running: runningHere(deps, nameOf) as unknown as JsonObject[] };
  }
  if (question?.verb === 'skip' && typeof question.name === 'string') {
    return { count: await skipHere(deps, question.name) };
  }
  if (isTold(question?.verb) && typeof question.partnership !== 'undefined') {
    const { verb, partnership } = question;
    if (typeof partnership !== 'string' && partnership !== null) return { count: 0 };
    const id = partnership === null ? null : (await findPartnership(deps.store, partnership)).id;
    return { count: tellHere(deps, verb, id) };
  }
  return {};
}

export async function runningElsewhere(channel: Channel): Promise<readonly RunningShape[]> {
  const answers = await channel.ask({ verb: 'running' });
  return answers.flatMap(({ process, answer }) => {
    const { running } = (answer ?? {}) as { readonly running?: unknown };
    if (!Array.isArray(running)) return [];
    return (running as readonly RunningShape[]).map((one) => ({ ...one, process }));
  });
}

export async function countElsewhere(channel: Channel, question: Question): Promise<number> {
  const answers = await channel.ask(question);
  return answers.reduce((sum, { answer }) => {
    const { count } = (answer ?? {}) as { readonly count?: unknown };
    return sum + (typeof count === 'number' ? count : 0);
  }, 0);
}
