// One program from its start to its end: its lines are handed on as they come, and it is stopped when
// somebody asks for it or when a limit has passed. Asked kindly first, killed after the grace; both go
// to its whole group, so that nothing it has started is left.
import type { ProgramEnd, ProgramStart, RunningProgram } from '../ports/processes.ts';
import { LineSplitter } from './core/split.ts';
import { type Limits, type Overrun, Watchdog } from './watchdog.ts';
import type { CommandWorld } from './world.ts';

export interface Run {
  readonly start: ProgramStart;
  readonly input: string;
  readonly limits: Limits;
  readonly stopSignal: 'SIGINT' | 'SIGTERM';
  readonly graceMs: number;
  /** Aborted when it shall stop. */
  readonly signal: AbortSignal;
  heard(stream: 'output' | 'errors', line: string): void;
}

export interface Ended {
  readonly end: ProgramEnd;
  /** It was stopped, and why. */
  readonly stopped: 'asked' | Overrun | null;
}

/** A run that can be held and let go on. */
export interface Running {
  readonly ended: Promise<Ended>;
  pause(paused: boolean): void;
}

/** Output may be held open by what the program has left behind. */
const outputGraceMs = 2_000;

type World = Pick<CommandWorld, 'processes' | 'clock'>;

/** Rejects as `Processes.start` does. */
export async function run({ processes, clock }: World, what: Run): Promise<Running> {
  const program = await processes.start(what.start);
  const watchdog = new Watchdog(clock, what.limits);
  const over = new AbortController();
  let stopped: Ended['stopped'] = null;
  const stop = (why: NonNullable<Ended['stopped']>): void => {
    if (stopped !== null || over.signal.aborted) return;
    stopped = why;
    program.signal(what.stopSignal);
    // One that is held hears nothing else.
    program.signal('SIGCONT');
    void clock.sleep(what.graceMs, over.signal).then(() => {
      if (!over.signal.aborted) program.signal('SIGKILL');
    });
  };
  const asked = () => stop('asked');
  if (what.signal.aborted) asked();
  what.signal.addEventListener('abort', asked);
  void watchdog.watch(over.signal, stop);
  const heard = (stream: 'output' | 'errors') => (lines: readonly string[]) => {
    if (lines.length > 0) watchdog.heard();
    for (const line of lines) what.heard(stream, line);
  };
  const finish = async (): Promise<Ended> => {
    try {
      const read = Promise.all([
        readLines(program.output, heard('output')),
        readLines(program.errors, heard('errors')),
        feed(program, what.input),
      ]);
      const end = await program.ended;
      await endOfOutput(program, read, clock, stopped !== null);
      return { end, stopped };
    } finally {
      over.abort();
      what.signal.removeEventListener('abort', asked);
    }
  };
  return {
    ended: finish(),
    pause: (paused) => {
      if (stopped !== null) return;
      watchdog.pause(paused);
      program.signal(paused ? 'SIGSTOP' : 'SIGCONT');
    },
  };
}

async function feed(program: RunningProgram, input: string): Promise<void> {
  try {
    if (input !== '') await program.write(new TextEncoder().encode(input));
    program.endInput();
  } catch {
    // It did not want to read all of it, which is its own affair.
  }
}

async function readLines(
  stream: AsyncIterable<Uint8Array>,
  heard: (lines: readonly string[]) => void,
): Promise<void> {
  const splitter = new LineSplitter();
  for await (const bytes of stream) heard(splitter.push(bytes));
  heard(splitter.end());
}

/** What is left of its group after its end would keep the output open, perhaps for ever. */
async function endOfOutput(
  program: RunningProgram,
  read: Promise<unknown>,
  clock: World['clock'],
  wasStopped: boolean,
): Promise<void> {
  if (wasStopped) program.signal('SIGKILL');
  const done = new AbortController();
  const all = read.finally(() => done.abort());
  await Promise.race([all, clock.sleep(outputGraceMs, done.signal)]);
  if (done.signal.aborted) return;
  program.signal('SIGKILL');
  await Promise.race([all, clock.sleep(outputGraceMs, done.signal)]);
}
