// A served handler and its manager's end of the conversation, in one process: two pipes of bytes.
import type { Json } from '../../src/model/json.ts';
import type { Handler } from '../../src/ports/handler.ts';
import { serve } from '../../src/sdk/serve.ts';
import type { Stdio } from '../../src/sdk/stdio.ts';
import { Connection, type Pipe, usualLimits } from '../../src/wire/connection.ts';
import { VirtualClock } from './virtual-clock.ts';

export interface Wired {
  /** The manager's end. */
  readonly manager: Connection;
  /** What the handler told, in order. */
  readonly told: (readonly [method: string, params: Readonly<Record<string, Json>>])[];
  /** What was said to a person. */
  readonly complaints: readonly string[];
  readonly clock: VirtualClock;
  /** Resolves when the handler's process would end. */
  readonly left: Promise<void>;
  /** The manager closes the handler's input. */
  hangUp(): void;
  request(method: string, params?: Json): Promise<Readonly<Record<string, Json>>>;
  /** From the introduction to the open session. */
  opened(settings?: Json): Promise<void>;
  of(method: string): readonly Readonly<Record<string, Json>>[];
}

const methods = ['progress', 'alive', 'log', 'withdraw', 'plan', 'conflict', 'conflictsSeen'];

export function wired(handler: Handler, features: readonly string[] = ['returned']): Wired {
  const [toHandler, toManager] = [new ByteQueue(), new ByteQueue()];
  const clock = new VirtualClock();
  // A handler that tells every five seconds that it is well would let it leap for ever.
  clock.hold();
  const complaints: string[] = [];
  const stdio: Stdio = {
    write: async (bytes) => toManager.put(bytes),
    output: toHandler,
    clock,
    complain: (text) => void complaints.push(text),
    leave: async () => {},
  };
  const left = serve(handler, '1', stdio);
  const told: Wired['told'] = [];
  let ids = 0;
  const pipe: Pipe = { write: async (bytes) => toHandler.put(bytes), output: toManager };
  const listeners = methods.map((method) => [
    method,
    (params: unknown) => void told.push([method, params as Readonly<Record<string, Json>>]),
  ]);
  const manager = new Connection(
    pipe,
    {
      requests: { ask: async () => ({ word: 'open' }), connect: async () => true },
      notifications: Object.fromEntries(listeners),
    },
    {
      clock,
      newId: () => {
        ids += 1;
        return `manager-${ids}`;
      },
      stray: (text) => void complaints.push(text),
      fault: (reason) => void complaints.push(reason),
      limits: usualLimits,
    },
  );
  const request: Wired['request'] = async (method, params = {}) =>
    (await manager.request(method, params)) as Readonly<Record<string, Json>>;
  return {
    manager,
    told,
    complaints,
    clock,
    left,
    hangUp: () => toHandler.end(),
    request,
    opened: async (settings = {}) => {
      await request('initialize', {
        protocol: 1,
        features,
        manager: { name: 'test', version: '' },
      });
      await request('open', {
        partnership: { id: 'p', name: 'P' },
        trigger: 'manual',
        interactive: true,
        settingsOnly: false,
        cookie: 'AID/',
        settings,
        secrets: {},
      });
    },
    of: (method) => told.filter(([name]) => name === method).map(([, params]) => params),
  };
}

class ByteQueue implements AsyncIterable<Uint8Array> {
  readonly #chunks: Uint8Array[] = [];
  #wake = Promise.withResolvers<void>();
  #state: 'open' | 'ended' = 'open';

  put(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#wake.resolve();
  }

  end(): void {
    this.#state = 'ended';
    this.#wake.resolve();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (;;) {
      const chunk = this.#chunks.shift();
      if (chunk !== undefined) yield chunk;
      else if (this.#state === 'ended') return;
      else {
        await this.#wake.promise;
        this.#wake = Promise.withResolvers();
      }
    }
  }
}
