// A handler as the configuration names it, made when it is first needed.
import {
  type HandlerSource,
  type ModuleSource,
  type ProgramSource,
  usualPatience,
} from '../model/handler-source.ts';
import type { Handler } from '../ports/handler.ts';
import { environmentFor } from './core/environment.ts';
import { moduleHandler } from './module-host.ts';
import { processHandler } from './process-host.ts';
import type { ProgramPorts } from './program.ts';
import type { HandlerLoader } from './registry.ts';

/** It loads whatever the module is made of before it can say a word. */
const servedHandshakeMs = 60_000;

export interface ConfiguredPorts extends ProgramPorts {
  /** Whoever watches this thread is told whose module it is. */
  importModule(name: string, of: ModuleWatch): Promise<object>;
  /** The program that serves this module, with its arguments. */
  apart(module: string): readonly string[];
  /** Of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly place: {
    readonly configuration: string;
    readonly home: string;
    /** Programs that name no folder work in one of their own below. */
    readonly work: string;
  };
}

export interface ModuleWatch {
  readonly handler: string;
  readonly blockedMs: number;
}

export function configuredHandler(
  name: string,
  source: HandlerSource,
  ports: ConfiguredPorts,
): HandlerLoader {
  return 'module' in source ? moduleOf(source, name, ports) : programOf(source, name, ports);
}

function moduleOf(source: ModuleSource, name: string, ports: ConfiguredPorts): HandlerLoader {
  const { module, patience, blockedMs } = source;
  const watch = patience === null ? null : { clock: ports.clock, handler: name, patience };
  const of = { handler: name, blockedMs };
  const load = moduleHandler(module, () => ports.importModule(module, of), watch);
  return async () => {
    if (ports.book.apartSince(name) === null) return load();
    return apartUntilWanted(name, load, servedModule(source, name, ports), ports);
  };
}

/** Apart as long as that is noted, and then what it was. */
function apartUntilWanted(
  name: string,
  load: HandlerLoader,
  served: Handler,
  { book }: ConfiguredPorts,
): Handler {
  let loaded: Promise<Handler> | null = null;
  return {
    name,
    open: async (opening) => {
      if (book.apartSince(name) !== null) return served.open(opening);
      loaded ??= load();
      return (await loaded).open(opening);
    },
  };
}

/** It sees what it saw: it was trusted with all of it. */
function servedModule({ module, patience }: ModuleSource, name: string, ports: ConfiguredPorts) {
  const [program = '', ...rest] = ports.apart(module);
  const known = Object.entries(ports.environment).filter(([, value]) => value !== undefined);
  return processHandler(
    name,
    {
      program,
      arguments: rest,
      folder: ports.place.home,
      environment: Object.fromEntries(known) as Record<string, string>,
      secrets: {},
      handshakeMs: servedHandshakeMs,
      patience: patience ?? usualPatience,
    },
    ports,
  );
}

function programOf(source: ProgramSource, name: string, ports: ConfiguredPorts): HandlerLoader {
  const { place, environment } = ports;
  const [program = '', ...rest] = source.command;
  return async () =>
    processHandler(
      name,
      {
        program: isPath(program) ? absolute(program, place) : program,
        arguments: rest.map((word) => (isOwnFile(word) ? absolute(word, place) : word)),
        folder: source.folder === null ? `${place.work}/${name}` : absolute(source.folder, place),
        environment: environmentFor(source.environment, environment),
        limits: source.limits,
        secrets: source.secrets,
        handshakeMs: source.handshakeMs,
        patience: source.patience,
      },
      ports,
    );
}

/** An interpreter is given its program so; any other text with a slash may be an address. */
const isOwnFile = (word: string) => /^(\.\.?|~)[\\/]/.test(word);

const isPath = (program: string) => /[\\/]/.test(program);

function absolute(path: string, { configuration, home }: ConfiguredPorts['place']): string {
  if (path === '~') return home;
  if (path.startsWith('~/')) return `${home}/${path.slice(2)}`;
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path)
    ? path
    : `${configuration}/${path.replace(/^(\.\/)+/, '')}`;
}
