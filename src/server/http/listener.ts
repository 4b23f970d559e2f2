// A place where requests come in: the gate before everything, limits on time, size and number, and
// what is said with every answer.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { syncError } from '../../model/error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Listener, Pace } from './app.ts';
import { type Refusal, refusalOf } from './core/gate.ts';

const limits = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
  connectionsCheckingInterval: 1000,
  requireHostHeader: false,
  insecureHTTPParser: false,
} as const;
const connectionsMax = 256;

const statuses: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** `hosts` is asked for each request: the port is known only once it listens. */
export function httpListener<E extends object>(
  app: Hono<E>,
  listener: Listener,
  hosts: () => readonly string[],
  clock: Clock,
): Server {
  const pace: Pace = { answered: [] };
  const handle = getRequestListener(
    (request, wire) =>
      app.fetch(request, { ...(wire as object), listener, pace } as E['Bindings' & keyof E]),
    { overrideGlobalObjects: false },
  );
  const server = createServer(limits, (incoming, outgoing) => {
    outgoing.setHeader('x-content-type-options', 'nosniff');
    outgoing.setHeader('referrer-policy', 'no-referrer');
    outgoing.setHeader('cross-origin-resource-policy', 'same-origin');
    outgoing.setHeader('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
    const refusal = refusalOf(knockOf(incoming), hosts());
    if (refusal === null) void handle(incoming, outgoing);
    else void refuse(incoming, outgoing, refusal, clock);
  });
  server.maxConnections = connectionsMax;
  // Whatever wants to become another protocol is answered like the rest, and not by a closed door.
  server.on('checkContinue', (incoming, outgoing) => server.emit('request', incoming, outgoing));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const status = statuses[error.code ?? ''] ?? '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  });
  return server;
}

function knockOf({ method, url, rawHeaders }: IncomingMessage) {
  return { method: method ?? '', target: url ?? '', rawHeaders };
}

const lingerMs = 250;

/**
 * The answer first, whole; then the connection ends. Ended while the other side still sends, it would
 * take the answer with it, so what comes within a moment is thrown away before.
 */
async function refuse(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, code, text }: Refusal,
  clock: Clock,
): Promise<void> {
  const details = { reason: text, host: text, origin: text, limit: text };
  const { message, retry } = syncError(code, details);
  const answer = JSON.stringify({ error: { code, text: message, retry } });
  outgoing.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(answer),
    connection: 'close',
  });
  outgoing.write(answer);
  const read = new AbortController();
  incoming.on('end', () => read.abort()).on('close', () => read.abort());
  incoming.resume();
  await clock.sleep(lingerMs, read.signal);
  outgoing.end();
}
