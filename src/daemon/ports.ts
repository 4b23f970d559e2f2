// What the manager that goes on by itself stands on, beside the manager: its place on this computer
// and whoever watches over it.
import type { Server } from 'node:net';
import type { Client } from '../api/client.ts';
import type { Manager } from '../manager/manager.ts';
import type { Clock } from '../ports/clock.ts';
import type { Store } from '../ports/store.ts';
import type { Audience } from '../server/audience.ts';
import type { Browser, Token } from '../server/http/access.ts';
import type { PageFile } from '../server/http/page-routes.ts';
import type { Start } from './core/crash-loop.ts';
import type { Level } from './core/log-line.ts';

export interface DaemonPorts {
  readonly clock: Clock;
  readonly manager: Manager;
  readonly client: Client;
  readonly audience: Audience;
  readonly store: Store;
  readonly files: DaemonFiles;
  readonly supervisor: Supervisor;
  readonly version: string;
  /** Of the configuration: further names it is reached by, and further tokens. */
  readonly hosts: readonly string[];
  readonly tokens: readonly Token[];
  readonly page: readonly PageFile[];
  digest(text: string): string;
  secret(): string;
  /** Takes a token out of the configuration. Rejects with `not-found`. */
  removeToken(name: string): Promise<void>;
  /** Calls back when somebody asks the process to end or to read its configuration anew. */
  onSignal(heard: (signal: 'stop' | 'reload') => void): void;
  /** Calls back when something in the folder of the configuration may have changed. */
  watchConfiguration(changed: () => void): () => void;
  log(level: Level, text: string): void;
}

/** The files of a manager, in places that only this user may enter. */
export interface DaemonFiles {
  readonly socket: string;
  readStarts(): readonly Start[];
  writeStarts(starts: readonly Start[]): void;
  /** Browsers that are signed in. */
  readBrowsers(): readonly Browser[];
  writeBrowsers(browsers: readonly Browser[]): void;
  /** The token of the person, made anew if there is none. */
  token(): string;
  /** For whoever is refused because this one runs. */
  writeAddress(address: string): void;
  listen(server: Server): Promise<void>;
  remove(): void;
}

/** Whoever started the process and watches over it: systemd, or nobody. */
export interface Supervisor {
  tell(state: 'READY=1' | 'STOPPING=1' | 'RELOADING=1' | 'WATCHDOG=1', status?: string): void;
  /** Null: it does not watch. */
  readonly watchdogMs: number | null;
}

export interface Wishes {
  /** Null: no loopback address at all. */
  readonly port: number | null;
  /** The port was named, so another will not do. */
  readonly portIsMeant: boolean;
  /** For what is marked to run before the manager ends. */
  readonly budgetMs: number;
  /** How long sessions may take to end before the process does. */
  readonly graceMs: number;
}
