// The manager that goes on by itself, from its start to its end, in order. Its right to the store is
// held by whoever calls this.
//
// Start: what died is looked after, the files are read, the doors open, what waits is taken up.
// Stop: nothing new is let in, what runs ends and is recorded, whoever waits is answered, the store
// is closed. A crash at any point leaves what the next start knows how to mend.
import type { AboutShape } from '../api/shapes.ts';
import type { Automation } from '../manager/manager.ts';
import { errorRecord } from '../model/error.ts';
import { type Api, openApi } from '../server/http/api.ts';
import type { Audited } from '../server/http/service.ts';
import { LiveConfiguration } from './configuration.ts';
import { begun, ended, safeModeCause } from './core/crash-loop.ts';
import { openDoors } from './doors.ts';
import type { DaemonPorts, Wishes } from './ports.ts';

type Service = NonNullable<AboutShape['service']>;

export interface Daemon {
  readonly addresses: readonly string[];
  /** Resolves when everything is closed. */
  readonly ended: Promise<void>;
}

const pollMs = 20;

export async function startDaemon(
  ports: DaemonPorts,
  wishes: Wishes,
  /** Hands over what `about` tells of the service. */
  tellService: (service: () => Service) => void,
): Promise<Daemon> {
  const { manager, client, clock, files, log } = ports;
  const startedAt = new Date(clock.now()).toISOString();
  const before = files.readStarts();
  const safeMode = safeModeCause(before, clock.now());
  files.writeStarts(begun(before, clock.now()));
  const configuration = new LiveConfiguration(ports);
  const stopping = Promise.withResolvers<void>();
  let course: 'running' | 'stopping' = 'running';
  let addresses: readonly string[] = [];
  tellService(() => ({
    startedAt,
    addresses,
    safeMode,
    stopping: course === 'stopping',
    problems: configuration.last.problems,
  }));
  const stop = () => {
    course = 'stopping';
    stopping.resolve();
  };
  // It hears everything from the first event on, and lets in nobody yet.
  const api = openApi({
    ...ports,
    client: configuration.observed(client),
    browsers: {
      read: () => files.readBrowsers(),
      write: (browsers) => files.writeBrowsers(browsers),
    },
    tokens: [{ name: 'person', scopes: ['admin'], secret: files.token() }, ...ports.tokens],
    about: () => client.about(),
    configuration: () => configuration.last,
    stop,
    isStopping: () => course === 'stopping',
    audit: (call) => audit(ports, call),
    events: (since, limit) => ports.store.events.list(since, limit),
    waiting: async () => (await ports.store.requests.list(['waiting'])).length,
  });
  await configuration.reload();
  if (safeMode === null) await manager.start();
  else await manager.markInterrupted();
  const automation = safeMode === null ? await automate(ports) : null;
  addresses = await openDoors(api, ports, wishes);
  files.writeAddress(addresses[0] ?? '');
  await tell(ports, 'manager.started', { safeMode });
  if (safeMode !== null) log('error', `Safe mode: nothing runs by itself. ${safeMode}`);
  ports.onSignal((signal) => {
    if (signal === 'stop') stop();
    else configuration.changed();
  });
  const unwatch = ports.watchConfiguration(() => configuration.changed());
  ports.supervisor.tell('READY=1');
  const unguard = guard(ports);
  return {
    addresses,
    ended: stopping.promise.then(async () => {
      unwatch();
      ports.supervisor.tell('STOPPING=1');
      await wind(ports, wishes, api, automation);
      unguard();
    }),
  };
}

/** What a person asks for runs all the same where the outer world cannot be looked at. */
async function automate({ manager, log }: DaemonPorts): Promise<Automation | null> {
  try {
    return await manager.automate();
  } catch (thrown) {
    log('error', `Nothing runs by itself: ${errorRecord(thrown).text}`);
    return null;
  }
}

/** Everything to its end, in order. */
async function wind(
  ports: DaemonPorts,
  wishes: Wishes,
  api: Api,
  automation: Automation | null,
): Promise<void> {
  const { manager, client, clock, files, log } = ports;
  log('information', 'Stopping.');
  await automation?.leave(wishes.budgetMs);
  await automation?.stop();
  const until = clock.monotonic() + wishes.graceMs;
  manager.stop(null);
  while (manager.running().length > 0 && clock.monotonic() < until) await clock.sleep(pollMs);
  const left = manager.running().length;
  if (left > 0) log('warning', `${left} sessions did not end in time; they are left.`);
  await tell(ports, 'manager.stopped', {});
  await api.close();
  if (left === 0) await client.close();
  else await ports.store.flush();
  files.writeStarts(ended(files.readStarts(), 'clean', null));
  files.remove();
  log('information', 'Stopped.');
}

/** Tells whoever watches that the loop of events still turns. */
function guard({ supervisor, clock, log }: DaemonPorts): () => void {
  const { watchdogMs } = supervisor;
  const over = new AbortController();
  const beat = async (everyMs: number) => {
    while (!over.signal.aborted) {
      supervisor.tell('WATCHDOG=1');
      await clock.sleep(everyMs, over.signal);
    }
  };
  if (watchdogMs !== null) {
    beat(watchdogMs / 2).catch((thrown: unknown) =>
      log('error', `systemd is told nothing any more: ${errorRecord(thrown).text}`),
    );
  }
  return () => over.abort();
}

function audit({ store, log }: DaemonPorts, call: Audited): void {
  const data = { ...call };
  const nowhere = { partnership: null, session: null, item: null };
  store.events.add([{ type: 'api.called', ...nowhere, data }]).catch((error: unknown) => {
    log('error', `A call could not be recorded: ${String(error)}`);
  });
}

async function tell(
  { store }: DaemonPorts,
  type: 'manager.started' | 'manager.stopped',
  data: { readonly safeMode?: string | null },
): Promise<void> {
  const nowhere = { partnership: null, session: null, item: null };
  await store.events.add([{ type, ...nowhere, data }]);
}
