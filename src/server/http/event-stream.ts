// The events as one viewer gets them: what was stored since he was last here, then what happens. Each
// event comes once and in order. Who does not read is closed before he costs more than a mebibyte;
// he comes back and goes on where he was.
import type { ServerResponse } from 'node:http';
import type { Event } from '../../model/event.ts';
import { eventShape } from '../shaping.ts';
import { eventText } from './core/event-text.ts';
import type { Batch, Viewer } from './event-hub.ts';
import type { Service } from './service.ts';

const bufferBytesMax = 1024 * 1024;
const eventsAtOnce = 1000;
const heldMax = 10_000;
const beatMs = 15_000;

export function openStream(
  outgoing: ServerResponse,
  service: Service,
  since: number | null,
  name: string,
): void {
  outgoing.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
  });
  const { last } = service.hub;
  // A viewer that begins now and breaks off before the first event knows by it where he was.
  outgoing.write(`retry: 1000\n${since === null && last !== null ? `id: ${last}\n` : ''}\n`);
  const stream = new Stream(outgoing, name);
  const leave = service.hub.join(stream);
  const gone = new AbortController();
  outgoing.on('close', () => {
    leave();
    gone.abort();
  });
  void beat(stream, service, gone.signal);
  if (since === null) stream.live();
  else void catchUp(stream, service, since).catch(() => stream.close());
}

class Stream implements Viewer {
  readonly name: string;
  readonly #outgoing: ServerResponse;
  #held: Batch[] | null = [];
  #lost: 'nothing' | 'something' = 'nothing';
  #seen = 0;

  constructor(outgoing: ServerResponse, name: string) {
    this.#outgoing = outgoing;
    this.name = name;
  }

  show(batch: Batch): void {
    if (this.#held !== null) {
      if (this.#held.length < heldMax) this.#held.push(batch);
      else this.#lost = 'something';
      return;
    }
    const [first] = batch.events;
    const fresh = batch.events.filter(({ sequence }) => sequence > this.#seen);
    if (first === undefined || first.sequence > this.#seen) this.write(batch.bytes);
    else this.write(fresh.map(({ text }) => text).join('') + batch.passing);
  }

  write(text: Uint8Array | string): void {
    if (this.#outgoing.writableLength > bufferBytesMax) this.#outgoing.destroy();
    else this.#outgoing.write(text);
  }

  /** Resolves when what was written is on its way, or nobody reads any more. */
  drained(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (!this.#outgoing.writableNeedDrain || this.#outgoing.destroyed) resolve();
    this.#outgoing.once('drain', resolve).once('close', resolve);
    return promise;
  }

  get isOpen(): boolean {
    return !this.#outgoing.destroyed && !this.#outgoing.writableEnded;
  }

  seen(sequence: number): void {
    this.#seen = sequence;
  }

  /** False: meanwhile more happened than could be held, so look again. */
  live(): boolean {
    const held = this.#held ?? [];
    if (this.#lost === 'something') {
      this.#held = [];
      this.#lost = 'nothing';
      return false;
    }
    this.#held = null;
    for (const batch of held) this.show(batch);
    return true;
  }

  close(): void {
    this.#outgoing.end();
  }
}

async function catchUp(stream: Stream, service: Service, since: number): Promise<void> {
  let seen = since;
  await tellGap(stream, service, since);
  do {
    for (;;) {
      const events = await service.events(seen, eventsAtOnce);
      stream.write(events.map(textOf).join(''));
      seen = events.at(-1)?.sequence ?? seen;
      stream.seen(seen);
      if (events.length < eventsAtOnce) break;
      await stream.drained();
      if (!stream.isOpen) return;
    }
  } while (!stream.live());
}

const textOf = (event: Event) => eventText({ type: 'event', event: eventShape(event) });

/** What was pruned, or the whole store was another one: the viewer has to look at everything anew. */
async function tellGap(stream: Stream, { events }: Service, since: number): Promise<void> {
  if (since === 0) return;
  const [known] = await events(since - 1, 1);
  if (known?.sequence === since) return;
  const [next] = await events(since, 1);
  const [first] = await events(0, 1);
  const before = next?.sequence ?? first?.sequence ?? 0;
  stream.write(eventText({ type: 'gap', after: since, before }));
}

/** So that both ends notice when the other is gone. */
async function beat(stream: Stream, { clock }: Service, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(beatMs, signal);
    if (!signal.aborted) stream.write(': beat\n\n');
  }
}
