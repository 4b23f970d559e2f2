// The two streams a person looks at, and what can be done with them. Answers go to standard output,
// everything about the way there (bars, questions, errors) to standard error.
import process from 'node:process';
import { styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

export interface Terminal {
  /** One line for standard output. */
  out(line: string): void;
  /** One line for standard error. */
  err(line: string): void;
  /** Raw text for standard error: cursor movements. */
  draw(text: string): void;
  paint(style: Style, text: string): string;
  /** Whether standard error can show something that moves. */
  readonly canDraw: boolean;
  /** Whether somebody is there to answer. */
  readonly canAsk: boolean;
  columns(): number;
  rows(): number;
  /** Tells each key by its name, until what it returns is called. */
  keys(heard: (key: string) => void): () => void;
  /** Throws LeftAtQuestion. */
  ask(question: string): Promise<string>;
  /** Milliseconds since some moment; for rates and spinners. */
  elapsed(): number;
  /** Milliseconds since 1970; for saying how long ago something was. */
  now(): number;
  /** Returns what ends it. */
  every(ms: number, tick: () => void): () => void;
}

export function openTerminal(options: { readonly color: boolean }): Terminal {
  const { stdin, stdout, stderr } = process;
  // A pipe that was closed by its reader (`| head`) is no fault of ours.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
  });
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    draw: (text) => void stderr.write(text),
    paint: (style, text) => (options.color ? styleText(style, text, { stream: stdout }) : text),
    canDraw: stderr.isTTY === true && process.env.TERM !== 'dumb',
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
    columns: () => stderr.columns ?? stdout.columns ?? 80,
    rows: () => stderr.rows ?? stdout.rows ?? 24,
    keys: hearKeys,
    ask,
    elapsed: () => performance.now(),
    now: () => Date.now(),
    every(ms, tick) {
      const timer = setInterval(tick, ms);
      timer.unref();
      return () => clearInterval(timer);
    },
  };
}

function hearKeys(heard: (key: string) => void): () => void {
  const { stdin } = process;
  const listen = (
    _: string | undefined,
    key: { readonly name?: string; readonly ctrl?: boolean },
  ) => heard(key.ctrl === true ? `ctrl-${key.name}` : (key.name ?? ''));
  process.getBuiltinModule('node:readline').emitKeypressEvents(stdin);
  stdin.setRawMode(true).on('keypress', listen).resume();
  return () => void stdin.off('keypress', listen).setRawMode(false).pause();
}

/** Ctrl-C in place of an answer. */
export class LeftAtQuestion extends Error {}

/** The end of input (Ctrl-D) is an empty answer. */
async function ask(question: string): Promise<string> {
  // Few commands ask anything, and each would be later by what this loads.
  const { createInterface } = process.getBuiltinModule('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question)).trim();
  } catch (thrown) {
    process.stderr.write('\n');
    if (thrown instanceof Error && thrown.message.includes('Ctrl+C')) throw new LeftAtQuestion();
    return '';
  } finally {
    lines.close();
  }
}
