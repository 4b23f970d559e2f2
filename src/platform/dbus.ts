// A connection to one bus of D-Bus, made when it is first needed and again after it broke. What is
// asked of a service that is not there is `undefined`: most machines lack some of them.
import { connect, type Socket } from 'node:net';
import process from 'node:process';

/** A thing on the bus that can be asked. */
export interface BusObject {
  readonly service: string;
  readonly path: string;
  readonly interface: string;
}

export interface Bus {
  property(object: BusObject, name: string): Promise<unknown>;
  /** The first value of the answer. Rejects with what the service, or the bus, has against it. */
  call(object: BusObject, method: string, signature?: string, values?: unknown[]): Promise<unknown>;
  /** Calls back with the values of each signal, also after the bus was lost and found again. */
  listen(object: BusObject, signal: string, listener: (values: unknown[]) => void): () => void;
  close(): void;
}

const callMs = 5_000;
const againMs = 15_000;

export function openBus(address: string): Bus {
  return new LazyBus(address);
}

export function systemBusAddress(): string {
  return process.env.DBUS_SYSTEM_BUS_ADDRESS ?? 'unix:path=/run/dbus/system_bus_socket';
}

/** Null outside of a session. */
export function sessionBusAddress(): string | null {
  return process.env.DBUS_SESSION_BUS_ADDRESS ?? null;
}

const properties = 'org.freedesktop.DBus.Properties';
const driver: BusObject = {
  service: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
};

interface Subscription {
  readonly object: BusObject;
  readonly signal: string;
  readonly listener: (values: unknown[]) => void;
}

class LazyBus implements Bus {
  readonly #address: string;
  readonly #subscriptions = new Set<Subscription>();
  #connection: Promise<Connection | null> | null = null;
  #timer: NodeJS.Timeout | null = null;
  #life: 'open' | 'closed' = 'open';

  constructor(address: string) {
    this.#address = address;
  }

  async property(object: BusObject, name: string): Promise<unknown> {
    const asked = { ...object, interface: properties };
    return this.call(asked, 'Get', 'ss', [object.interface, name]).catch(() => undefined);
  }

  async call(object: BusObject, method: string, signature = '', values: unknown[] = []) {
    const connection = await this.#reach();
    if (connection === null) throw new Error('there is no such bus');
    return connection.call(object, method, signature, values);
  }

  listen(object: BusObject, signal: string, listener: (values: unknown[]) => void): () => void {
    const subscription = { object, signal, listener };
    this.#subscriptions.add(subscription);
    if (this.#connection === null) void this.#reach();
    else void this.#connection.then((connection) => connection?.subscribe(subscription));
    return () => void this.#subscriptions.delete(subscription);
  }

  close(): void {
    this.#life = 'closed';
    this.#subscriptions.clear();
    if (this.#timer !== null) clearTimeout(this.#timer);
    void this.#connection?.then((connection) => connection?.end());
  }

  #reach(): Promise<Connection | null> {
    if (this.#life === 'closed') return Promise.resolve(null);
    this.#connection ??= this.#connect();
    return this.#connection;
  }

  async #connect(): Promise<Connection | null> {
    const connection = await connectTo(this.#address, {
      signalled: (message) => this.#tell(message),
      lost: () => this.#lost(),
    }).catch(() => null);
    if (this.#life === 'closed') connection?.end();
    if (connection === null) this.#lost();
    for (const one of this.#subscriptions) connection?.subscribe(one);
    return connection;
  }

  /** Whoever asks next tries again; whoever listens is connected again by itself. */
  #lost(): void {
    this.#connection = null;
    if (this.#life === 'closed' || this.#subscriptions.size === 0 || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#reach();
    }, againMs).unref();
  }

  #tell({ path, interface: face, member, body }: SignalMessage): void {
    for (const { object, signal, listener } of this.#subscriptions) {
      const meant = object.path === path && object.interface === face && signal === member;
      if (meant) listener((body ?? []).map(plain));
    }
  }
}

