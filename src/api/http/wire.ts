// One question to a manager elsewhere, over its socket or a loopback address, and its answer. What
// failed there fails here with the same code, sentence and class.
import type { Agent, IncomingMessage, request } from 'node:http';
import { SyncError, syncError } from '../../model/error.ts';

export type Where =
  | { readonly socket: string }
  | { readonly host: string; readonly port: number; readonly token: string };

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: object | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Longer than the longest wait that is asked for. */
const silenceMs = 90_000;

/** What is used of `node:http`. */
export interface Http {
  readonly Agent: typeof Agent;
  readonly request: typeof request;
}

export class Wire {
  readonly #where: Where;
  readonly #http: Http;
  readonly #agent: Agent;

  constructor(where: Where, http: Http) {
    this.#where = where;
    this.#http = http;
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  }

  get place(): string {
    const where = this.#where;
    return 'socket' in where ? where.socket : `${where.host}:${where.port}`;
  }

  /** The answer, from its head on. Throws `manager-unreachable`, and whatever the manager answered. */
  async open(ask: Ask): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const text = ask.body === undefined ? null : JSON.stringify(ask.body);
    const asked = this.#http.request({
      ...this.#address(),
      agent: this.#agent,
      method: ask.method,
      path: withQuery(ask.path, ask.query ?? {}),
      headers: { ...this.#headers(text), ...ask.headers },
      ...(ask.signal === undefined ? {} : { signal: ask.signal }),
    });
    asked.on('response', resolve);
    asked.on('error', (error) => reject(this.#unreachable(error)));
    asked.setTimeout(silenceMs, () => asked.destroy(new Error('no answer')));
    asked.end(text ?? undefined);
    const answer = await promise;
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    throw errorIn(await textOf(answer), status);
  }

  async ask<Reply>(ask: Ask): Promise<Reply> {
    const answer = await this.open(ask);
    const text = await textOf(answer).catch((error: unknown) => {
      throw this.#unreachable(error);
    });
    return (text === '' ? undefined : JSON.parse(text)) as Reply;
  }

  /** What is answered with something else than JSON. */
  async bytes(
    ask: Ask,
  ): Promise<{ readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }> {
    const answer = await this.open(ask);
    const pieces: Uint8Array[] = [];
    for await (const piece of answer as AsyncIterable<Uint8Array>) pieces.push(piece);
    return { type: answer.headers['content-type'] ?? '', bytes: joined(pieces) };
  }

  close(): void {
    this.#agent.destroy();
  }

  #address() {
    const where = this.#where;
    return 'socket' in where
      ? { socketPath: where.socket }
      : { host: where.host, port: where.port };
  }

  #headers(text: string | null): Record<string, string> {
    return {
      ...('token' in this.#where ? { authorization: `Bearer ${this.#where.token}` } : {}),
      ...(text === null
        ? {}
        : {
            'content-type': 'application/json',
            'content-length': String(Buffer.byteLength(text)),
          }),
    };
  }

  #unreachable(cause: unknown): SyncError {
    return syncError('manager-unreachable', { where: this.place }, cause);
  }
}

/** A path with the parts that vary escaped. */
export function at(pieces: TemplateStringsArray, ...parts: readonly string[]): string {
  return String.raw({ raw: pieces }, ...parts.map(encodeURIComponent));
}

function withQuery(path: string, query: NonNullable<Ask['query']>): string {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) given.set(key, String(value));
  }
  return given.size === 0 ? path : `${path}?${given}`;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

async function textOf(answer: IncomingMessage): Promise<string> {
  answer.setEncoding('utf8');
  let text = '';
  for await (const piece of answer as AsyncIterable<string>) text += piece;
  return text;
}

function errorIn(text: string, status: number): SyncError {
  try {
    const { error } = JSON.parse(text) as { readonly error: SyncError & { readonly text: string } };
    return new SyncError(error.code, error.text, error.retry);
  } catch {
    return syncError('internal', { reason: `the manager answered with status ${status}` });
  }
}
