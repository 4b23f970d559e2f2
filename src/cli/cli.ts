// What every command is given: where to write, how loud, and the manager, opened on first use.
import type { Command } from 'commander';
import type { Client } from '../api/client.ts';
import type { HttpClient } from '../api/http/http-client.ts';
import type { ServiceDesk } from '../api/service.ts';
import type { CheckShape, HandlerTrial } from '../api/trial-shapes.ts';
import type { Outcome } from './exit.ts';
import type { Terminal } from './terminal.ts';

/** How a manager that goes on by itself shall be. */
export interface ManagerWishes {
  readonly configuration: string | null;
  /** Null: it listens on its socket alone. */
  readonly port: number | null;
  /** The port was named, so another will not do. */
  readonly portIsMeant: boolean;
  /** For what is marked to run before it ends. */
  readonly budgetMs: number;
  /** How long sessions may take to end before it does. */
  readonly graceMs: number;
  /** Its own log as JSON. */
  readonly json: boolean;
  ready(addresses: readonly string[]): void;
}

export interface Cli {
  readonly terminal: Terminal;
  /** Opens the manager, once, and lets it follow the configuration; says so if that is broken. */
  client(): Promise<Client>;
  /** The same without a look at the files of the configuration: for what concerns none of them. */
  storedClient(): Promise<Client>;
  /** The one that goes on by itself; null when none answers. */
  manager(): Promise<HttpClient | null>;
  /** Goes on until somebody ends it. */
  runManager(wishes: Omit<ManagerWishes, 'configuration'>): Promise<void>;
  /** How the system keeps a manager going. */
  services(): Promise<ServiceDesk>;
  /** Each check of a handler as soon as it is over; no manager has to do with it. */
  testHandler(trial: HandlerTrial, signal: AbortSignal): AsyncIterable<CheckShape>;
  readonly commandNames: readonly string[];
  /** With its flags and what is below it; null when there is none. */
  commandCalled(name: string): Promise<Command | null>;
  readonly json: boolean;
  readonly quiet: boolean;
  /** 0, 1 (`-v`) or 2 (`-vv`). */
  readonly verbosity: number;
  /** Resolves when a person or the system asks the program to end; from then on it has to obey. */
  interrupted(): Promise<void>;
  end(outcome: Outcome): void;
}
