// The outer world as a test sets it: networks that come and go, batteries, idle people, volumes, hints
// and lost hints. Whatever is set is told to whoever watches, as the true ones do.
import { syncError } from '../../src/model/error.ts';
import type { NetworkConnection, NetworkState, PowerState } from '../../src/model/surroundings.ts';
import type { ProbeTarget } from '../../src/model/terms.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Idleness } from '../../src/ports/idleness.ts';
import type { Network } from '../../src/ports/network.ts';
import type { Notification, Notifier } from '../../src/ports/notifier.ts';
import type { Checks, Outside } from '../../src/ports/outside.ts';
import type { PendingEnd, Power } from '../../src/ports/power.ts';
import type { Volumes } from '../../src/ports/volumes.ts';
import type { WatchHint, Watching } from '../../src/ports/watching.ts';

/** Listeners of one kind of news. */
class Ears<News> {
  readonly #ears = new Set<(news: News) => void>();

  listen(listener: (news: News) => void): () => void {
    const own = (news: News) => listener(news);
    this.#ears.add(own);
    return () => void this.#ears.delete(own);
  }

  tell(news: News): void {
    for (const ear of [...this.#ears]) ear(news);
  }

  get count(): number {
    return this.#ears.size;
  }

  end(): void {
    this.#ears.clear();
  }
}

const home: NetworkConnection = {
  name: 'wlan0',
  kind: 'wireless',
  addresses: ['192.168.1.7/24'],
  gateway: '192.168.1.1',
  ssid: 'Home',
};

class VirtualNetwork implements Network {
  readonly #ears = new Ears<NetworkState>();
  /** Targets that do not answer, as `host:port` or a path. */
  readonly silent = new Set<string>();
  readonly probes: string[] = [];
  #state: NetworkState = { online: true, metered: false, connections: [home] };

  state = async () => this.#state;
  watch = (listener: (state: NetworkState) => void) => this.#ears.listen(listener);

  probe = async (target: ProbeTarget) => {
    const name = target.kind === 'tcp' ? `${target.host}:${target.port}` : target.path;
    this.probes.push(name);
    const isHere = target.kind === 'path' || target.host.startsWith('127.');
    return !this.silent.has(name) && (isHere || this.#state.online !== false);
  };

  set(change: Partial<NetworkState>): void {
    this.#state = { ...this.#state, ...change };
    this.#ears.tell(this.#state);
  }

  goOffline(): void {
    this.set({ online: false, connections: [] });
  }

  comeOnline(connection: NetworkConnection = home): void {
    this.set({ online: true, connections: [connection] });
  }
}

class VirtualPower implements Power {
  readonly #states = new Ears<PowerState>();
  readonly #resumes = new Ears<void>();
  /** Who asked to be waited for, and whether the system is held up by them now. */
  readonly #pending = new Map<(pending: PendingEnd) => Promise<void>, 'holds' | 'let go'>();
  readonly ends: string[] = [];
  #state: PowerState = { onBattery: false, charge: null };

  get now(): PowerState {
    return this.#state;
  }

  state = async () => this.#state;
  watch = (listener: (state: PowerState) => void) => this.#states.listen(listener);
  onResume = (listener: () => void) => this.#resumes.listen(listener);
  /** Why it cannot be ended at all. */
  unable: string | null = null;

  requireEnd = async (what: string) => {
    if (this.unable !== null) throw syncError('system-unable', { what, reason: this.unable });
  };

  end = async (how: string) => {
    await this.requireEnd(how);
    this.ends.push(how);
  };

  onPending(listener: (pending: PendingEnd) => Promise<void>): () => void {
    this.#pending.set(listener, 'holds');
    return () => void this.#pending.delete(listener);
  }

  set(change: Partial<PowerState>): void {
    this.#state = { ...this.#state, ...change };
    this.#states.tell(this.#state);
  }

  /** Resolves when all who asked to be waited for are ready. */
  async announce(pending: PendingEnd): Promise<void> {
    await Promise.all(
      [...this.#pending.keys()].map(async (listener) => {
        // One whose manager has died answers nothing at all.
        await Promise.resolve(listener(pending)).catch(() => {});
        if (this.#pending.has(listener)) this.#pending.set(listener, 'let go');
      }),
    );
  }

  get isHeldUp(): boolean {
    return [...this.#pending.values()].includes('holds');
  }

  /** What was announced did not come. */
  goOn(): void {
    for (const listener of this.#pending.keys()) this.#pending.set(listener, 'holds');
  }

  resume(): void {
    this.goOn();
    this.#resumes.tell();
  }
}

/** Somebody was there at a moment, and has been away since. */
class VirtualIdleness implements Idleness {
  readonly #clock: Clock;
  seenAt: number | null;
  processes: number | null = 0.1;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.seenAt = clock.now();
  }

  idleMs = async () => (this.seenAt === null ? null : Math.max(0, this.#clock.now() - this.seenAt));
  load = () => this.processes;
}

class VirtualWatching implements Watching {
  readonly #ears = new Map<string, Ears<WatchHint>>();
  /** Why a root cannot be watched. */
  readonly impossible = new Map<string, string>();

  async watch(root: string, listener: (hint: WatchHint) => void) {
    const reason = this.impossible.get(root);
    if (reason !== undefined) throw syncError('watch-impossible', { root, reason });
    const ears = this.#ears.get(root) ?? new Ears<WatchHint>();
    this.#ears.set(root, ears);
    const end = ears.listen(listener);
    return { isAllTold: async () => ears.count > 0, close: async () => end() };
  }

  tell(root: string, hint: WatchHint): void {
    this.#ears.get(root)?.tell(hint);
  }

  change(root: string, ...paths: string[]): void {
    this.tell(root, { kind: 'changed', paths });
  }

  /** Something changed at a path: whoever watches a folder above it is told. */
  touch(path: string): void {
    for (const [root, ears] of this.#ears) {
      if (path === root) ears.tell({ kind: 'changed', paths: [''] });
      else if (path.startsWith(`${root}/`)) {
        ears.tell({ kind: 'changed', paths: [path.slice(root.length + 1)] });
      }
    }
  }

  /** What stood there is gone, with all below it. */
  remove(path: string): void {
    for (const [root, ears] of this.#ears) {
      if (root !== path && !root.startsWith(`${path}/`)) continue;
      this.#ears.delete(root);
      ears.tell({ kind: 'broken', reason: 'the folder was removed or replaced' });
      ears.end();
    }
    this.touch(path);
  }

  isWatched(root: string): boolean {
    return (this.#ears.get(root)?.count ?? 0) > 0;
  }
}

class VirtualVolumes implements Volumes {
  readonly #ears = new Ears<readonly string[]>();
  #mounted: readonly string[] = ['/'];

  mounted = async () => this.#mounted;
  watch = (listener: (mounted: readonly string[]) => void) => this.#ears.listen(listener);

  set(mounted: readonly string[]): void {
    this.#mounted = mounted;
    this.#ears.tell(mounted);
  }
}

class KeptNotices implements Notifier {
  readonly sent: Notification[] = [];
  fault: Error | null = null;

  async send(notification: Notification): Promise<void> {
    if (this.fault !== null) throw this.fault;
    this.sent.push(notification);
  }
}

class VirtualChecks implements Checks {
  readonly codes = new Map<string, number | null>();
  run = async (command: readonly string[]) => this.codes.get(command[0] ?? '') ?? null;
}

export class VirtualOutside implements Outside {
  readonly network = new VirtualNetwork();
  readonly power = new VirtualPower();
  readonly idleness: VirtualIdleness;
  readonly watching = new VirtualWatching();
  readonly volumes = new VirtualVolumes();
  readonly notifier = new KeptNotices();
  readonly checks = new VirtualChecks();
  readonly pings: number[] = [];
  /** Signs of single runs, as `moment address`. */
  readonly runs: string[] = [];
  /** Who waits for them does not answer. */
  deafness: Error | null = null;
  readonly beacon: Outside['beacon'];

  constructor(clock: Clock) {
    this.idleness = new VirtualIdleness(clock);
    this.beacon = {
      ping: async () => void this.pings.push(clock.now()),
      ran: async (address, moment) => {
        if (this.deafness !== null) throw this.deafness;
        this.runs.push(`${moment} ${address}`);
      },
    };
  }
}
