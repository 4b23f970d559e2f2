// One end of a conversation in JSON-RPC 2.0, one object per line, over two streams of bytes. Whatever
// the other side sends, nothing is thrown from here: what it did wrong is told to the owner, who
// counts and decides. Nothing is held without a bound.
import type { Json } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import { decode, type Message, type RequestId, type WireError } from './core/decode.ts';
import { type Line, LineReader } from './core/line-reader.ts';
import { Outbox } from './outbox.ts';
import { Pace } from './pace.ts';
import type { Share } from './share.ts';

/** The two streams, as seen from here. */
export interface Pipe {
  /** Resolves when the bytes were taken; rejects when the other side takes no more. */
  write(bytes: Uint8Array): Promise<void>;
  readonly output: AsyncIterable<Uint8Array>;
}

/** One request of the other side, while it is answered. */
export interface Turn {
  /** Aborted when the other side does not want the answer any more. */
  readonly signal: AbortSignal;
  /** Tells the other side that the call has returned and that its answer will follow. */
  returned(): void;
}

export interface Serves {
  /** What is thrown goes back as an error; a WireFailure with its own code. */
  readonly requests: Readonly<
    Record<string, (params: unknown, turn: Turn) => Promise<Json> | Json>
  >;
  readonly notifications: Readonly<Record<string, (params: unknown) => void>>;
}

export interface ConnectionPorts {
  readonly clock: Clock;
  /** A new id for a request; the other side must not be able to guess it. */
  newId(): string;
  /** A line that is no message: it belongs in the log. */
  stray(text: string): void;
  /** The other side broke the protocol; one sentence. */
  fault(reason: string): void;
  readonly limits: WireLimits;
  /** Left out: what the other side says may take all of this thread's time. */
  readonly shares?: Shares;
}

/** Of this thread's time. */
export interface Shares {
  /** For what the other side says unasked, stray lines and faults included. */
  readonly told: Share;
  readonly asked: Share;
  /** Notifications that have bounds of their own. */
  readonly free: ReadonlySet<string>;
}

export interface WireLimits {
  /** Bytes of one line. */
  readonly lineBytes: number;
  /** Bytes that may wait to be written; more, and the other side counts as hung (HN-19). */
  readonly queueBytes: number;
  /** What is taken in a second; the rest waits in the pipe (HN-10). */
  readonly messagesPerSecond: number;
  readonly bytesPerSecond: number;
  /** Requests of the other side that may be open at once. */
  readonly openRequests: number;
}

export const usualLimits: WireLimits = {
  lineBytes: 8 * 2 ** 20,
  queueBytes: 16 * 2 ** 20,
  messagesPerSecond: 20_000,
  bytesPerSecond: 32 * 2 ** 20,
  openRequests: 64,
};

/** An error as it crosses the wire, either way. */
export class WireFailure extends Error {
  readonly code: number;
  readonly data: Json | undefined;

  constructor({ code, message, data }: WireError) {
    super(message);
    this.name = 'WireFailure';
    this.code = code;
    this.data = data;
  }
}

export const wireCodes = {
  unknownMethod: -32_601,
  badParams: -32_602,
  failed: -32_000,
  busy: -32_001,
  cancelled: -32_800,
} as const;

/** Why a conversation is over. */
export type Ending = 'ended' | 'closed' | 'stuck' | 'broken';

export interface RequestOptions {
  /** Asks the other side to cancel, and does not wait for what it says. */
  readonly signal?: AbortSignal;
  /** Called when the other side says that the call has returned and goes on. */
  returned?(): void;
}

interface Waiting extends Pick<RequestOptions, 'returned'> {
  readonly method: string;
  resolve(result: unknown): void;
  reject(reason: Error): void;
}

const cancelMethod = '$/cancelRequest';
const returnedMethod = 'returned';

const shownMax = 80;

/** Replies to requests nobody waits for any more are forgiven so many times. */
const abandonedMax = 1_000;

export class Connection {
  /** Resolves once; requests that were open have been rejected by then. */
  readonly over: Promise<Ending>;
  readonly #pipe: Pipe;
  readonly #ports: ConnectionPorts;
  readonly #serves: Serves;
  readonly #waiting = new Map<RequestId, Waiting>();
  /** Requests nobody waits for any more; their replies are no fault. */
  readonly #abandoned = new Set<RequestId>();
  readonly #serving = new Map<RequestId, AbortController>();
  readonly #end = Promise.withResolvers<Ending>();
  readonly #outbox: Outbox;
  readonly #messagePace: Pace;
  readonly #bytePace: Pace;
  #state: 'open' | 'over' = 'open';

