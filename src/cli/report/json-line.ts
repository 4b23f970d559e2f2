// One object on one line of standard output, for programs.
import type { Terminal } from '../terminal.ts';

/** The type stands first, and an object's own `type` does not hide it. */
export function line(terminal: Terminal, type: string, object: object): void {
  terminal.out(JSON.stringify(Object.assign({ type }, object, { type })));
}
