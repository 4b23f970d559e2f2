// A run, and then the end of the computer: `run --all --then shutdown`. Whoever asks for it goes away, so
// nothing is asked on the way; Ctrl-C leaves the computer on.
import type { LastRunWishShape } from '../api/computer-end.ts';
import type { SessionShape } from '../api/shapes.ts';
import { type ComputerEnd, computerEnds } from '../model/surroundings.ts';
import type { Cli } from './cli.ts';
import type { Outcome } from './exit.ts';
import { record } from './list.ts';
import { type RunOptions, seeThrough } from './run-request.ts';

export const endWords: readonly string[] = computerEnds;

/** Without a limit of the person's own. */
const usualBudgetMs = 10 * 60_000;

const goodbyes: Record<ComputerEnd, string> = {
  shutdown: 'The computer shuts down.',
  sleep: 'The computer goes to sleep.',
  hibernate: 'The computer hibernates.',
  'log-off': 'The session ends.',
};

export async function runAndEnd(
  cli: Cli,
  { end, partnerships }: Pick<LastRunWishShape, 'end' | 'partnerships'>,
  options: RunOptions,
): Promise<Outcome> {
  const client = await cli.client();
  const timeMs = options.timeMs ?? usualBudgetMs;
  const { now, later } = await client.lastRun({ end, partnerships, budgetMs: timeMs });
  const alone: Cli = { ...cli, terminal: { ...cli.terminal, canAsk: false } };
  const invocation = {
    trigger: 'manual',
    startNow: true,
    interactive: false,
    waits: true,
  } as const;
  const start = () => client.invoke({ ...invocation, partnerships: now });
  const { sessions, cut, outcome } =
    now.length === 0
      ? ({ sessions: [], cut: null, outcome: 'ok' } as const)
      : await seeThrough(alone, client, start, { ...options, timeMs });
  if (cut === 'interrupted') {
    record(cli, 'computer-stays', {}, () => ['The computer stays on.']);
    return outcome;
  }
  const waiting = [...now.filter((name) => !isDone(sessions, name)), ...later];
  if (waiting.length > 0) {
    record(cli, 'waiting', { partnerships: waiting }, () => [
      `For the next start: ${waiting.join(', ')}.`,
    ]);
  }
  await client.endComputer({ end, later: waiting });
  record(cli, 'computer-end', { end }, () => [goodbyes[end]]);
  return outcome;
}

/** It came to an end of its own, a good or a bad one. */
function isDone(sessions: readonly SessionShape[], name: string): boolean {
  const cutShort = ['stopped', 'interrupted', 'declined'];
  return sessions.some(
    ({ partnership, result }) =>
      partnership.name === name && result !== null && !cutShort.includes(result.ending),
  );
}