interface SignalMessage {
  readonly type: number;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly body?: unknown[];
}

/** What of the package is used. */
interface Client {
  readonly connection: NodeJS.EventEmitter;
  invoke(message: object, done: (error: BusFault | null, value?: unknown) => void): void;
}

interface BusFault {
  readonly name?: string;
  readonly message?: unknown;
}

const signalType = 4;

interface Ears {
  signalled(message: SignalMessage): void;
  lost(): void;
}

async function connectTo(address: string, ears: Ears): Promise<Connection> {
  const { default: dbus } = await import('@homebridge/dbus-native');
  const socket = await openSocket(address);
  const client: Client = (dbus as unknown as Maker).createClient({ stream: socket });
  const connection = new Connection(client, socket);
  const lost = () => {
    if (connection.end()) ears.lost();
  };
  client.connection.on('error', lost);
  socket.on('end', lost);
  socket.on('close', lost);
  client.connection.on('message', (message: SignalMessage) => {
    if (message.type === signalType) ears.signalled(message);
  });
  await connection.call(driver, 'GetId', '', []);
  return connection;
}

interface Maker {
  createClient(options: { readonly stream: Socket }): Client;
}

class Connection {
  readonly #client: Client;
  readonly #socket: Socket;
  #hold: 'held' | 'lost' = 'held';

  constructor(client: Client, socket: Socket) {
    this.#client = client;
    this.#socket = socket;
  }

  call(object: BusObject, member: string, signature: string, values: unknown[]): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const late = setTimeout(() => reject(new Error(`${member} was not answered`)), callMs);
    const message = {
      destination: object.service,
      path: object.path,
      interface: object.interface,
      member,
      ...(signature !== '' && { signature, body: values }),
    };
    if (this.#hold === 'held') {
      this.#client.invoke(message, (fault, value) => {
        if (fault) reject(new Error(String(fault.message || fault.name)));
        else resolve(plain(value));
      });
    } else {
      reject(new Error('the bus was lost'));
    }
    return promise.finally(() => clearTimeout(late));
  }

  subscribe({ object, signal }: Subscription): void {
    const rule = `type='signal',path='${object.path}',interface='${object.interface}',member='${signal}'`;
    this.call(driver, 'AddMatch', 's', [rule]).catch(() => {});
  }

  /** False when it had ended already. */
  end(): boolean {
    const was = this.#hold;
    this.#hold = 'lost';
    this.#socket.destroy();
    return was === 'held';
  }
}

/** Of a list of addresses the first that can be reached. */
async function openSocket(list: string): Promise<Socket> {
  let reason: unknown = new Error('the address of the bus is not understood');
  for (const address of list.split(';')) {
    const path = pathIn(address);
    if (path === null) continue;
    try {
      return await opened(path);
    } catch (cause) {
      reason = cause;
    }
  }
  throw reason;
}

function pathIn(address: string): string | null {
  const [, kind, value] = /^unix:(?:.*,)?(path|abstract)=([^,]*)/.exec(address) ?? [];
  if (kind === undefined || value === undefined) return null;
  const path = decodeURIComponent(value);
  return kind === 'abstract' ? `\0${path}` : path;
}

function opened(path: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect(path);
  socket.once('connect', () => resolve(socket));
  socket.once('error', reject);
  // What the package hears too late would be thrown at nobody.
  socket.on('error', () => {});
  return promise;
}

/** A value of any type comes as its type and itself: `[[{ type, child }], [value]]`. */
function plain(value: unknown): unknown {
  if (!Array.isArray(value) || value.length !== 2) return value;
  const [types, values] = value as [unknown, unknown];
  const isVariant =
    Array.isArray(types) && Array.isArray(values) && typeof types[0]?.type === 'string';
  return isVariant ? plain(values[0]) : value;
}
