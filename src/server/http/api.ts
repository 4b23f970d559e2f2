// The HTTP face, ready to listen: one application behind two doors. Behind the socket is the person at
// this computer; on the loopback address whoever has a token.
import type { Server } from 'node:http';
import type { Client } from '../../api/client.ts';
import type { AboutShape, ConfigurationReport } from '../../api/shapes.ts';
import type { Event } from '../../model/event.ts';
import type { Clock } from '../../ports/clock.ts';
import { Access, type Token } from './access.ts';
import { apiApp } from './app.ts';
import { EventHub } from './event-hub.ts';
import { Invokers } from './invokers.ts';
import { httpListener } from './listener.ts';
import { Metrics } from './metrics.ts';
import { otherRoutes } from './other-routes.ts';
import { type PageFile, pageRoutes } from './page-routes.ts';
import type { Audited, Service } from './service.ts';

export interface ApiPorts {
  readonly client: Client;
  readonly clock: Clock;
  readonly tokens: readonly Token[];
  /** Beside the loopback names: `host:port`, in lower case. */
  readonly hosts: readonly string[];
  /** What a browser is given; none: there is no page. */
  readonly page: readonly PageFile[];
  digest(text: string): string;
  secret(): string;
  about(): Promise<AboutShape>;
  configuration(): ConfigurationReport;
  stop(): void;
  isStopping(): boolean;
  audit(call: Audited): void;
  events(since: number, limit: number): Promise<readonly Event[]>;
}

export interface Api {
  readonly socket: Server;
  readonly loopback: Server;
  /** Ends every stream; resolves when the last answer is out, or after a moment. */
  close(): Promise<void>;
}

const lastAnswersMs = 1000;
/** What a program that connects to the socket puts into Host, for want of a name. */
const socketHosts = ['localhost', 'syncmgr'];

export function openApi(ports: ApiPorts): Api {
  const { client, clock } = ports;
  const access = new Access(ports, ports.tokens);
  const invokers = new Invokers();
  const metrics = new Metrics();
  const hub = new EventHub(clock, invokers, (notice) => metrics.take(notice));
  const watching = new AbortController();
  void hub.listen(client.watch(null, watching.signal));
  const service: Service = {
    ...ports,
    hub,
    invokers,
    loginCode: () => access.loginCode(),
    metrics: () => metrics.text(client),
  };
  const app = apiApp(
    { client, service, access, audit: ports.audit },
    { ...otherRoutes(service, access), ...pageRoutes(ports.page, () => ports.secret()) },
  );
  const loopback: Server = httpListener(
    app,
    'loopback',
    () => [...loopbackHosts(loopback), ...ports.hosts],
    clock,
  );
  const socket: Server = httpListener(app, 'socket', () => socketHosts, clock);
  return {
    socket,
    loopback,
    close: async () => {
      hub.closeAll();
      watching.abort();
      await Promise.all([closed(socket, clock), closed(loopback, clock)]);
    },
  };
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
