// Stays with one request until it has ended: shows what happens, passes on a Ctrl-C, keeps the limits
// of time and transfer.
import type { Client } from '../api/client.ts';
import type { Notice, RequestShape, SessionShape } from '../api/shapes.ts';
import { chooseItems } from './choose.ts';
import type { Cli } from './cli.ts';
import { answerQuestion, canAnswer } from './question.ts';
import type { Reporter } from './report/reporter.ts';
import { reporterFor } from './report/reporter-for.ts';

export type Cut = 'interrupted' | 'time-limit' | 'transfer-limit';

export interface Limits {
  readonly timeMs: number | null;
  readonly bytes: number | null;
}

export interface Followed {
  readonly sessions: readonly SessionShape[];
  /** Why it was stopped from here, if it was. */
  readonly cut: Cut | null;
}

export async function follow(
  cli: Cli,
  client: Client,
  start: () => Promise<RequestShape>,
  limits: Limits,
): Promise<Followed> {
  const reporter = reporterFor(cli);
  const watching = new AbortController();
  // Watching begins before the request is made, so that nothing of it is missed.
  const part = canAnswer(cli) ? 'answers' : 'looks-on';
  const notices = client.watch(null, watching.signal, part);
  const request = await start().catch((error: unknown) => {
    watching.abort();
    reporter.end();
    throw error;
  });
  let cut: Cut | null = null;
  const stop = (cause: Cut) => {
    if (cut !== null) return;
    cut = cause;
    reporter.stopping();
    void client.cancel(request.id).catch(() => {});
  };
  void cli.interrupted().then(() => stop('interrupted'));
  const stopTiming =
    limits.timeMs === null ? () => {} : cli.terminal.every(limits.timeMs, () => stop('time-limit'));
  const seen = [transferWatch(limits.bytes, stop), chooser(cli, client, request.id, reporter)];
  const showing = show(cli, client, notices, reporter, seen);
  try {
    const sessions = await client.whenEnded(request.id);
    return { sessions, cut };
  } finally {
    stopTiming();
    watching.abort();
    await showing;
    reporter.end();
  }
}

async function show(
  cli: Cli,
  client: Client,
  notices: AsyncIterable<Notice>,
  reporter: Reporter,
  also: readonly ((notice: Notice) => Promise<void> | void)[],
): Promise<void> {
  for await (const notice of notices) {
    reporter.notice(notice);
    for (const look of also) await look(notice);
    if (notice.type === 'question' && canAnswer(cli)) {
      await answerQuestion(cli, client, notice.question, reporter);
    }
  }
}

/** A request that waits for the choice of items: asks once, when its sessions have come so far. */
function chooser(cli: Cli, client: Client, request: string, reporter: Reporter) {
  let asked = false;
  return async (notice: Notice) => {
    if (asked || notice.type !== 'event' || notice.event.data.phase !== 'choosing') return;
    const choices = await client.choices(request);
    if (choices.length === 0) return;
    asked = true;
    reporter.end();
    const ticked = await chooseItems(cli, choices);
    if (ticked === null) await client.cancel(request);
    else await client.confirm(request, ticked, false);
  };
}

/** Stops once the items together have transferred more than allowed. */
function transferWatch(bytesMax: number | null, stop: (cause: Cut) => void) {
  const bytes = new Map<string, number>();
  return (notice: Notice) => {
    if (bytesMax === null || notice.type !== 'progress') return;
    bytes.set(`${notice.progress.session} ${notice.progress.item}`, notice.progress.bytes);
    const sum = [...bytes.values()].reduce((total, one) => total + one, 0);
    if (sum >= bytesMax) stop('transfer-limit');
  };
}
