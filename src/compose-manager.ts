// A manager and what stands behind each of its ports. What every session needs is imported at once, and
// is one file of the package; what few need is loaded when it is asked for.
import type { AboutShape } from './api/shapes.ts';
import {
  computerFacts,
  examineAll,
  type Machine,
  openMachine,
  standInFolder,
} from './compose-machine.ts';
import { type HandlerPrograms, openPrograms } from './compose-programs.ts';
import type { DeskPorts } from './configuration/desk.ts';
import type { HandlerSettings } from './configuration/handler-settings.ts';
import { lazyDesk } from './configuration/lazy-desk.ts';
import { folderHandler } from './folder/handler.ts';
import { discreet } from './handler/discreet.ts';
import { type HandlerLoader, Registry } from './handler/registry.ts';
import { createManager } from './manager/kernel.ts';
import type { Manager } from './manager/manager.ts';
import type { ClassFinder } from './mobsync/mobsync.ts';
import type { ErrorRecord } from './model/error.ts';
import { type NotifyWays, plainNotifyWays } from './model/notify-ways.ts';
import { openChannel } from './platform/channel.ts';
import type { Course } from './platform/watchdog.ts';
import type { Connections } from './ports/connection.ts';
import type { Crew } from './ports/crew.ts';
import type { Secrets } from './ports/secrets.ts';
import { Audience } from './server/audience.ts';
import { localClient } from './server/local.ts';

/** How long a handler of others may take after a stop. */
const strangersGraceMs = 30_000;

/** What a manager that goes on by itself adds to it when it has come up. */
interface LateService {
  tell?: () => AboutShape['service'];
  fault?: (error: ErrorRecord) => void;
}

type Loaders = Readonly<Record<string, HandlerLoader>>;

/** @param configurationFolder Another one than the usual. */
export async function open(
  crew: Crew,
  configurationFolder: string | null,
  more: (elsewhere: ClassFinder) => Loaders = () => ({}),
  course: Course = 'one-command',
) {
  const machine = openMachine(configurationFolder);
  const { store, clock, random, locks, hash, place } = machine;
  const secrets = secretsOnDemand(place.home);
  const programs = await openPrograms(machine, secrets, course);
  const { handlers, shipped } = openHandlers(machine, crew, programs, secrets, more);
  let notifyWays: NotifyWays = plainNotifyWays;
  const service: LateService = {};
  const audience = new Audience(() => answerWithNothing(manager));
  const manager = createManager({
    outside: () => openOutside(secrets, place.home, () => notifyWays),
    store,
    clock,
    random,
    locks,
    connections: alwaysConnected,
    handlers,
    hash,
    // Plans are approved later, by whoever comes: no session waits for that.
    approverPresent: () => false,
    answererPresent: () => audience.isSomebodyThere,
    hooks: () => openHooks(machine, programs, secrets),
    fault: (error) => service.fault?.(error),
    handlerDisabledSince: (name) => programs.disabledSince(name),
    // Our own stop by themselves, and must not be left while they still write.
    graceMs: (handler) => (shipped.includes(handler) ? null : strangersGraceMs),
  });
  const configuration = openConfiguration(machine, manager, handlers, programs, (ways) => {
    notifyWays = ways;
  });
  const standIn = standInFolder(machine);
  const client = localClient({
    ...computerFacts(machine, crew),
    manager,
    configuration,
    handlers: () => handlers.names(),
    handler: (name) => handlers.get(name),
    sourceOf: (name) => configuration.sourceOf(name),
    programs,
    channel: openChannel(place.runtime),
    audience,
    notifyWays: () => notifyWays,
    emptyFolder: () => standIn.make(),
    about: () => aboutOf(machine, service.tell?.() ?? null),
    doctor: () => examineAll(machine, crew, () => configuration.apply()),
    // A program that ends need not wait until its threads have.
    close: async () => {
      standIn.remove();
      void crew.close();
    },
  });
  const kept = { configuration, machine, service, secrets, handlers, programs };
  return { manager, client, audience, ...kept };
}

/** To whatever waits for an answer. */
function answerWithNothing(manager: Manager): void {
  const question = manager.question();
  if (question !== null) manager.answer(question.id, null);
}

