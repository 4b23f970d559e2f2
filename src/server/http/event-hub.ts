// One ear at the manager for all viewers. What happens within a moment is written out once, and the
// same bytes go to everybody: the hundredth viewer costs a write and nothing more.
import type { Notice } from '../../api/shapes.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Batch, Gathering, withOwn } from './batch.ts';
import { eventText } from './core/event-text.ts';
import type { Completion, Invokers } from './invokers.ts';

export interface Viewer {
  readonly name: string;
  show(batch: Batch): void;
  close(): void;
}

const gatherMs = 40;
/** Showing takes one part in so many of the time: with a hundred viewers each is told two to four times a second. */
const partOfTime = 100;
const gatherMsMax = 1_000;
/** What is more goes out at once: a viewer must not be owed much before anybody can see that he does not read. */
const batchBytesMax = 256 * 1024;

export class EventHub {
  readonly #clock: Clock;
  readonly #invokers: Invokers;
  readonly #also: (notice: Notice) => void;
  readonly #viewers = new Set<Viewer>();
  readonly #gathered = new Gathering();
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
      this.#gathered.add(notice.event.sequence, eventText(notice));
      if (this.#gathered.length >= batchBytesMax) this.#flush();
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
    const shared = this.#gathered.take(passing);
    const owns = ownTexts(this.#completions);
    this.#passing = new Map();
    this.#completions = [];
    const batches = new Map<string, Batch>();
    for (const [name, own] of owns) batches.set(name, withOwn(shared, own));
    for (const viewer of this.#viewers) {
      const batch = batches.get(viewer.name) ?? shared;
      if (batch.bytes.length > 0) viewer.show(batch);
    }
  }
}

/** By name. */
function ownTexts(completions: readonly Completion[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { who, request, cookie } of completions) {
    const text = eventText({ type: 'completed', request, cookie });
    texts.set(who, (texts.get(who) ?? '') + text);
  }
  return texts;
}

/** Of several within a moment the newest is shown. */
function keyOf(notice: Notice): string {
  if (notice.type !== 'progress') return notice.type;
  return `${notice.progress.session} ${notice.progress.item}`;
}
