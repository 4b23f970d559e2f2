// What is this computer's: disk, clock, chance, store, locks, where things are, and what a client is
// told of it that no manager has to do with.

import type { ConfigurationReport, Finding } from './api/shapes.ts';
import type { FoldersHere } from './folder/list-folders.ts';
import { trueClock as clock } from './platform/clock.ts';
import { disk } from './platform/disk.ts';
import { sha256 } from './platform/hasher.ts';
import { places } from './platform/places.ts';
import { trueRandom as random } from './platform/random.ts';
import { self } from './platform/self.ts';
import type { Crew } from './ports/crew.ts';
import type { RootLook } from './server/doctor-roots.ts';
import type { IgnoreQuestion } from './server/local-deps.ts';
import { openLocks } from './store/sqlite/locks.ts';
import { openSqliteStore } from './store/sqlite/store.ts';

export type Machine = ReturnType<typeof openMachine>;

/** What is this computer's: disk, clock, chance, store, locks, and where things are. */
export function openMachine(configurationFolder: string | null) {
  const usual = places();
  const place = { ...usual, configuration: configurationFolder ?? usual.configuration };
  const { store, warnings } = openSqliteStore({ folder: place.state, clock });
  const locks = openLocks({ folder: `${place.state}/locks` });
  const hash = (parts: Iterable<string>) => {
    const hasher = sha256();
    const encoder = new TextEncoder();
    for (const part of parts) hasher.update(encoder.encode(part));
    return hasher.hex();
  };
  return { ...self(), place, disk, clock, random, store, warnings, locks, hash };
}

/** What a client asks of the computer itself. */
export function computerFacts({ disk, clock, store, place, hash, warnings }: Machine, crew: Crew) {
  return {
    filesystem: disk,
    clock,
    store,
    warnings,
    digest: (text: string) => hash([text]),
    explainIgnore: async (question: IgnoreQuestion) => {
      const { explainIgnore } = await import('./folder/explain.ts');
      return explainIgnore(disk, question);
    },
    network: async () => (await import('./platform/outside.ts')).networkNow(),
    listFolders: (path: string | null) => listFolders(crew, path, place.home),
  };
}

async function listFolders(crew: Crew, path: string | null, home: string) {
  const found = await crew.run<FoldersHere | null>('folders', { path: path ?? home });
  return found === null ? null : { ...found, home };
}

/** An empty folder that a dry run compares with where the real one is not there yet. */
export function standInFolder({ disk, random, place }: Machine) {
  const name = `empty-${random.uuid()}`;
  const path = `${place.runtime}/${name}`;
  let made = false;
  return {
    make: () => {
      disk.makeFolders(path);
      made = true;
      return path;
    },
    remove: () => {
      if (made) disk.openFolder(place.runtime).removeFolder(name);
    },
  };
}

export async function examineAll(
  { disk, clock, store, place, warnings }: Machine,
  crew: Crew,
  configuration: () => Promise<ConfigurationReport>,
): Promise<readonly Finding[]> {
  const [{ examine }, { machineFacts }] = await Promise.all([
    import('./server/doctor.ts'),
    import('./platform/machine.ts'),
  ]);
  return examine({
    filesystem: disk,
    clock,
    store,
    stateFolder: place.state,
    machine: machineFacts(),
    storeWarnings: warnings,
    look: (path) => crew.run<RootLook>('look', { path }),
    surroundings: async () => (await import('./platform/outside.ts')).lookAround(),
    configuration,
  });
}
