// What the manager is made of: the ports it is given, and what all requests share. What runs now is
// known to world.ts only, so that a session does not reach into its neighbours.
import type { Handlers } from '../handler/registry.ts';
import type { ErrorRecord } from '../model/error.ts';
import type { PlanHash } from '../model/plan.ts';
import type { RequestId } from '../model/request.ts';
import type { Limits } from '../model/terms.ts';
import type { Clock } from '../ports/clock.ts';
import type { Connections } from '../ports/connection.ts';
import type { HookRunner } from '../ports/hooks.ts';
import type { Locks } from '../ports/lock.ts';
import type { Outside } from '../ports/outside.ts';
import type { Random } from '../ports/random.ts';
import type { Store } from '../ports/store.ts';
import type { Claims } from '../queue/claims.ts';
import type { LocalQueue } from '../queue/local.ts';
import type { Bus } from '../record/bus.ts';
import type { ConflictBook } from '../record/conflicts.ts';
import type { Delay } from '../record/delay.ts';
import type { ConnectionPool } from '../session/connection-pool.ts';
import type { Decisions } from '../session/decisions.ts';
import type { Floor } from '../session/floor.ts';
import type { OpenHandler } from '../session/open-handler.ts';
import type { Lookout } from '../trigger/lookout.ts';
import type { Desk } from './desk.ts';
import type { Faults } from './faults.ts';
import type { Gate } from './gate.ts';
import type { Keep } from './keep.ts';
import type { ItemProgress } from './manager.ts';
import type { Pings } from './pings.ts';
import type { WatchBook } from './watch-book.ts';

export interface ManagerDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly locks: Locks;
  readonly connections: Connections;
  readonly handlers: Handlers;
  /** SHA-256 over the UTF-8 of the parts, as 64 hexadecimal digits. */
  hash(parts: Iterable<string>): PlanHash;
  /** Whether a plan may wait for somebody while its session holds; if not, the session ends, and the plan waits. */
  approverPresent(): boolean;
  /** Whether somebody is there now who answers what handlers ask. */
  answererPresent(): boolean;
  /** The outer world, opened when it is first looked at; default: nothing is known of it. */
  readonly outside?: () => Promise<Outside>;
  /** Runs hooks, opened when there is one; default: none are run. */
  readonly hooks?: () => Promise<HookRunner>;
  /** Hears what failed with nobody waiting for it; default: nobody hears. */
  fault?(error: ErrorRecord): void;
  /** Since when a handler is not started any more; default: all are. */
  handlerDisabledSince?(name: string): number | null;
  /** How long the handler of that name may take after a stop until it is given up; null: no limit. */
  graceMs?(handler: string): number | null;
}

export interface Shared {
  readonly deps: ManagerDeps;
  readonly claims: Claims;
  readonly floor: Floor;
  readonly pool: ConnectionPool;
  readonly desk: Desk;
  readonly decisions: Decisions;
  readonly keep: Keep;
  /** Handlers open beside the sessions, until they are released. */
  readonly asides: Set<OpenHandler>;
  readonly bus: Bus<ItemProgress>;
  readonly conflicts: ConflictBook;
  /** Where changes of phase wait before they are recorded. */
  readonly delay: Delay;
  /** The queue; late, because it is made of the flow. */
  queue(): LocalQueue;
  /** Requests that are to run on a handler that is open already. */
  readonly retries: Map<RequestId, OpenHandler>;
  /** Requests that fail rather than wait while another process has the partnership. */
  readonly impatient: Set<RequestId>;
  /** How many sessions may run at once. */
  limits: Limits;
  readonly gate: Gate;
  readonly faults: Faults;
  readonly pings: Pings;
  readonly lookout: Lookout;
  readonly watchBook: WatchBook;
  /** Signals that had no business in their phase: always 0 unless syncmgr has a fault (S15). */
  violations: number;
}
