// What a manager that goes on by itself is made of. Apart from compose.ts, because no other command
// has to load a word of it.
import { crewOnDemand } from './compose.ts';
import { open } from './compose-manager.ts';
import type { HandlerPrograms } from './compose-programs.ts';
import type { ApiSettings } from './configuration/schema.ts';
import type { LogForm } from './daemon/core/log-line.ts';
import type { Wishes } from './daemon/ports.ts';
import { errorRecord, syncError } from './model/error.ts';
import type { Secrets } from './ports/secrets.ts';
import type { Token } from './server/http/access.ts';

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
  await (await import('./platform/watchdog.ts')).whenAlone();
  const [{ openLocks }, { places }, { readAddress }] = await Promise.all([
    import('./store/sqlite/locks.ts'),
    import('./platform/places.ts'),
    import('./platform/daemon-files.ts'),
  ]);
  const { state, manager } = places();
  const held = await openLocks({ folder: `${state}/locks` }).tryLock('manager');
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
  const opened = await open(crewOnDemand(), wishes.configuration, () => ({}), 'go-on');
  const { manager, client, machine, service } = opened;
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
  service.fault = ({ text }) => log('error', text);
  const api = await opened.configuration.api();
  const daemon = await startDaemon(
    {
      clock,
      manager,
      client,
      audience: opened.audience,
      store,
      files,
      version,
      log,
      supervisor: parts.openSupervisor(),
      page: readPage(pageFolder()),
      hosts: (api?.hosts ?? []).map((host) => host.toLowerCase()),
      tokens: await tokensOf(api, opened.secrets, log),
      digest: (text) => hash([text]),
      secret: makeSecret,
      removeToken: (name) => opened.configuration.removeToken(name),
      onSignal: parts.onSignal,
      watchConfiguration: (changed) => parts.watchFolders(place.configuration, changed),
    },
    { ...wishes, port: portOf(wishes, api), portIsMeant: wishes.portIsMeant || isMeant(api) },
    (tell) => {
      service.tell = tell;
    },
  );
  for (const text of apartWords(opened.handlers.names(), opened.programs)) log('warning', text);
  wishes.ready(daemon.addresses);
  await daemon.ended;
}

/** A module that held up everything is not quietly another thing than what the files say. */
function apartWords(names: readonly string[], programs: HandlerPrograms) {
  return names
    .filter((name) => programs.apartSince(name) !== null)
    .map(
      (name) =>
        `${name} held up everything and runs in a process of its own; when it is mended: syncmgr handler enable ${name}`,
    );
}

/** As it is written, the program stands in src and the page was built beside it; packed, they are together. */
const pageFolder = () =>
  new URL(import.meta.url.endsWith('.ts') ? '../dist/page/' : './page/', import.meta.url);
const isMeant = (api: ApiSettings | null) => typeof api?.port === 'number' && api.port > 0;

/** The flag outranks the file. With a broken file nothing but the socket is opened. */
function portOf({ port, portIsMeant }: ManagerWishes, api: ApiSettings | null): number | null {
  if (portIsMeant || port === null) return port;
  if (api === null || api.port === 'off') return null;
  return api.port ?? port;
}

/** A token that cannot be had lets nobody in, and keeps nobody out. */
async function tokensOf(
  api: ApiSettings | null,
  secrets: Secrets,
  log: (level: 'error', text: string) => void,
): Promise<readonly Token[]> {
  const tokens = await Promise.all(
    (api?.tokens ?? []).map(async ({ name, scopes, secret }) => {
      try {
        return [{ name, scopes, secret: await secrets.resolve(secret) }];
      } catch (thrown) {
        log('error', `The token ${name} is not in force: ${errorRecord(thrown).text}`);
        return [];
      }
    }),
  );
  return tokens.flat();
}
