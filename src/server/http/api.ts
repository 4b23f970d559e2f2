// The HTTP face, ready to listen: one application behind two doors. Behind the socket is the person at
// this computer; on the loopback address whoever has a token.
import type { Server } from 'node:http';
import type { Client } from '../../api/client.ts';
import type { AboutShape, ConfigurationReport } from '../../api/shapes.ts';
import { errorRecord, syncError } from '../../model/error.ts';
import type { Event } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Audience } from '../audience.ts';
import { Access, type AccessPorts, type Token } from './access.ts';
import { apiApp } from './app.ts';
import { EventHub } from './event-hub.ts';
import { Invokers } from './invokers.ts';
import { httpListener } from './listener.ts';
import { Metrics } from './metrics.ts';
import { otherRoutes } from './other-routes.ts';
import { type PageFile, pageRoutes } from './page-routes.ts';
import type { Audited, Service } from './service.ts';

export interface ApiPorts extends AccessPorts {
  readonly client: Client;
  readonly tokens: readonly Token[];
  /** Beside the loopback names: `host:port`, in lower case. */
  readonly hosts: readonly string[];
  /** What a browser is given; none: there is no page. */
  readonly page: readonly PageFile[];
  readonly audience: Audience;
  /** Out of the configuration. Rejects with `not-found`. */
  removeToken(name: string): Promise<void>;
  about(): Promise<AboutShape>;
  configuration(): ConfigurationReport;
  stop(): void;
  isStopping(): boolean;
  audit(call: Audited): void;
  log(level: 'warning' | 'error', text: string): void;
  events(since: number, limit: number): Promise<readonly Event[]>;
  /** How many requests nobody has begun yet. */
  waiting(): Promise<number>;
}

export interface Api {
  readonly socket: Server;
  readonly loopback: Server;
  /** The same, for the other loopback address. */
  readonly loopback6: Server;
  /** Ends every stream; resolves when the last answer is out, or after a moment. */
  close(): Promise<void>;
}

const lastAnswersMs = 1000;
const listenAgainMs = 1000;
/** What a program that connects to the socket puts into Host, for want of a name. */
const socketHosts = ['localhost', 'syncmgr'];

export function openApi(ports: ApiPorts): Api {
  const { client, clock } = ports;
  const access = new Access(ports, ports.tokens);
  const invokers = new Invokers();
  const metrics = new Metrics(client, () => ports.waiting());
  const hub = new EventHub(clock, invokers, (notice) => metrics.take(notice));
  const watching = new AbortController();
  const listening = listenOn(hub, ports, watching.signal);
  const service: Service = {
    ...ports,
    hub,
    invokers,
    dropped: (viewer, reason) => {
      metrics.dropped();
      ports.log('warning', `The stream of events to ${viewer} was closed: ${reason}.`);
    },
    loginCode: () => access.loginCode(),
    tokens: () => access.tokens(),
    revokeToken: async (name) => {
      await ports.removeToken(name);
      access.revoke(name);
    },
    metrics: () => metrics.text(),
  };
  const app = apiApp(
    {
      client,
      service,
      access,
      audit: ports.audit,
      files: new Set(ports.page.map(({ path }) => path)),
    },
    { ...otherRoutes(client, service, access), ...pageRoutes(ports.page, () => ports.secret()) },
  );
  const onLoopback = () => {
    const hosts = () => [...loopbackHosts(server), ...ports.hosts];
    const server: Server = httpListener(app, 'loopback', hosts, clock);
    return server;
  };
  const [loopback, loopback6] = [onLoopback(), onLoopback()];
  const socket: Server = httpListener(app, 'socket', () => socketHosts, clock);
  return {
    socket,
    loopback,
    loopback6,
    close: async () => {
      watching.abort();
      // What was told up to now is heard, and passed on.
      await listening;
      hub.closeAll();
      await Promise.all([socket, loopback, loopback6].map((server) => closed(server, clock)));
    },
  };
}

/** An ear that fails is replaced; without one nobody would see anything any more. */
async function listenOn(
  hub: EventHub,
  { client, clock, log }: ApiPorts,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const over = new AbortController();
    try {
      await hub.listen(client.watch(null, AbortSignal.any([signal, over.signal])));
    } catch (thrown) {
      const failed = { what: 'follow the events', reason: errorRecord(thrown).text };
      log('error', syncError('background-failed', failed, thrown).message);
    }
    over.abort();
    await clock.sleep(listenAgainMs, signal);
  }
}

function loopbackHosts(server: Server): readonly string[] {
  const address = server.address();
  if (address === null || typeof address === 'string') return [];
  return ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${address.port}`);
}

async function closed(server: Server, clock: Clock): Promise<void> {
  if (!server.listening) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  await Promise.race([promise, clock.sleep(lastAnswersMs)]);
  server.closeAllConnections();
}
