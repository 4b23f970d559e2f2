import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import { Connection, type Serves, usualLimits, type WireLimits } from './connection.ts';

/** One end of a conversation, with the other in the hands of the test. */
class End {
  readonly faults: string[] = [];
  readonly strays: string[] = [];
  readonly sent: Record<string, unknown>[] = [];
  readonly connection: Connection;
  readonly clock = new VirtualClock();
  /** Resolves writes that are held up. */
  readonly #taken: (() => void)[] = [];
  #hear: (bytes: Uint8Array | null) => void = () => {};
  #ids = 0;

  constructor(
    serves: Partial<Serves> = {},
    limits: Partial<WireLimits> = {},
    reads: 'all' | 'nothing' = 'all',
  ) {
    const chunks: (Uint8Array | null)[] = [];
    let wake = () => {};
    this.#hear = (bytes) => {
      chunks.push(bytes);
      wake();
    };
    async function* output() {
      for (;;) {
        const next = chunks.shift();
        if (next === null) return;
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    }
    const write = async (bytes: Uint8Array) => {
      if (reads === 'nothing') await new Promise<void>((resolve) => this.#taken.push(resolve));
      const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
      this.sent.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
    };
    this.connection = new Connection(
      { write, output: output() },
      { requests: {}, notifications: {}, ...serves },
      {
        clock: this.clock,
        newId: () => `id-${++this.#ids}`,
        stray: (text) => this.strays.push(text),
        fault: (reason) => this.faults.push(reason),
        limits: { ...usualLimits, ...limits },
      },
    );
  }

  hear(message: object | string): Promise<void> {
    const text =
      typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#hear(new TextEncoder().encode(`${text}\n`));
    return this.settled();
  }

  end(): Promise<void> {
    this.#hear(null);
    return this.settled();
  }

  settled(): Promise<void> {
    return this.clock.idle();
  }
}

test('a request is answered by the reply with its id', async () => {
  const end = new End();
  const one = end.connection.request('one', {});
  one.catch(() => {});
  const two = end.connection.request('two', {});
  await end.hear({ id: 'id-2', result: 2 });
  await end.hear({ id: 'id-1', error: { code: -5, message: 'no', data: { a: 1 } } });
  assert.equal(await two, 2);
  await assert.rejects(one, { code: -5, message: 'no', data: { a: 1 } });
  assert.deepEqual(end.faults, []);
});

test('HN-07 a reply to nobody, and a second one, are faults', async () => {
  const end = new End();
  const asked = end.connection.request('one', {});
  await end.hear({ id: 'id-1', result: 1 });
  await end.hear({ id: 'id-1', result: 2 });
  await end.hear({ id: 'id-9', result: 3 });
  await end.hear({ id: null, error: { code: 1, message: 'parse' } });
  assert.equal(await asked, 1);
  assert.equal(end.faults.length, 3);
});

test('an aborted request is cancelled over there, and its late reply is forgiven', async () => {
  const end = new End();
  const abort = new AbortController();
  const asked = end.connection.request('slow', {}, { signal: abort.signal });
  asked.catch(() => {});
  await end.settled();
  abort.abort();
  await assert.rejects(asked, /cancelled/);
  await end.hear({ id: 'id-1', result: 1 });
  assert.deepEqual(
    end.sent.map(({ method }) => method),
    ['slow', '$/cancelRequest'],
  );
  assert.deepEqual(end.faults, []);
});

test('a call may say that it has returned and goes on', async () => {
  const end = new End();
  let returned = 0;
  const asked = end.connection.request('work', {}, { returned: () => (returned += 1) });
  await end.hear({ method: 'returned', params: { id: 'id-1' } });
  assert.equal(returned, 1);
  await end.hear({ id: 'id-1', result: null });
  await end.hear({ method: 'returned', params: { id: 'id-1' } });
  assert.equal(await asked, null);
  assert.equal(returned, 1);
});

test('requests of the other side are served, cancelled, and refused when they are too many', async () => {
  let aborted = 0;
  const never = new Promise<never>(() => {});
  const end = new End(
    {
      requests: {
        quick: (params) => ({ got: params as string }),
        failing: () => {
          throw new Error('so it is');
        },
        slow: (_, { signal, returned }) => {
          returned();
          signal.addEventListener('abort', () => (aborted += 1));
          return never;
        },
      },
    },
    { openRequests: 2 },
  );
  await end.hear({ id: 1, method: 'quick', params: 'x' });
  await end.hear({ id: 2, method: 'failing' });
  await end.hear({ id: 3, method: 'toString' });
  await end.hear({ id: 4, method: 'slow' });
  await end.hear({ id: 5, method: 'slow' });
  await end.hear({ id: 6, method: 'slow' });
  await end.hear({ method: '$/cancelRequest', params: { id: 4 } });
  assert.deepEqual(end.sent, [
    { jsonrpc: '2.0', id: 1, result: { got: 'x' } },
    { jsonrpc: '2.0', id: 2, error: { code: -32_000, message: 'so it is' } },
    { jsonrpc: '2.0', id: 3, error: { code: -32_601, message: 'there is no method toString' } },
    { jsonrpc: '2.0', method: 'returned', params: { id: 4 } },
    { jsonrpc: '2.0', method: 'returned', params: { id: 5 } },
    { jsonrpc: '2.0', id: 6, error: { code: -32_001, message: 'too many requests are open' } },
  ]);
  assert.equal(aborted, 1);
  assert.equal(end.faults.length, 1);
});

test('when the other side ends, what is asked rejects', async () => {
  const end = new End();
  const asked = end.connection.request('one', {});
  asked.catch(() => {});
  await end.end();
  assert.equal(await end.connection.over, 'ended');
  await assert.rejects(asked, /ended before it answered one/);
  await assert.rejects(end.connection.request('two', {}), /ended/);
});

test('HN-19 of a side that does not read, no more waits than the limit', async () => {
  const end = new End({}, { queueBytes: 10_000 }, 'nothing');
  for (let turn = 0; turn < 1_000; turn++) end.connection.notify('n', { turn });
  assert.equal(await end.connection.over, 'stuck');
  assert.deepEqual(end.faults, ['it does not read what is sent to it']);
});

test('HN-10 who talks too fast is heard at the pace that is allowed', async () => {
  let heard = 0;
  const count = () => {
    heard += 1;
  };
  const notifications = { n: count };
  const end = new End({ notifications }, { messagesPerSecond: 100 });
  const before = end.clock.now();
  for (let turn = 0; turn < 500; turn++) void end.hear({ method: 'n' });
  while (heard < 500) await end.settled();
  const took = end.clock.now() - before;
  assert.ok(took > 4_500 && took < 5_500, `${took} ms`);
});

test('what is no message is handed to the log, an empty line to nobody', async () => {
  const end = new End();
  await end.hear('Welcome!');
  await end.hear('   ');
  assert.deepEqual([end.strays, end.faults], [['Welcome!'], []]);
});