/** The handlers that come with the program; the configuration adds its own. */
function openHandlers(
  { disk: filesystem, clock, random, locks, place }: Machine,
  crew: Crew,
  programs: HandlerPrograms,
  secrets: Secrets,
  more: (elsewhere: ClassFinder) => Loaders,
) {
  const world = { filesystem, crew, clock, random, locks, stateFolder: place.state };
  // A class of the old contract is had by its own program, or named in the configuration.
  const elsewhere = (name: string) => (handlers.names().includes(name) ? handlers.get(name) : null);
  const loaders: Loaders = {
    folder: async () => folderHandler(world),
    command: () => openCommands({ disk: filesystem, clock, place }, programs),
    mobsync: async () => (await import('./mobsync/mobsync.ts')).mobsyncHandler({}, elsewhere),
    ...more(elsewhere),
  };
  const handlers: Registry = new Registry(loaders, (handler) => discreet(handler, secrets));
  return { handlers, shipped: handlers.names() };
}

/** A run by hand needs none of it. */
async function openOutside(secrets: Secrets, home: string, ways: () => NotifyWays) {
  const [{ openOutside: openAll }, { processes }] = await Promise.all([
    import('./platform/outside.ts'),
    import('./platform/processes.ts'),
  ]);
  return openAll({ ways, secrets, processes, home });
}

/** Most runs need none. */
function secretsOnDemand(home: string): Secrets {
  return {
    resolve: async (reference) => {
      const [{ openSecrets }, { processes }] = await Promise.all([
        import('./platform/secrets.ts'),
        import('./platform/processes.ts'),
      ]);
      return openSecrets({ home, processes }).resolve(reference);
    },
  };
}

async function openCommands(machine: CommandMachine, programs: HandlerPrograms) {
  const { commandHandler } = await import('./command/handler.ts');
  return commandHandler(await commandWorld(machine, programs, 'command'));
}

async function openHooks(machine: CommandMachine, programs: HandlerPrograms, secrets: Secrets) {
  const { commandHooks } = await import('./command/hooks.ts');
  return commandHooks(await commandWorld(machine, programs, 'hook'), secrets);
}

type CommandMachine = Pick<Machine, 'disk' | 'clock' | 'place'>;

async function commandWorld(
  { disk: filesystem, clock, place }: CommandMachine,
  programs: HandlerPrograms,
  handler: string,
) {
  const [processes, { environment }] = await Promise.all([
    programs.processesFor(handler),
    import('./platform/environment.ts'),
  ]);
  const { state: stateFolder, home } = place;
  return { filesystem, clock, processes, environment, stateFolder, home };
}

function openConfiguration(
  machine: Machine,
  manager: Manager,
  handlers: Registry,
  programs: HandlerPrograms,
  useNotifyWays: (ways: NotifyWays) => void,
) {
  const { store, disk, clock, place } = machine;
  const sources = new Map<string, 'module' | 'program'>();
  const ports: DeskPorts = {
    shippedHandlers: handlers.names(),
    handlerSettings: commandSettings,
    filesystem: disk,
    folder: place.configuration,
    home: place.home,
    now: () => clock.now(),
    zone: () => clock.zone(),
    useLimits: (limits) => manager.setLimits(limits),
    useNotifyWays,
    put: (partnership) => manager.put(partnership),
    remove: (id) => manager.remove(id),
    list: () => store.partnerships.list(),
    useHandler: (name, source) => {
      sources.set(name, 'module' in source ? 'module' : 'program');
      handlers.register(name, async () => {
        const { configuredHandler } = await import('./handler/configured.ts');
        return configuredHandler(name, source, await programs.ports())();
      });
    },
  };
  return { ...lazyDesk(ports), sourceOf: (name: string) => sources.get(name) ?? 'shipped' };
}

const aboutOf = (
  { version, process, place }: Machine,
  service: AboutShape['service'],
): AboutShape => ({
  version,
  process,
  state: place.state,
  configuration: place.configuration,
  service,
});

/** No provider of connections is configured: the default one is taken to be up. */
const alwaysConnected: Connections = {
  isUp: async (name) => name === null,
  open: async (name) => name === null,
  close: async () => {},
};

/** Of the handlers that come with the program, only one says what its settings are. */
const commandSettings: HandlerSettings = {
  schema: async (handler, settings) =>
    handler === 'command' ? (await import('./command/settings.ts')).settingsSchema(settings) : null,
  jsonSchemas: async () => ({
    command: await (await import('./command/settings.ts')).settingsJsonSchema(),
  }),
};
