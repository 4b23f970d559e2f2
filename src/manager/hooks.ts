// Hooks around a session: `before` ahead of prepare, the others when it has ended. What they print and
// how they ended stands in the session's log, under an item of their own. A dry run has none.
import { type ErrorRecord, errorRecord, syncError } from '../model/error.ts';
import type { LogLevel } from '../model/event.ts';
import type { Hook, HookMoment } from '../model/hooks.ts';
import type { SessionResult } from '../model/session.ts';
import { formatDuration } from '../stdx/quantity.ts';
import type { Part } from './part.ts';

const mostLines = 200;

/** The session goes on, or has been declined, or has failed. */
export async function hookBefore(part: Part): Promise<void> {
  const { runner, request, partnership } = part;
  const hook = partnership.terms.hooks.before;
  if (request.planOnly) return;
  part.hooks = 'begun';
  await ahead(part, hook);
  if (!runner.isOver) part.world.pings.began(partnership);
}

async function ahead(part: Part, hook: Hook | undefined): Promise<void> {
  const { runner } = part;
  if (hook === undefined) return;
  const error = await runner.during(() => run(part, 'before', null, runner.board.signal(null)));
  if (error === null || runner.isOver || hook.outcome === 'ignore') return;
  const failed = errorRecord(syncError('hook-failed', { moment: 'before', reason: error.text }));
  if (hook.outcome === 'cancel') runner.decline(failed);
  else runner.fail(failed);
}

/** A session that was declined has none; one that failed before its `before` has no `after`. */
export async function hooksAfter(part: Part, result: SessionResult): Promise<void> {
  if (part.request.planOnly || result.ending === 'declined') return;
  const moments: readonly HookMoment[] = [
    ...(part.hooks === 'begun' ? (['after'] as const) : []),
    ...(result.ending === 'failed' ? (['on-failure'] as const) : []),
    ...(result.conflicts > 0 ? (['on-conflict'] as const) : []),
  ];
  for (const moment of moments) await run(part, moment, result, part.hooksOver.signal);
}

async function run(
  part: Part,
  moment: HookMoment,
  result: SessionResult | null,
  signal: AbortSignal,
): Promise<ErrorRecord | null> {
  const { world, partnership } = part;
  const hook = partnership.terms.hooks[moment];
  const { hooks, clock } = world.deps;
  if (hook === undefined || hooks === undefined) return null;
  const log = (level: LogLevel, text: string, code: string | null = null): void => {
    const item = `hook:${moment}`;
    const about = { errorId: null, jump: false, subject: null, code };
    part.recorder.log({
      session: part.id,
      partnership: partnership.id,
      item,
      level,
      text,
      ...about,
    });
  };
  if (signal.aborted) {
    log('warning', `Hook ${moment}: it was not run, because there was no time left.`);
    return null;
  }
  let lines = 0;
  const begun = clock.monotonic();
  const runner = await hooks();
  const error = await runner.run({
    moment,
    hook,
    facts: factsOf(part, moment, result),
    signal,
    heard: (line) => {
      lines += 1;
      if (lines <= mostLines) log('information', line);
    },
  });
  const took = formatDuration(clock.monotonic() - begun);
  if (lines > mostLines) log('information', `${lines - mostLines} lines are left out here.`);
  if (error === null) log('information', `Hook ${moment}: done in ${took}.`);
  else log('warning', `Hook ${moment}: ${error.text}`, error.code);
  return error;
}

function factsOf(
  { id, partnership, request }: Part,
  moment: HookMoment,
  result: SessionResult | null,
) {
  return {
    hook: moment,
    session: id,
    partnership: partnership.name,
    trigger: request.trigger,
    result: result?.ending ?? null,
    conflicts: result?.conflicts ?? 0,
    problems: result?.problems ?? 0,
    bytes: result?.bytes ?? 0,
    counts: { ...result?.counts },
    error: result?.error === null || result === null ? null : { ...result.error },
  };
}
