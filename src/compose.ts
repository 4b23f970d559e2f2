// The only file that knows which adapter stands behind each port. Threads start first and the store
// is opened meanwhile: both take some twenty milliseconds, and neither needs the other.
import type { Client } from './api/client.ts';
import type { ConfigurationReport, Finding } from './api/shapes.ts';
import { Registry } from './handler/registry.ts';
import { createManager } from './manager/kernel.ts';
import { openChannel } from './platform/channel.ts';
import { trueClock } from './platform/clock.ts';
import { openCrew } from './platform/crew.ts';
import { disk } from './platform/disk.ts';
import { sha256 } from './platform/hasher.ts';
import { places } from './platform/places.ts';
import { trueRandom } from './platform/random.ts';
import type { Connections } from './ports/connection.ts';
import type { RootLook } from './server/doctor-roots.ts';
import { localClient } from './server/local.ts';
import { openLocks } from './store/sqlite/locks.ts';
import { openSqliteStore } from './store/sqlite/store.ts';

const lanes = 2;

export async function openClient(options: {
  readonly configuration: string | null;
}): Promise<Client> {
  const place = places();
  const source = import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js';
  const crew = openCrew(new URL(source, import.meta.url), lanes);
  const { store, damage, warnings } = openSqliteStore({ folder: place.state, clock: trueClock });
  const locks = openLocks({ folder: `${place.state}/locks` });
  const world = {
    filesystem: disk,
    crew,
    clock: trueClock,
    random: trueRandom,
    locks,
    stateFolder: place.state,
  };
  const handlers = new Registry({
    folder: async () => (await import('./folder/handler.ts')).folderHandler(world),
  });
  const manager = createManager({
    store,
    clock: trueClock,
    random: trueRandom,
    locks,
    connections: alwaysConnected,
    handlers,
    hash: (parts) => {
      const hasher = sha256();
      const encoder = new TextEncoder();
      for (const part of parts) hasher.update(encoder.encode(part));
      return hasher.hex();
    },
    approverPresent: () => false,
  });
  const { ConfigurationDesk } = await import('./configuration/desk.ts');
  const configuration = new ConfigurationDesk({
    filesystem: disk,
    folder: options.configuration ?? place.configuration,
    home: place.home,
    now: () => trueClock.now(),
    put: (partnership) => manager.put(partnership),
    remove: (id) => manager.remove(id),
    list: () => store.partnerships.list(),
  });
  const lookName = `empty-${trueRandom.uuid()}`;
  const standIn = `${place.runtime}/${lookName}`;
  const doctor = async () => {
    const [{ examine }, { machineFacts }] = await Promise.all([
      import('./server/doctor.ts'),
      import('./platform/machine.ts'),
    ]);
    return examine({
      filesystem: disk,
      clock: trueClock,
      store,
      stateFolder: place.state,
      machine: machineFacts(),
      storeWarnings: warnings,
      storeDamage: damage,
      look: (path) => crew.run<RootLook>('look', { path }),
      configuration: async () => configurationFindings(await configuration.apply()),
    });
  };
  return localClient({
    manager,
    store,
    clock: trueClock,
    filesystem: disk,
    handlers: handlers.names(),
    configuration,
    channel: openChannel(place.runtime),
    digest: (text) => {
      const hasher = sha256();
      hasher.update(new TextEncoder().encode(text));
      return hasher.hex();
    },
    explainIgnore: async (question) => {
      const { explainIgnore } = await import('./folder/explain.ts');
      return explainIgnore(disk, question);
    },
    emptyFolder: () => {
      disk.makeFolders(standIn);
      return standIn;
    },
    doctor: () => doctor(),
    close: async () => {
      if (disk.stat(standIn) !== null) disk.openFolder(place.runtime).removeFolder(lookName);
      await crew.close();
    },
  });
}

function configurationFindings({ folder, problems }: ConfigurationReport): readonly Finding[] {
  if (problems.length === 0) return [{ topic: 'files', level: 'ok', text: folder, advice: null }];
  return problems.map(({ level, file, line, key, text }) => {
    const place = `${file}:${line ?? 1}: ${key === null ? '' : `${key}: `}${text}`;
    return { topic: 'files', level, text: place, advice: 'See: syncmgr config check' };
  });
}

/** No provider of connections is configured: the default one is taken to be up. */
const alwaysConnected: Connections = {
  isUp: async (name) => name === null,
  open: async (name) => name === null,
  close: async () => {},
};
