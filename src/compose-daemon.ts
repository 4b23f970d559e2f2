// What a manager that goes on by itself is made of. Apart from compose.ts, because no other command
// has to load a word of it.
import { open } from './compose.ts';
import type { LogForm } from './daemon/core/log-line.ts';
import type { Wishes } from './daemon/ports.ts';
import { syncError } from './model/error.ts';

export interface ManagerWishes extends Wishes {
  readonly configuration: string | null;
  readonly json: boolean;
  /** Called once, when it can be reached. */
  readonly ready: (addresses: readonly string[]) => void;
}

/** Resolves when it has ended. Throws `manager-running` when another holds the store. */
export async function runManager(wishes: ManagerWishes): Promise<void> {
  const release = await takeStore();
  try {
    await run(wishes);
  } finally {
    release();
  }
}

/** Before anything else is opened: whoever is second is told at once. */
async function takeStore(): Promise<() => void> {
  const [{ openLocks }, { places }, { readAddress }] = await Promise.all([
    import('./store/sqlite/locks.ts'),
    import('./platform/places.ts'),
    import('./platform/daemon-files.ts'),
  ]);
  const { state, manager } = places();
  const held = openLocks({ folder: `${state}/locks` }).tryLock('manager');
  if (!('heldBy' in held)) return () => held.release();
  throw syncError('manager-running', {
    pid: held.heldBy ?? '?',
    address: readAddress(manager.address).address ?? manager.socket,
  });
}

async function run(wishes: ManagerWishes): Promise<void> {
  const [{ startDaemon }, { openDaemonFiles, makeSecret }, parts, { logLine }, { readPage }] =
    await Promise.all([
      import('./daemon/daemon.ts'),
      import('./platform/daemon-files.ts'),
      import('./platform/daemon-process.ts'),
      import('./daemon/core/log-line.ts'),
      import('./platform/page-files.ts'),
    ]);
  const { manager, client, machine, service } = await open(wishes.configuration);
  const { place, clock, store, hash, version } = machine;
  const form: LogForm = wishes.json ? 'json' : parts.isJournal() ? 'journal' : 'plain';
  const files = openDaemonFiles(place.manager, place.runtime);
  const log = (level: Parameters<typeof logLine>[2], text: string) =>
    parts.writeLine(logLine(form, new Date(clock.now()).toISOString(), level, text));
  parts.onCrash((cause) => {
    log('error', cause);
    files.crashed(cause.split('\n', 1)[0] ?? cause);
  });
  for (const warning of machine.warnings) log('warning', warning.text);
  const daemon = await startDaemon(
    {
      clock,
      manager,
      client,
      store,
      files,
      version,
      log,
      supervisor: parts.openSupervisor(),
      hosts: [],
      tokens: [],
      page: readPage(pageFolder()),
      digest: (text) => hash([text]),
      secret: makeSecret,
      onSignal: parts.onSignal,
      watchConfiguration: (changed) => parts.watchFolders(place.configuration, changed),
    },
    wishes,
    (tell) => {
      service.tell = tell;
    },
  );
  wishes.ready(daemon.addresses);
  await daemon.ended;
}

/** As it is written, the program stands in src and the page was built beside it; packed, they are together. */
const pageFolder = () =>
  new URL(import.meta.url.endsWith('.ts') ? '../dist/page/' : './page/', import.meta.url);
