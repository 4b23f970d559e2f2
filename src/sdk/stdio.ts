// Standard input and output of this process as the two ends of a conversation: the only file of the kit
// that touches Node (docs/decisions/0010-serve-and-node.md). Whatever else is printed goes to standard
// error, so that a stray `console.log` cannot break the protocol.
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../ports/clock.ts';
import type { Pipe } from '../wire/connection.ts';

export interface Stdio extends Pipe {
  readonly clock: Clock;
  /** For a person: it ends up in the log of the session. */
  complain(text: string): void;
  /** Ends the process once everything that was written has left it. */
  leave(): Promise<void>;
}

/** Takes standard output for the protocol alone, from now on. */
export function takeStdio(): Stdio {
  const { stdin, stdout, stderr } = process;
  const send = stdout.write.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  // Whoever reads may have gone: that is seen where it is written to.
  stdout.on('error', () => {});
  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      send(bytes, (fault) => (fault ? reject(fault) : resolve()));
    });
  return {
    write,
    output: stdin,
    clock,
    complain: (text) => void stderr.write(`${text}\n`),
    leave: async () => {
      await write(new Uint8Array()).catch(() => {});
      process.exit(0);
    },
  };
}

const clock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  zone: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
  monotonic: () => performance.now(),
  sleep: (ms, signal) => pause(ms, undefined, { ...(signal && { signal }) }).catch(() => {}),
};