  constructor(pipe: Pipe, serves: Serves, ports: ConnectionPorts) {
    const { clock, limits } = ports;
    this.#pipe = pipe;
    this.#serves = serves;
    this.#ports = ports;
    this.#outbox = new Outbox(limits.queueBytes, (bytes) => pipe.write(bytes));
    this.#messagePace = new Pace(clock, limits.messagesPerSecond);
    this.#bytePace = new Pace(clock, limits.bytesPerSecond);
    this.over = this.#end.promise;
    void this.#read();
  }

  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /**
   * Resolves with the result as it came; its form is the caller's to check. Rejects with a WireFailure
   * when the other side answers with an error, and when the conversation ends before.
   */
  request(method: string, params: Json, options: RequestOptions = {}): Promise<unknown> {
    const { signal, returned } = options;
    const id = this.#ports.newId();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    if (!this.isOpen) return Promise.reject(gone(method));
    if (signal?.aborted === true) return Promise.reject(cancelled(method));
    this.#waiting.set(id, { method, resolve, reject, ...(returned && { returned }) });
    const abort = () => {
      if (!this.#waiting.delete(id)) return;
      if (this.#abandoned.size < abandonedMax) this.#abandoned.add(id);
      this.notify(cancelMethod, { id });
      reject(cancelled(method));
    };
    signal?.addEventListener('abort', abort, { once: true });
    this.#send({ jsonrpc: '2.0', id, method, params });
    return promise.finally(() => signal?.removeEventListener('abort', abort));
  }

  notify(method: string, params: Json): void {
    this.#send({ jsonrpc: '2.0', method, params });
  }

  /** Resolves when everything said so far was taken by the other side, or never will be. */
  flushed(): Promise<void> {
    return Promise.race([this.#outbox.flushed(), this.over.then(() => {})]);
  }

  /** Nothing more is sent, and what comes is not heard. */
  close(): void {
    this.#finish('closed');
  }

  #send(message: Json): void {
    if (!this.isOpen) return;
    // Its input is closed; whether it has ended is seen where it is read.
    const broken = () => this.#finish('broken');
    if (this.#outbox.put(`${JSON.stringify(message)}\n`, broken)) return;
    this.#ports.fault('it does not read what is sent to it');
    this.#finish('stuck');
  }

  async #read(): Promise<void> {
    const { clock, limits, shares } = this.#ports;
    const lines = new LineReader(limits.lineBytes);
    try {
      for await (const chunk of this.#pipe.output) {
        const begun = clock.monotonic();
        const some = lines.push(chunk);
        shares?.told.spend(clock.monotonic() - begun);
        for (const line of some) {
          const pause = this.#hear(line);
          if (pause !== null) await pause;
          if (!this.isOpen) return;
        }
        await this.#bytePace.spend(chunk.length);
      }
      for (const line of lines.end()) void this.#hear(line);
      this.#finish('ended');
    } catch {
      this.#finish('broken');
    }
  }

  /** Null: the next may follow at once. */
  #hear(line: Line): Promise<void> | null {
    const { clock, shares } = this.#ports;
    const begun = clock.monotonic();
    const message = messageIn(line, this.#ports.limits.lineBytes);
    if (message !== null) this.#take(message);
    const share = shares === undefined ? undefined : shareOf(message, shares);
    share?.spend(clock.monotonic() - begun);
    const pause = this.#messagePace.spend(1) ?? share?.rest() ?? null;
    const isTold = message === null || message.kind === 'notification' || message.kind === 'stray';
    return pause ?? (isTold ? null : breath());
  }

  #take(message: Message): void {
    const kinds: { readonly [K in Message['kind']]: (one: Extract<Message, { kind: K }>) => void } =
      {
        request: (one) => void this.#serve(one),
        notification: (one) => this.#notified(one),
        result: ({ id, result }) => this.#answered(id, (waiting) => waiting.resolve(result)),
        failure: ({ id, error }) =>
          this.#answered(id, (waiting) => waiting.reject(new WireFailure(error))),
        stray: ({ text }) => this.#ports.stray(text),
        fault: ({ reason }) => this.#ports.fault(`a message cannot be read: ${reason}`),
      };
    (kinds[message.kind] as (one: Message) => void)(message);
  }

  #answered(id: RequestId | null, settle: (waiting: Waiting) => void): void {
    const waiting = id === null ? undefined : this.#waiting.get(id);
    if (id !== null && waiting !== undefined) {
      this.#waiting.delete(id);
      settle(waiting);
    } else if (id === null || !this.#abandoned.delete(id)) {
      this.#ports.fault('a reply belongs to no request, or to one that was answered before');
    }
  }

  #notified({ method, params }: Extract<Message, { kind: 'notification' }>): void {
    if (method === cancelMethod) this.#serving.get(idIn(params))?.abort();
    else if (method === returnedMethod) this.#waiting.get(idIn(params))?.returned?.();
    else this.#tell(method, params);
  }

