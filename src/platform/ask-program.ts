// A question to a program of the system: what it prints, or null when it is missing, fails, or does
// not answer in time.
import { execFile } from 'node:child_process';

const limitMs = 10_000;

export function askProgram(program: string, ...rest: readonly string[]): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string | null>();
  const options = { timeout: limitMs, killSignal: 'SIGKILL', windowsHide: true } as const;
  execFile(program, rest, options, (fault, output) => resolve(fault === null ? output : null));
  return promise;
}

/** A line for the shell of Windows, which knows more of the system than its programs. */
export function askPowerShell(script: string): Promise<string | null> {
  return askProgram('powershell.exe', '-NoProfile', '-NonInteractive', '-Command', script);
}
