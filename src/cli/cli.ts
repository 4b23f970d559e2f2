// What every command is given: where to write, how loud, and the manager, opened on first use.
import type { Client } from '../api/client.ts';
import type { Outcome } from './exit.ts';
import type { Terminal } from './terminal.ts';

export interface Cli {
  readonly terminal: Terminal;
  /** Opens the manager, once, and lets it follow the configuration; says so if that is broken. */
  client(): Promise<Client>;
  /** The same without a look at the files of the configuration: for what concerns none of them. */
  storedClient(): Promise<Client>;
  readonly json: boolean;
  readonly quiet: boolean;
  /** 0, 1 (`-v`) or 2 (`-vv`). */
  readonly verbosity: number;
  /** Resolves when a person or the system asks the program to end; from then on it has to obey. */
  interrupted(): Promise<void>;
  end(outcome: Outcome): void;
}
