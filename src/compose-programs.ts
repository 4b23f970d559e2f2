// What handlers that the configuration names are made of, and what outlives this process of those that
// are programs. Nothing is loaded before one is needed, or an earlier process has left something.
import type { ConfiguredPorts } from './handler/configured.ts';
import type { StartBook } from './handler/start-book.ts';
import type { Clock } from './ports/clock.ts';
import type { Filesystem } from './ports/filesystem.ts';
import type { Random } from './ports/random.ts';
import type { Secrets } from './ports/secrets.ts';

interface Machine {
  readonly disk: Filesystem;
  readonly clock: Clock;
  readonly random: Random;
  readonly version: string;
  readonly place: {
    readonly configuration: string;
    readonly home: string;
    readonly state: string;
  };
}

export interface HandlerPrograms {
  ports(): Promise<ConfiguredPorts>;
  /** Since when a handler that kept failing is not started any more; null: it is. */
  disabledSince(handler: string): number | null;
  /** A person wants it tried again. */
  enable(handler: string): Promise<void>;
}

/** What a process of ours that died has left running is ended before anything new is begun. */
export async function openPrograms(machine: Machine, secrets: Secrets): Promise<HandlerPrograms> {
  const { disk: filesystem, clock, random, version, place } = machine;
  const folder = `${place.state}/programs`;
  let opened: StartBook | null = null;
  const book = async () => {
    const [{ StartBook }, { processes }] = await Promise.all([
      import('./handler/start-book.ts'),
      import('./platform/processes.ts'),
    ]);
    opened ??= new StartBook({ filesystem, clock, processes, folder });
    return opened;
  };
  if (filesystem.stat(folder) !== null && filesystem.list(folder).names.length > 0) {
    (await book()).endLeftOvers();
  }
  return {
    // Who never failed has left no book.
    disabledSince: (handler) => opened?.disabledSince(handler) ?? null,
    enable: async (handler) => (await book()).forgive(handler),
    ports: async () => {
      const [{ processes }, { environment }, { importModule }] = await Promise.all([
        import('./platform/processes.ts'),
        import('./platform/environment.ts'),
        import('./platform/import-module.ts'),
      ]);
      return {
        filesystem,
        clock,
        processes,
        random,
        secrets,
        version,
        environment,
        book: await book(),
        importModule: async (name) => {
          await watchOver(`${place.state}/blocked.log`);
          return importModule(name, place);
        },
        place: { ...place, work: `${place.state}/work` },
      };
    },
  };
}

let isWatched = false;

/** From when code of others is in this thread on. */
async function watchOver(file: string): Promise<void> {
  if (isWatched) return;
  isWatched = true;
  const { startWatchdog } = await import('./platform/watchdog.ts');
  const entry = import.meta.url.endsWith('.ts') ? './watchdog.ts' : './watchdog.js';
  startWatchdog(new URL(entry, import.meta.url), file);
}
