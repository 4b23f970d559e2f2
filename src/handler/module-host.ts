// A handler that lives in this process: an object some module exports. It is given copies, so that
// nothing it does to them reaches the manager (HN-17), and every call into it answers with a promise,
// whatever it throws and whenever.
import { syncError } from '../model/error.ts';
import type { Handler, HandlerSession, Opening } from '../ports/handler.ts';
import { Patient, type PatientPorts } from './patient.ts';
import type { HandlerLoader } from './registry.ts';

/** `load` imports the module; it must export the object as `handler`. Rejects: `handler-unusable`. */
export function moduleHandler(
  where: string,
  load: () => Promise<object>,
  watch: PatientPorts | null = null,
): HandlerLoader {
  return async () => {
    const exported = await load().catch((cause: unknown) => {
      throw syncError('handler-unusable', { where, reason: reasonOf(cause) }, cause);
    });
    const handler = 'handler' in exported ? exported.handler : undefined;
    if (!isHandler(handler)) {
      const reason = 'it exports no `handler` with a name and a function `open`';
      throw syncError('handler-unusable', { where, reason });
    }
    return hosted(handler, watch);
  };
}

/** `watch`: with what patience; null: it may work for as long as it likes. */
export function hosted(handler: Handler, watch: PatientPorts | null = null): Handler {
  return {
    name: handler.name,
    ...(handler.inTurn === true && { inTurn: true }),
    ...(handler.watches && {
      watches: (settings) => handler.watches?.(structuredClone(settings)) ?? null,
    }),
    open: async (opening) => {
      const session = await handler.open(copyOf(opening));
      if (session === null) return null;
      const plain = hostedSession(session);
      return watch === null ? plain : watched(plain, new Patient(watch));
    },
  };
}

function hostedSession(session: HandlerSession): HandlerSession {
  return {
    describe: async () => session.describe(),
    items: async () => session.items(),
    attach: async (callback) => session.attach(callback),
    prepare: async ({ items, ...call }) => session.prepare({ ...call, items: [...items] }),
    synchronize: async () => session.synchronize(),
    setItemStatus: (item, status) => session.setItemStatus(item, status),
    close: async () => session.close(),
    ...optional(session),
  };
}

function watched(session: HandlerSession, patient: Patient): HandlerSession {
  const { pause } = session;
  return {
    ...session,
    attach: (callback) => session.attach(patient.attach(callback)),
    prepare: (call) => patient.watch(() => session.prepare(call)),
    synchronize: () => patient.watch(() => session.synchronize()),
    ...(pause && {
      pause: (paused) => {
        patient.pause(paused);
        pause(paused);
      },
    }),
  };
}

/** What a handler does not have, its host does not have either: the manager offers it to nobody. */
function optional(session: HandlerSession): Partial<HandlerSession> {
  const { pause, setBandwidth, showError, properties, resolve, undo } = session;
  return {
    ...(pause && { pause: pause.bind(session) }),
    ...(setBandwidth && { setBandwidth: setBandwidth.bind(session) }),
    ...(showError && { showError: async (errorId) => showError.call(session, errorId) }),
    ...(properties && { properties: async (item) => properties.call(session, item) }),
    ...(resolve && {
      resolve: async (conflict, resolution) =>
        resolve.call(session, structuredClone(conflict), resolution),
    }),
    ...(undo && {
      undo: async (conflict, past) =>
        undo.call(session, structuredClone(conflict), structuredClone(past)),
    }),
  };
}

const copyOf = (opening: Opening): Opening => structuredClone(opening);

function isHandler(value: unknown): value is Handler {
  if (typeof value !== 'object' || value === null) return false;
  const { name, open } = value as Partial<Handler>;
  return typeof name === 'string' && name !== '' && typeof open === 'function';
}

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