  #tell(method: string, params: unknown): void {
    try {
      // Of a later revision, perhaps: what is not known is passed over.
      own(this.#serves.notifications, method)?.(params);
    } catch (thrown) {
      this.#ports.fault(`${method} cannot be understood: ${reasonOf(thrown)}`);
    }
  }

  async #serve({ id, method, params }: Extract<Message, { kind: 'request' }>): Promise<void> {
    const work = own(this.#serves.requests, method);
    if (work === undefined) {
      this.#fail(id, { code: wireCodes.unknownMethod, message: `there is no method ${method}` });
      return;
    }
    if (this.#serving.has(id) || this.#serving.size >= this.#ports.limits.openRequests) {
      this.#ports.fault(`too many requests are open, or two have the id ${id}`);
      this.#fail(id, { code: wireCodes.busy, message: 'too many requests are open' });
      return;
    }
    const cancel = new AbortController();
    this.#serving.set(id, cancel);
    try {
      const returned = () => this.notify(returnedMethod, { id });
      const result = await work(params, { signal: cancel.signal, returned });
      this.#send({ jsonrpc: '2.0', id, result: result ?? null });
    } catch (thrown) {
      this.#fail(id, errorOf(thrown));
    } finally {
      this.#serving.delete(id);
    }
  }

  #fail(id: RequestId, error: WireError): void {
    this.#send({ jsonrpc: '2.0', id, error: { ...error } });
  }

  #finish(ending: Ending): void {
    if (!this.isOpen) return;
    this.#state = 'over';
    for (const { method, reject } of this.#waiting.values()) reject(gone(method));
    this.#waiting.clear();
    for (const serving of this.#serving.values()) serving.abort();
    this.#end.resolve(ending);
  }
}

/** Whoever waits for a reply, or answers, has a turn before the next line. */
async function breath(): Promise<void> {
  await null;
  await null;
}

/** Null: an empty line. */
function messageIn(line: Line, limitBytes: number): Message | null {
  if (line.kind === 'overlong') {
    return { kind: 'fault', reason: `a line has ${line.bytes} bytes, ${limitBytes} are allowed` };
  }
  if (line.text.trim() === '') return null;
  const message = decode(line.text);
  if (message.kind !== 'fault') return message;
  return { kind: 'fault', reason: `${message.reason}, in ${beginning(line.text)}` };
}

/** What was asked for from here costs as much as it does. */
function shareOf(message: Message | null, { told, asked, free }: Shares): Share | undefined {
  if (message?.kind === 'result' || message?.kind === 'failure') return undefined;
  if (message?.kind === 'request') return asked;
  return message?.kind === 'notification' && free.has(message.method) ? undefined : told;
}

/** A name that every object answers to is no method. */
const own = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

const idIn = (params: unknown): RequestId =>
  (params as { readonly id?: RequestId } | null | undefined)?.id ?? '';

const gone = (method: string) =>
  new WireFailure({ code: wireCodes.failed, message: `it ended before it answered ${method}` });

const cancelled = (method: string) =>
  new WireFailure({ code: wireCodes.cancelled, message: `${method} was cancelled` });

function errorOf(thrown: unknown): WireError {
  if (!(thrown instanceof WireFailure))
    return { code: wireCodes.failed, message: reasonOf(thrown) };
  const { code, message, data } = thrown;
  return data === undefined ? { code, message } : { code, message, data };
}

/** So much of a line as its author needs to find it. */
const beginning = (line: string) =>
  JSON.stringify(line.length > shownMax ? `${line.slice(0, shownMax)}…` : line);

const reasonOf = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown));
