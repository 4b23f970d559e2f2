// How a program gets at a manager: the one that goes on by itself, or one of its own. Little is imported
// before it is needed: threads start first, and what they do not need is loaded meanwhile.
import type { Client } from './api/client.ts';
import type { HttpClient } from './api/http/http-client.ts';
import type { Manager } from './manager/manager.ts';
import type { ClassFactory, SyncMgr } from './mobsync/mobsync.ts';
import { openCrew } from './platform/crew.ts';
import { isThere } from './platform/manager-socket.ts';
import { places } from './platform/places.ts';
import type { Crew } from './ports/crew.ts';

const lanes = 2;
let startedEarly: Crew | null = null;

/** For a program that knows from its first word that it will need them, unless a manager has its own. */
export function startCrew(): void {
  if (!isThere(places().manager.socket)) startedEarly ??= openThreads();
}

function openThreads(): Crew {
  const entry = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  return openCrew(new URL(entry, import.meta.url), lanes);
}

/** Threads that start with the first job, if they were not started early. */
export function crewOnDemand(): Crew {
  let crew = startedEarly;
  startedEarly = null;
  return {
    lanes,
    run: (job, input) => {
      crew ??= openThreads();
      return crew.run(job, input);
    },
    close: async () => crew?.close(),
  };
}

/** `configuration`: another folder with the files of the person than the usual one. */
export async function openClient(
  options: { readonly configuration?: string | null } = {},
): Promise<Client> {
  const { open } = await import('./compose-manager.ts');
  return (await open(crewOnDemand(), options.configuration ?? null)).client;
}

/**
 * For programs that speak the old contract: SyncMgr over the manager of this computer, and that
 * manager, to show and steer what runs. What an earlier process left waiting is taken up.
 *
 * @param classes The handlers this program has, by class identifier; registering them is another
 *   thing, and once is enough.
 */
export async function openSyncMgr(
  classes: Readonly<Record<string, ClassFactory>>,
): Promise<{ readonly syncMgr: SyncMgr; readonly manager: Manager; close(): Promise<void> }> {
  const [{ mobsyncHandler, mobsyncHandlerName, SyncMgr }, { open }] = await Promise.all([
    import('./mobsync/mobsync.ts'),
    import('./compose-manager.ts'),
  ]);
  const opened = await open(crewOnDemand(), null, (elsewhere) => ({
    [mobsyncHandlerName]: async () => mobsyncHandler(classes, elsewhere),
  }));
  const { manager, client, configuration, machine } = opened;
  await configuration.useHandlers();
  await manager.start();
  const syncMgr = new SyncMgr({ manager, clock: machine.clock });
  return { syncMgr, manager, close: () => client.close() };
}

/** The manager that goes on by itself on this store, if there is one that answers. */
export async function findManager(
  options: { readonly configuration?: string | null } = {},
): Promise<HttpClient | null> {
  const place = places();
  // Somebody else's files are followed in a process of their own.
  if (options.configuration && options.configuration !== place.configuration) return null;
  if (!isThere(place.manager.socket)) return null;
  const { connect } = await import('./client.ts');
  const client = connect();
  try {
    await client.about();
    return client;
  } catch {
    // It died, or is just ending: what it left is no manager.
    await client.close();
    return null;
  }
}
