// A handler as the configuration names it, made when it is first needed.
import type { HandlerSource, ModuleSource, ProgramSource } from '../model/handler-source.ts';
import { environmentFor } from './core/environment.ts';
import { moduleHandler } from './module-host.ts';
import { processHandler } from './process-host.ts';
import type { ProgramPorts } from './program.ts';
import type { HandlerLoader } from './registry.ts';

export interface ConfiguredPorts extends ProgramPorts {
  importModule(name: string): Promise<object>;
  /** Of this process. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly place: {
    readonly configuration: string;
    readonly home: string;
    /** Programs that name no folder work in one of their own below. */
    readonly work: string;
  };
}

export function configuredHandler(
  name: string,
  source: HandlerSource,
  ports: ConfiguredPorts,
): HandlerLoader {
  return 'module' in source ? moduleOf(source, name, ports) : programOf(source, name, ports);
}

function moduleOf({ module, patience }: ModuleSource, name: string, ports: ConfiguredPorts) {
  const watch = patience === null ? null : { clock: ports.clock, handler: name, patience };
  return moduleHandler(module, () => ports.importModule(module), watch);
}

function programOf(source: ProgramSource, name: string, ports: ConfiguredPorts): HandlerLoader {
  const { place, environment } = ports;
  const [program = '', ...rest] = source.command;
  return async () =>
    processHandler(
      name,
      {
        program: isPath(program) ? absolute(program, place) : program,
        arguments: rest,
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

const isPath = (program: string) => /[\\/]/.test(program);

function absolute(path: string, { configuration, home }: ConfiguredPorts['place']): string {
  if (path === '~') return home;
  if (path.startsWith('~/')) return `${home}/${path.slice(2)}`;
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${configuration}/${path}`;
}
