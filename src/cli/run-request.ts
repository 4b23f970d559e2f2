// One request from the command line, from start to exit code: follow it, let a person decide over a
// plan that was held back, say what came of it.
import type { Client } from '../api/client.ts';
import type { InvocationShape, PlanPage, RequestShape, SessionShape } from '../api/shapes.ts';
import type { SessionResult } from '../model/session.ts';
import type { Cli } from './cli.ts';
import { decide } from './decide.ts';
import { type Outcome, outcomeOfSessions } from './exit.ts';
import { type Cut, type Followed, follow } from './follow.ts';
import { printHalt, printPlan, printResult, printSession, type SessionLook } from './print.ts';
import { canAnswer } from './question.ts';
import { isApprovable } from './report/halt.ts';

export interface RunOptions {
  /** Approve what a guard holds back, without asking. */
  readonly approve: boolean;
  readonly errorOnNoChange: boolean;
  readonly timeMs: number | null;
  readonly bytes: number | null;
  /** What to type to run it without the baseline; null where that has no meaning. */
  readonly mergeCommand: string | null;
}

export async function runRequest(
  cli: Cli,
  client: Client,
  invocation: Omit<InvocationShape, 'interactive'>,
  options: RunOptions,
): Promise<Outcome> {
  const interactive = canAnswer(cli);
  return await carryThrough(
    cli,
    client,
    () => client.invoke({ ...invocation, interactive }),
    options,
  );
}

/** The same for a request that somebody else makes: approving a plan makes one. */
export async function carryThrough(
  cli: Cli,
  client: Client,
  start: () => Promise<RequestShape>,
  options: RunOptions,
): Promise<Outcome> {
  return (await seeThrough(cli, client, start, options)).outcome;
}

/** With everything that ran, and why it was stopped from here, if it was. */
export async function seeThrough(
  cli: Cli,
  client: Client,
  start: () => Promise<RequestShape>,
  options: RunOptions,
): Promise<Followed & { readonly outcome: Outcome }> {
  const { sessions, cut } = await follow(cli, client, start, options);
  const ended: SessionShape[] = [];
  for (const session of sessions) {
    const look = { cut, named: sessions.length > 1 };
    ended.push(...(await settle(cli, client, session, look, options)));
  }
  const outcome = outcomeOf(ended, cut, options);
  if (cli.json) printResult(cli, ended, outcome);
  return { sessions: ended, cut, outcome };
}

/** Prints what the session came to; a plan held back may lead to further sessions. */
async function settle(
  cli: Cli,
  client: Client,
  session: SessionShape,
  look: SessionLook,
  options: RunOptions,
): Promise<readonly SessionShape[]> {
  const ending = session.result?.ending;
  if (ending === 'planned' && session.plan !== null) {
    await printPlan(cli, client, session.plan);
    return [session];
  }
  if (ending !== 'halted' || session.plan === null) {
    await printSession(cli, client, session, look);
    return [session];
  }
  const page = await client.plan(session.plan, 20);
  if (!options.approve) printHalt(cli, { page, mergeCommand: options.mergeCommand });
  if (!(await isWanted(cli, client, page, options))) return [session];
  const next = await follow(cli, client, () => client.approve(page.plan.hash), options);
  for (const one of next.sessions) await printSession(cli, client, one, { ...look, cut: next.cut });
  return next.sessions;
}

async function isWanted(
  cli: Cli,
  client: Client,
  page: PlanPage,
  options: RunOptions,
): Promise<boolean> {
  if (!isApprovable(page)) {
    if (options.approve) printHalt(cli, { page, mergeCommand: options.mergeCommand });
    return false;
  }
  return options.approve || (await decide(cli, client, page));
}

function outcomeOf(
  sessions: readonly SessionShape[],
  cut: Cut | null,
  { errorOnNoChange }: RunOptions,
): Outcome {
  if (cut !== null) return cut;
  const results = sessions.flatMap(({ result }): SessionResult[] => (result ? [result] : []));
  return outcomeOfSessions(results, errorOnNoChange);
}
