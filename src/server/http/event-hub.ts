// One ear at the manager for all viewers. What happens within a moment is written out once, and the
// same bytes go to everybody: the hundredth viewer costs a write and nothing more.
import type { Notice } from '../../api/shapes.ts';
import type { Clock } from '../../ports/clock.ts';
import { eventText } from './core/event-text.ts';
import type { Completion, Invokers } from './invokers.ts';

export interface Viewer {
  readonly name: string;
  show(batch: Batch): void;
  /** What is for all of his name, and for nobody else. */
  tell(bytes: Uint8Array): void;
  close(): void;
}

export interface Batch {
  readonly bytes: Uint8Array;
  readonly events: readonly { readonly sequence: number; readonly text: string }[];
  /** Progress and questions alone. */
  readonly passing: string;
}

const gatherMs = 40;
/** Showing takes one part in so many of the time: with more viewers, each is told more at once. */
const partOfTime = 40;
const gatherMsMax = 1_000;
const encoder = new TextEncoder();

export class EventHub {
  readonly #clock: Clock;
  readonly #invokers: Invokers;
  readonly #also: (notice: Notice) => void;
  readonly #viewers = new Set<Viewer>();
  #events: { sequence: number; text: string }[] = [];
  #passing = new Map<string, Notice>();
  #completions: Completion[] = [];
  #gathering: 'no' | 'yes' = 'no';
  #gatherMs = gatherMs;
  #last: number | null = null;

  /** `also`: sees each notice as it comes, before it is gathered. */
  constructor(clock: Clock, invokers: Invokers, also: (notice: Notice) => void) {
    this.#also = also;
    this.#clock = clock;
    this.#invokers = invokers;
  }

  /** Until the notices end. Whoever viewed others before comes back, and misses nothing. */
  async listen(notices: AsyncIterable<Notice>): Promise<void> {
    this.closeAll();
    for await (const notice of notices) this.#take(notice);
  }

  join(viewer: Viewer): () => void {
    this.#viewers.add(viewer);
    return () => void this.#viewers.delete(viewer);
  }

  /** The newest event so far; null before the first. */
  get last(): number | null {
    return this.#last;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  closeAll(): void {
    this.#flush();
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.clear();
  }

  #take(notice: Notice): void {
    this.#also(notice);
    if (notice.type === 'event') {
      this.#last = notice.event.sequence;
      this.#follow(notice.event.data, notice.event.type);
    }
    if (this.#viewers.size === 0) return;
    if (notice.type === 'event') {
      this.#events.push({ sequence: notice.event.sequence, text: eventText(notice) });
    } else {
      this.#passing.set(keyOf(notice), notice);
    }
    if (this.#gathering === 'no') void this.#flushSoon();
  }

  #follow(data: { readonly [key: string]: unknown }, type: string): void {
    if (typeof data.request !== 'string') return;
    if (type === 'request.merged') this.#invokers.merged(data.request, String(data.into));
    if (type === 'request.ended') this.#completions.push(...this.#invokers.ended(data.request));
  }

  async #flushSoon(): Promise<void> {
    this.#gathering = 'yes';
    await this.#clock.sleep(this.#gatherMs);
    this.#gathering = 'no';
    const from = this.#clock.monotonic();
    this.#flush();
    const took = this.#clock.monotonic() - from;
    this.#gatherMs = Math.min(Math.max(gatherMs, took * partOfTime), gatherMsMax);
  }

  #flush(): void {
    const passing = [...this.#passing.values()].map(eventText).join('');
    const events = this.#events;
    const completions = this.#completions;
    this.#events = [];
    this.#passing = new Map();
    this.#completions = [];
    const bytes = encoder.encode(events.map(({ text }) => text).join('') + passing);
    const own = new Map<string, Uint8Array>();
    for (const [who, all] of Map.groupBy(completions, (completion) => completion.who)) {
      const texts = all.map(({ request, cookie }) =>
        eventText({ type: 'completed', request, cookie }),
      );
      own.set(who, encoder.encode(texts.join('')));
    }
    for (const viewer of this.#viewers) {
      if (bytes.length > 0) viewer.show({ bytes, events, passing });
      const told = own.get(viewer.name);
      if (told !== undefined) viewer.tell(told);
    }
  }
}

/** Of several within a moment the newest is shown. */
function keyOf(notice: Notice): string {
  if (notice.type !== 'progress') return notice.type;
  return `${notice.progress.session} ${notice.progress.item}`;
}
