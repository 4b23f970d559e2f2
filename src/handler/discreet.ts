// Stands before every handler. On the way in, references in its settings become the secrets they
// name: only for this handler, only while it is open. On the way out, whatever it says passes
// redaction, so that no log, event, reply or page can show what was handed in.
//
// Names and identifiers are left as they are: what they name would not be found again.
import { type ErrorRecord, SyncError } from '../model/error.ts';
import type { Form } from '../model/event.ts';
import type { Json, JsonObject } from '../model/json.ts';
import type {
  Callback,
  Handler,
  HandlerSession,
  Pass,
  Prepared,
  Synchronized,
} from '../ports/handler.ts';
import type { Secrets } from '../ports/secrets.ts';
import { disguisesOf, redacted } from '../stdx/redaction.ts';
import { withSecrets } from './settings-secrets.ts';

export function discreet(handler: Handler, secrets: Secrets): Handler {
  return {
    name: handler.name,
    ...(handler.inTurn === true && { inTurn: true }),
    // What it watches are folders, which are no secret.
    ...(handler.watches && { watches: handler.watches.bind(handler) }),
    open: async (opening) => {
      const { settings, values } = await withSecrets(opening.settings, secrets);
      return openQuietly(values, () => handler.open({ ...opening, settings }));
    },
  };
}

/** Opens a handler that is handed these values: nothing it says shows them. */
export async function openQuietly(
  values: readonly string[],
  open: () => Promise<HandlerSession | null>,
): Promise<HandlerSession | null> {
  const censor = new Censor(disguisesOf(values));
  const session = await censor.call(open);
  return session === null ? null : quietSession(session, censor);
}

class Censor {
  readonly #disguises: readonly string[];

  constructor(disguises: readonly string[]) {
    this.#disguises = disguises;
  }

  readonly text = (text: string): string => redacted(text, this.#disguises);

  /** Of reports that come by the thousand: only where there is something to hide. */
  readonly quick = (text: string): string =>
    this.#disguises.length === 0 ? text : this.text(text);

  readonly json = (value: Json): Json => {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(this.json);
    return this.object(value as JsonObject);
  };

  readonly object = (value: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(value).map(([key, one]) => [key, this.json(one)]));

  readonly error = (error: ErrorRecord | null): ErrorRecord | null =>
    error === null ? null : { ...error, text: this.text(error.text) };

  /** What is thrown is thrown on without its cause, which nobody has looked over. */
  async call<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof SyncError) {
        throw new SyncError(thrown.code, this.text(thrown.message), thrown.retry);
      }
      throw new Error(this.text(thrown instanceof Error ? thrown.message : String(thrown)));
    }
  }

  /** Of a call that may outlast itself, both halves. */
  async pass<T>(work: () => Promise<Pass<T>>, clean: (answer: T) => T = same): Promise<Pass<T>> {
    const answer = await this.call(work);
    if ('ended' in answer) return { ended: clean(answer.ended) };
    return { pending: this.call(async () => clean(await answer.pending)) };
  }
}

const same = <T>(answer: T): T => answer;

function quietSession(session: HandlerSession, censor: Censor): HandlerSession {
  const prepared = (answer: Prepared): Prepared =>
    answer.outcome === 'refused' ? { ...answer, error: censor.error(answer.error) } : answer;
  const synchronized = (answer: Synchronized): Synchronized => ({
    ...answer,
    error: censor.error(answer.error),
  });
  return {
    describe: () => censor.call(() => session.describe()),
    items: () => censor.call(() => session.items()),
    attach: (callback) => censor.call(() => session.attach(quietCallback(callback, censor))),
    prepare: (call) => censor.pass(() => session.prepare(call), prepared),
    synchronize: () => censor.pass(() => session.synchronize(), synchronized),
    setItemStatus: (item, status) => session.setItemStatus(item, status),
    close: () => censor.call(() => session.close()),
    ...optional(session, censor),
  };
}

/** What a handler does not have is offered to nobody. */
function optional(session: HandlerSession, censor: Censor): Partial<HandlerSession> {
  const { pause, setBandwidth, showError, properties, resolve, undo } = session;
  return {
    ...(pause && { pause: pause.bind(session) }),
    ...(setBandwidth && { setBandwidth: setBandwidth.bind(session) }),
    ...(showError && { showError: (id) => censor.pass(() => showError.call(session, id)) }),
    ...(properties && { properties: (item) => censor.pass(() => properties.call(session, item)) }),
    ...(resolve && {
      resolve: (conflict, choice) => censor.call(() => resolve.call(session, conflict, choice)),
    }),
    ...(undo && {
      undo: (conflict, past) => censor.call(() => undo.call(session, conflict, past)),
    }),
  };
}

function quietCallback(callback: Callback, censor: Censor): Callback {
  const form = ({ title, schema, values }: Form): Form => ({
    title: censor.text(title),
    schema: censor.json(schema),
    values: censor.object(values),
  });
  return {
    progress: (item, report) =>
      typeof report?.text === 'string'
        ? callback.progress(item, { ...report, text: censor.quick(report.text) })
        : callback.progress(item, report),
    signal: (item) => callback.signal(item),
    log: (entry) =>
      typeof entry.text === 'string'
        ? callback.log({ ...entry, text: censor.text(entry.text) })
        : callback.log(entry),
    withdraw: (errorId) => callback.withdraw(errorId),
    takeFloor: () => callback.takeFloor(),
    returnFloor: () => callback.returnFloor(),
    ask: async (question) => callback.ask(form(question)),
    connect: (name) => callback.connect(name),
    conflict: (draft) => callback.conflict(draft),
    decide: (draft) => callback.decide(draft),
    conflictsSeen: (item, complete) => callback.conflictsSeen(item, complete),
  };
}
