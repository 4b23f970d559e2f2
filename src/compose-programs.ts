// What handlers that the configuration names are made of, and what outlives this process of those that
// are programs. Nothing is loaded before one is needed, or an earlier process has left something.
import type { ConfiguredPorts } from './handler/configured.ts';
import type { StartBook } from './handler/start-book.ts';
import type { Course, Watchdog } from './platform/watchdog.ts';
import type { Clock } from './ports/clock.ts';
import type { Filesystem } from './ports/filesystem.ts';
import type { Processes } from './ports/processes.ts';
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
  /** Since when a module runs in a process of its own, because it held up everything; null: it does not. */
  apartSince(handler: string): number | null;
  ports(): Promise<ConfiguredPorts>;
  /** For a handler that starts programs without being one. */
  processesFor(handler: string): Promise<Processes>;
  /** Since when a handler that kept failing is not started any more; null: it is. */
  disabledSince(handler: string): number | null;
  /** Of one that the configuration names. */
  facts(handler: string): { readonly failures: number; readonly version: string | null };
  /** A person wants it tried again. */
  enable(handler: string): Promise<void>;
}

/** What a process of ours that died has left running is ended before anything new is begun. */
export async function openPrograms(
  machine: Machine,
  secrets: Secrets,
  course: Course,
): Promise<HandlerPrograms> {
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
    apartSince: (handler) => opened?.apartSince(handler) ?? null,
    facts: (handler) => ({
      failures: opened?.failures(handler) ?? 0,
      version: opened?.versionOf(handler) || null,
    }),
    enable: async (handler) => {
      const startBook = await book();
      startBook.forgive(handler);
      startBook.rejoin(handler);
    },
    processesFor: async (handler) => {
      const [{ notedProcesses }, { processes }] = await Promise.all([
        import('./handler/noted-processes.ts'),
        import('./platform/processes.ts'),
      ]);
      return notedProcesses(processes, await book(), handler);
    },
    ports: async () => {
      const [{ processes }, { environment }, modules] = await Promise.all([
        import('./platform/processes.ts'),
        import('./platform/environment.ts'),
        import('./platform/import-module.ts'),
      ]);
      const startBook = await book();
      return {
        filesystem,
        clock,
        processes,
        random,
        secrets,
        version,
        environment,
        book: startBook,
        importModule: async (name, { handler, blockedMs }) => {
          const { watch } = await watchdog(`${place.state}/blocked.log`, course);
          const url = modules.moduleUrl(name, place);
          watch({ handler, blockedMs, url, note: startBook.apartFile(handler) });
          return modules.importModule(name, place);
        },
        apart: (module) => [
          ...modules.programAt(new URL(entry('apart'), import.meta.url)),
          modules.moduleUrl(module, place),
        ],
        place: { ...place, work: `${place.state}/work` },
      };
    },
  };
}

let watching: Promise<Watchdog> | null = null;

/** From when code of others is in this thread on. */
function watchdog(file: string, course: Course): Promise<Watchdog> {
  watching ??= import('./platform/watchdog.ts').then(({ startWatchdog }) =>
    startWatchdog(new URL(entry('watchdog'), import.meta.url), file, course),
  );
  return watching;
}

const entry = (name: string) => `./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`;
