// Telling by a program of the person's own: the text is in its environment, and as JSON in its input;
// never among its arguments, where it could be taken for an option.
import process from 'node:process';
import type { Notification } from '../ports/notifier.ts';
import type { Processes } from '../ports/processes.ts';

const limitMs = 30_000;

export async function tellByCommand(
  { processes, home }: { readonly processes: Processes; readonly home: string },
  [program = '', ...rest]: readonly string[],
  notification: Notification,
): Promise<void> {
  const { level, title, text, key } = notification;
  const own = { SYNCMGR_LEVEL: level, SYNCMGR_TITLE: title, SYNCMGR_TEXT: text, SYNCMGR_KEY: key };
  const code = await runProgram(processes, {
    program,
    arguments: rest,
    folder: home,
    environment: { ...inherited(), ...own },
    input: JSON.stringify(notification),
    limitMs,
  });
  if (code === null) throw new Error(`it did not end within ${limitMs / 1_000} s`);
  if (code !== 0) throw new Error(`it ended with ${code}`);
}

export interface Run {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input: string;
  readonly limitMs: number;
}

/** Its exit code; null when it was ended for its time, or by somebody. Its output is nobody's. */
export async function runProgram(processes: Processes, run: Run): Promise<number | null> {
  const running = await processes.start(run);
  const timer = setTimeout(() => running.signal('SIGKILL'), run.limitMs);
  try {
    // A program that does not read has said enough by that.
    running
      .write(Buffer.from(run.input))
      .catch(() => {})
      .finally(() => running.endInput());
    void drain(running.output);
    void drain(running.errors);
    return (await running.ended).code;
  } finally {
    clearTimeout(timer);
    running.signal('SIGKILL');
  }
}

async function drain(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream);
}

/** A program of the person has the person's environment. */
export function inherited(): Readonly<Record<string, string>> {
  const known = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return Object.fromEntries(known);
}
