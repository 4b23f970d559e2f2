// What the HTTP face needs beside the client: the manager as something that goes on by itself.
import type { AboutShape, ConfigurationReport } from '../../api/shapes.ts';
import type { Event } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Audience } from '../audience.ts';
import type { Scope } from './core/scopes.ts';
import type { EventHub } from './event-hub.ts';
import type { Invokers } from './invokers.ts';

export interface Service {
  readonly clock: Clock;
  readonly hub: EventHub;
  readonly invokers: Invokers;
  readonly audience: Audience;
  about(): Promise<AboutShape>;
  /** As it was read last; reads nothing. */
  configuration(): ConfigurationReport;
  /** Begins to stop; the answer still gets out. */
  stop(): void;
  isStopping(): boolean;
  /** A viewer was closed, because he did not read. */
  dropped(viewer: string, reason: string): void;
  /** In force: that of the person, and those of the configuration. */
  tokens(): readonly { readonly name: string; readonly scopes: readonly Scope[] }[];
  /** Takes it out of force, and out of the file. Rejects with `not-found`. */
  revokeToken(name: string): Promise<void>;
  /** For a browser: good for one use, soon. */
  loginCode(): string;
  /** Oldest first, after `since`. */
  events(since: number, limit: number): Promise<readonly Event[]>;
  metrics(): Promise<string>;
}

/** A call that changed something, or tried to. */
export interface Audited {
  readonly who: string;
  readonly method: string;
  readonly path: string;
  readonly subject: string | null;
  readonly status: number;
}
