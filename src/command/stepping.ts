// One step of the settings, carried out: its program started, listened to, and judged by its end.
import { errorRecord, SyncError, syncError } from '../model/error.ts';
import type { ProgramStart } from '../ports/processes.ts';
import { formatDuration } from '../stdx/quantity.ts';
import { endingWords, type Verdict, verdictOf } from './core/exit.ts';
import type { Filling } from './core/fill.ts';
import { classOf, type Hearing } from './hearing.ts';
import { type Ended, type Running, run } from './run.ts';
import type { CommandSettings, Step } from './schema.ts';
import { programName, startOf } from './surroundings.ts';
import type { Overrun } from './watchdog.ts';
import type { CommandWorld } from './world.ts';

const dayMs = 86_400_000;
const graceMs = 10_000;

export interface Stepping {
  readonly world: CommandWorld;
  readonly settings: CommandSettings;
  readonly filling: Filling;
  readonly environment: ProgramStart['environment'];
  readonly signal: AbortSignal;
  /** Told of each run while it lasts, so that it can be paused. */
  begun(running: Running | null): void;
  /** What it told makes up for an exit that would be a failure. */
  excused?(heard: Hearing): boolean;
}

/**
 * Resolves when the program has done what it should, perhaps with problems. Throws `command-failed`
 * and its like otherwise, and when it was stopped because somebody asked.
 */
export async function carryOut(
  { world, settings, filling, environment, signal, begun, excused }: Stepping,
  step: Step,
  hearing: (program: string) => Hearing,
): Promise<{ readonly heard: Hearing; readonly verdict: Verdict }> {
  const start = startOf(world, settings, step, filling, environment);
  const program = programName(start);
  const heard = hearing(program);
  let broken: unknown = null;
  const stopping = new AbortController();
  const running = await started(world, settings, start, {
    input: step.input ?? '',
    limits: { timeoutMs: step.timeout ?? dayMs, silenceMs: step.silence ?? null },
    stopSignal: settings.stop?.signal ?? 'SIGTERM',
    graceMs: settings.stop?.grace ?? graceMs,
    signal: AbortSignal.any([signal, stopping.signal]),
    heard: (stream, line) => {
      if (broken !== null) return;
      try {
        heard.line(stream, line);
      } catch (thrown) {
        broken = thrown;
        stopping.abort();
      }
    },
  });
  begun(running);
  const ended = await running.ended.finally(() => begun(null));
  heard.output.end();
  if (broken !== null) throw broken;
  if (ended.stopped === null && excused?.(heard)) return { heard, verdict: fine };
  return { heard, verdict: judged(ended, settings, step, program, heard) };
}

const fine: Verdict = { as: 'succeeded', retry: 'temporary', text: null };

/** A program that is missing is an error that says how to install it. */
async function started(
  world: CommandWorld,
  { requires }: CommandSettings,
  start: ProgramStart,
  rest: Omit<Parameters<typeof run>[1], 'start'>,
): Promise<Running> {
  try {
    return await run(world, { start, ...rest });
  } catch (thrown) {
    const { code } = errorRecord(thrown);
    const isIt = requires !== undefined && requires.program === start.program;
    if (code !== 'program-unusable' || !isIt) throw thrown;
    const ways = [
      ...(requires.debian === undefined ? [] : [`apt install ${requires.debian}`]),
      ...(requires.brew === undefined ? [] : [`brew install ${requires.brew}`]),
    ];
    if (ways.length === 0) throw thrown;
    throw syncError(
      'command-missing',
      { program: start.program, install: ways.join(', or: ') },
      thrown,
    );
  }
}

function judged(
  { end, stopped }: Ended,
  settings: CommandSettings,
  step: Step,
  program: string,
  heard: Hearing,
): Verdict {
  if (stopped !== null && stopped !== 'asked') throw overrun(stopped, step, program);
  if (stopped === 'asked')
    throw syncError('command-failed', { program, reason: 'it was stopped.' });
  const verdict = verdictOf(end, step.exit ?? {}, settings.exit ?? {});
  // A line that says why it fails outranks a code that stands for several things.
  const isFine = heard.failure === null ? verdict.as !== 'failed' : end.code === 0;
  if (isFine) return verdict;
  const retry = classOf(heard.failure?.class) ?? verdict.retry;
  const reason = heard.failure?.text ?? ([verdict.text, heard.output.reason].find(Boolean) || '');
  const how = heard.failure === null ? `${endingWords(end)}. ${reason}` : reason;
  const { message } = syncError('command-failed', { program, reason: how.trim() });
  throw new SyncError(heard.failure?.code ?? 'command-failed', message, retry);
}

function overrun(limit: Overrun, step: Step, program: string) {
  return limit === 'timeout'
    ? syncError('command-overdue', { program, limit: formatDuration(step.timeout ?? dayMs) })
    : syncError('command-silent', { program, limit: formatDuration(step.silence ?? 0) });
}
