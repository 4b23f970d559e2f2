// Events, progress and questions of the manager as one stream. It listens from the moment it is
// called, not from the first reading, so that a watcher set up before a request misses nothing of it.
import type { Notice, ProgressShape, ViewerPart } from '../api/shapes.ts';
import type { LocalDeps } from './local-deps.ts';
import { eventShape } from './shaping.ts';

const questionMs = 200;
const eventsAtOnce = 1000;

export interface Viewing {
  readonly since: number | null;
  readonly signal: AbortSignal;
  readonly part: ViewerPart;
}

export function watchManager(
  deps: LocalDeps,
  { since, signal, part }: Viewing,
): AsyncIterable<Notice> {
  const queue = new NoticeQueue(signal);
  const { manager } = deps;
  const unsubscribe = [
    manager.onProgress((progress) => queue.put({ type: 'progress', progress })),
    manager.onEvents((events) => {
      for (const event of events) queue.put({ type: 'event', event: eventShape(event) });
    }),
  ];
  if (part === 'answers') unsubscribe.push(deps.audience.enter());
  signal.addEventListener('abort', () => {
    for (const end of unsubscribe) end();
  });
  void watchQuestions(deps, queue, signal);
  return since === null ? queue : withEarlier(deps, since, queue);
}

/** What was stored after `since` first, then what happens, each event once. */
async function* withEarlier(
  { store }: LocalDeps,
  since: number,
  queue: AsyncIterable<Notice>,
): AsyncIterable<Notice> {
  let seen = since;
  for (;;) {
    const events = await store.events.list(seen, eventsAtOnce);
    for (const event of events) yield { type: 'event', event: eventShape(event) };
    seen = events.at(-1)?.sequence ?? seen;
    if (events.length < eventsAtOnce) break;
  }
  for await (const notice of queue) {
    if (notice.type !== 'event' || notice.event.sequence > seen) yield notice;
  }
}

async function watchQuestions(
  { manager, clock }: LocalDeps,
  queue: NoticeQueue,
  signal: AbortSignal,
): Promise<void> {
  let asked: number | null = null;
  while (!signal.aborted) {
    const question = manager.question();
    if (question !== null && question.id !== asked) queue.put({ type: 'question', question });
    asked = question?.id ?? asked;
    await clock.sleep(questionMs, signal);
  }
}

/** Newer progress of an item takes the place of older that nobody has read yet. */
class NoticeQueue implements AsyncIterable<Notice> {
  readonly #signal: AbortSignal;
  #waiting: Notice[] = [];
  #wake: () => void = () => {};

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#wake());
  }

  put(notice: Notice): void {
    if (this.#signal.aborted) return;
    const older = notice.type === 'progress' ? this.#indexOf(notice.progress) : -1;
    if (older >= 0) this.#waiting[older] = notice;
    else this.#waiting.push(notice);
    this.#wake();
  }

  #indexOf({ session, item }: ProgressShape): number {
    return this.#waiting.findIndex(
      (one) =>
        one.type === 'progress' && one.progress.session === session && one.progress.item === item,
    );
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Notice> {
    for (;;) {
      const batch = this.#waiting;
      this.#waiting = [];
      yield* batch;
      if (this.#waiting.length > 0) continue;
      if (this.#signal.aborted) return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
