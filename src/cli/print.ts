// What is printed when something has come to an end: for a person or, with --json, for a program.
import type { Client } from '../api/client.ts';
import type { SessionShape } from '../api/shapes.ts';
import type { PlanChange } from '../model/plan.ts';
import type { Cli } from './cli.ts';
import { exitCodes, type Outcome } from './exit.ts';
import type { Cut } from './follow.ts';
import { countsBySide } from './report/core/words.ts';
import { type HaltView, haltLines } from './report/halt.ts';
import { line } from './report/json-line.ts';
import { planLines } from './report/plan.ts';
import { summaryLines } from './report/summary.ts';

const changesShown = 200;

export async function printPlan(cli: Cli, client: Client, hash: string): Promise<void> {
  const everything = cli.json || cli.verbosity > 0;
  const page = await client.plan(hash, everything ? Number.MAX_SAFE_INTEGER : changesShown);
  if (cli.json) {
    printChanges(cli, page.changes);
    line(cli.terminal, 'plan', { ...page.plan, total: page.total });
    return;
  }
  for (const text of planLines(page, cli.terminal)) cli.terminal.out(text);
}

/** Without the handler's own notes: they are for nobody else. */
function printChanges(cli: Cli, changes: readonly PlanChange[]): void {
  for (const { detail: _, ...change } of changes) line(cli.terminal, 'change', change);
}

export function printHalt(cli: Cli, view: HaltView): void {
  if (cli.json) {
    const { plan, total } = view.page;
    printChanges(cli, view.page.changes);
    line(cli.terminal, 'halt', { ...plan, total });
    return;
  }
  for (const text of haltLines(view, cli.terminal)) cli.terminal.err(text);
}

export interface SessionLook {
  /** Why it was stopped from here, if it was. */
  readonly cut: Cut | null;
  /** Say which one it is: there are others. */
  readonly named: boolean;
}

export async function printSession(
  cli: Cli,
  client: Client,
  session: SessionShape,
  { cut, named }: SessionLook,
): Promise<void> {
  const { terminal } = cli;
  const result = session.result;
  if (result === null) return;
  const problems =
    result.problems === 0 ? [] : await client.log({ session: session.id, levels: ['error'] });
  if (cli.json) {
    for (const { text, subject, code, level } of problems) {
      line(terminal, 'problem', { session: session.id, subject, code, level, text });
    }
    return;
  }
  const open =
    result.conflicts === 0
      ? []
      : await client.conflicts({ partnership: session.partnership.id, open: true });
  const conflicts = open.map((conflict) => conflict.subject);
  const clean = problems.length === 0 && conflicts.length === 0;
  if (cli.quiet && clean && result.ending !== 'failed') return;
  const kept = await client.partnerships();
  const handler = kept.find(({ id }) => id === session.partnership.id)?.handler ?? null;
  const folders = handler === 'folder';
  const reportedBy = folders ? null : handler;
  const input = { session, problems, conflicts, named, folders, reportedBy };
  const lines = summaryLines(input, terminal);
  for (const text of lines) terminal.out(text);
  if (cut === 'time-limit') terminal.err('The time limit was reached.');
  if (cut === 'transfer-limit') terminal.err('The transfer limit was reached.');
}

/** The last line with --json. */
export function printResult(cli: Cli, sessions: readonly SessionShape[], outcome: Outcome): void {
  const counts: Record<string, number> = {};
  let [bytes, problems, conflicts] = [0, 0, 0];
  for (const { result } of sessions) {
    for (const [key, count] of Object.entries(result?.counts ?? {})) {
      counts[key] = (counts[key] ?? 0) + count;
    }
    bytes += result?.bytes ?? 0;
    problems += result?.problems ?? 0;
    conflicts += result?.conflicts ?? 0;
  }
  line(cli.terminal, 'result', {
    status: outcome,
    exitCode: exitCodes[outcome],
    counts: countsBySide(counts),
    bytes,
    problems,
    conflicts,
    durationMs: Math.max(0, ...sessions.map((session) => session.durationMs ?? 0)),
    sessions,
  });
}
