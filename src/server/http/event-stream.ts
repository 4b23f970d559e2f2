// The events as one viewer gets them: what was stored since he was last here, then what happens. Each
// event comes once and in order, and where some are gone a gap is told.
import type { ServerResponse } from 'node:http';
import type { ViewerPart } from '../../api/shapes.ts';
import type { Event } from '../../model/event.ts';
import { eventShape } from '../shaping.ts';
import { eventText } from './core/event-text.ts';
import { stretchOf } from './core/holes.ts';
import type { Packing } from './packing.ts';
import type { Service } from './service.ts';
import { Stream } from './stream.ts';

const eventsAtOnce = 1000;
const beatMs = 15_000;

/** So that whoever loads the page anew still finds what he was asked. */
const returnMs = 10_000;

export interface Viewing {
  readonly since: number | null;
  readonly name: string;
  readonly part: ViewerPart;
  readonly packing: Packing;
}

export function openStream(
  outgoing: ServerResponse,
  service: Service,
  { since, name, part, packing }: Viewing,
): void {
  // Without pieces of its own to a write, and so without two more of them that say how long each is: the
  // stream ends with its connection.
  outgoing.removeHeader('transfer-encoding');
  outgoing.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-accel-buffering': 'no',
    vary: 'accept-encoding',
    ...(packing === 'packed' ? { 'content-encoding': 'gzip' } : {}),
  });
  const { last } = service.hub;
  const stream = new Stream(outgoing, name, packing, (reason) => service.dropped(name, reason));
  // A viewer that begins now and breaks off before the first event knows by it where he was.
  stream.write(`retry: 1000\n${since === null && last !== null ? `id: ${last}\n` : ''}\n`);
  const leave = service.hub.join(stream);
  const gone = new AbortController();
  if (part === 'answers') {
    const leaveAudience = service.audience.enter();
    gone.signal.addEventListener(
      'abort',
      () => void service.clock.sleep(returnMs).then(leaveAudience),
    );
  }
  outgoing.on('close', () => {
    leave();
    gone.abort();
  });
  void beat(stream, service, gone.signal);
  if (since === null) stream.live(last);
  else catchUp(stream, service, since).catch(() => stream.close());
}

async function catchUp(stream: Stream, service: Service, since: number): Promise<void> {
  let seen: number | null = since;
  if (!(await isKnown(service, since))) seen = await tellLost(stream, service, since);
  do {
    while (seen !== null) {
      const events: readonly Event[] = await service.events(seen, eventsAtOnce);
      const { whole, gap, rest } = stretchOf(seen, events);
      stream.write(textOf(whole) + (gap === null ? '' : eventText(gap)) + textOf(rest));
      seen = events.at(-1)?.sequence ?? seen;
      if (events.length < eventsAtOnce) break;
      await stream.drained();
      if (!stream.isOpen) return;
    }
  } while (!stream.live(seen));
}

const textOf = (events: readonly Event[]) =>
  events.map((event) => eventText({ type: 'event', event: eventShape(event) })).join('');

/** Whether the event he saw last is one of this store. */
async function isKnown({ events }: Service, since: number): Promise<boolean> {
  if (since === 0) return true;
  const [known] = await events(since - 1, 1);
  return known?.sequence === since;
}

/**
 * What he saw last was forgotten, or belongs to a store that is none any more: he has to look at
 * everything anew. Answers where he goes on; null: with what happens from now on.
 */
async function tellLost(
  stream: Stream,
  { events }: Service,
  since: number,
): Promise<number | null> {
  const [next] = await events(since, 1);
  const [first] = await events(0, 1);
  const before = next?.sequence ?? first?.sequence ?? 0;
  stream.write(eventText({ type: 'gap', after: since, before }));
  return next === undefined ? null : next.sequence - 1;
}

/** So that both ends notice when the other is gone. */
async function beat(stream: Stream, { clock }: Service, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(beatMs, signal);
    if (!signal.aborted) stream.beat();
  }
}
