// A handler as a program of its own: the same definition, spoken to over standard input and output. The
// protocol is that of docs/protocol.md; whoever writes a handler with this needs to know nothing of it.
import { type ErrorRecord, SyncError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { Handler, Opening } from '../ports/handler.ts';
import {
  Connection,
  type Serves,
  type Turn,
  usualLimits,
  WireFailure,
  wireCodes,
} from '../wire/connection.ts';
import { dataOf } from '../wire/core/failure.ts';
import { features, protocolRevision } from '../wire/protocol.ts';
import type { Asked } from '../wire/schemas.ts';
import { ServedSession } from './served-session.ts';
import { type Stdio, takeStdio } from './stdio.ts';
import { type Line, WiredCallback } from './wired-callback.ts';

/** How often the manager is told that this process is well, whatever it waits for. */
const aliveEveryMs = 5_000;

/**
 * Answers the manager until it closes standard input, then ends the process. Standard output is the
 * protocol's from now on: what `console.log` prints goes to standard error, and so into the log.
 *
 * @param handler What `defineHandler` made, or any other handler.
 * @param version Of the handler, for people: `1.2.0`.
 */
export async function serve(
  handler: Handler,
  version = '',
  stdio: Stdio = takeStdio(),
): Promise<void> {
  await new Served(handler, version, stdio).over();
  await stdio.leave();
}

type Request = Serves['requests'][string];

class Served {
  readonly #handler: Handler;
  readonly #version: string;
  readonly #stdio: Stdio;
  readonly #connection: Connection;
  readonly #gone = new AbortController();
  #session: ServedSession | null = null;
  /** Features both sides have. */
  #shared: ReadonlySet<string> = new Set();
  #requests = 0;

  constructor(handler: Handler, version: string, stdio: Stdio) {
    this.#handler = handler;
    this.#version = version;
    this.#stdio = stdio;
    const serves = { requests: this.#answers(), notifications: this.#listeners() };
    this.#connection = new Connection(stdio, serves, {
      clock: stdio.clock,
      newId: () => this.#newId(),
      stray: (text) => stdio.complain(`This is no message: ${text}`),
      fault: (reason) => stdio.complain(`The manager broke the protocol: ${reason}.`),
      limits: { ...usualLimits, messagesPerSecond: unbounded, bytesPerSecond: unbounded },
    });
    void this.#keepTelling();
  }

  /** Resolves when the manager has gone; a session it left behind is closed. */
  async over(): Promise<void> {
    await this.#connection.over;
    this.#gone.abort();
    await this.#closeSession().catch(() => {});
  }

  #newId(): string {
    this.#requests += 1;
    return `handler-${this.#requests}`;
  }

  async #keepTelling(): Promise<void> {
    const { clock } = this.#stdio;
    while (!this.#gone.signal.aborted) {
      await clock.sleep(aliveEveryMs, this.#gone.signal);
      this.#session?.tellWell();
    }
  }

  #answers(): Serves['requests'] {
    const ofSession = (method: Exclude<keyof Asked, 'initialize' | 'open' | 'close'>) =>
      answering((params, turn) => {
        const call = this.#opened()[method] as (params: unknown, turn: Turn) => Promise<Json>;
        const silent = { ...turn, returned: () => {} };
        return call(params, this.#shared.has('returned') ? turn : silent);
      });
    return {
      initialize: answering((params) => this.#introduce(params as Asked['initialize']['params'])),
      open: answering((params) => this.#openSession(params as Asked['open']['params'])),
      describe: ofSession('describe'),
      items: ofSession('items'),
      prepare: ofSession('prepare'),
      synchronize: ofSession('synchronize'),
      showError: ofSession('showError'),
      properties: ofSession('properties'),
      resolve: ofSession('resolve'),
      undo: ofSession('undo'),
      close: answering(() => this.#closeSession()),
    };
  }

  #listeners(): Serves['notifications'] {
    return {
      setItemStatus: (params) => this.#session?.skip((params as { item: string }).item),
      cancel: (params) => this.#session?.cancel((params as { item: string | null }).item),
      pause: (params) => this.#session?.pause((params as { paused: boolean }).paused),
      setBandwidth: (params) =>
        this.#session?.setBandwidth((params as { bandwidth: number | null }).bandwidth),
      approved: (params) => this.#session?.takeApproved(params as ApprovedPart),
    };
  }

  async #introduce({ features: theirs }: Asked['initialize']['params']): Promise<Json> {
    const shared = features.filter((feature) => theirs.includes(feature));
    this.#shared = new Set(shared);
    const introduction = { name: this.#handler.name, version: this.#version };
    return { protocol: protocolRevision, features: shared, handler: introduction };
  }

  async #openSession(params: Asked['open']['params']): Promise<Json> {
    await this.#closeSession();
    const session = await this.#handler.open(openingOf(params));
    if (session === null) return { accepted: false };
    const line = this.#line();
    const callback = new WiredCallback(line);
    await session.attach(callback);
    this.#session = new ServedSession(session, callback, line);
    return { accepted: true, abilities: this.#session.abilities };
  }

  async #closeSession(): Promise<Json> {
    const session = this.#session;
    this.#session = null;
    await session?.close();
    return null;
  }

  #opened(): ServedSession {
    if (this.#session !== null) return this.#session;
    throw new WireFailure({ code: wireCodes.failed, message: 'no session is open' });
  }

  #line(): Line {
    const connection = this.#connection;
    return {
      notify: (method, params) => connection.notify(method, params),
      request: (method, params) => connection.request(method, params),
      flushed: () => connection.flushed(),
      sleep: (ms) => this.#stdio.clock.sleep(ms, this.#gone.signal),
    };
  }
}

type ApprovedPart = Parameters<ServedSession['takeApproved']>[0];

const unbounded = Number.POSITIVE_INFINITY;

function openingOf({ cookie, secrets, ...params }: Asked['open']['params']): Opening {
  return {
    ...(params as Omit<Opening, 'cookie'>),
    cookie: cookie === null ? null : bytesOf(cookie),
    ...(Object.keys(secrets).length > 0 && { secrets }),
  };
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));

/** What a handler throws keeps its code and its retry class on the way. */
function answering(work: Request): Request {
  return async (params, turn) => {
    try {
      return await work(params, turn);
    } catch (thrown) {
      throw thrown instanceof SyncError ? failureOf(thrown) : thrown;
    }
  };
}

function failureOf({ code, message, retry }: SyncError): WireFailure {
  const record: ErrorRecord = { code, text: message, retry };
  return new WireFailure({ code: wireCodes.failed, message, data: dataOf(record) });
}
