// The notices of a manager elsewhere as one stream. It begins when it is made, not when it is first
// read, and goes on where it was when the connection breaks: no event is lost, and where some are gone
// a gap is told.
import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { SyncError } from '../../model/error.ts';
import type { Notice, ViewerPart } from '../shapes.ts';
import type { Wire } from './wire.ts';

const firstPauseMs = 100;
const longestPauseMs = 5000;

export interface Viewing {
  readonly since: number | null;
  readonly signal: AbortSignal;
  readonly part: ViewerPart;
}

export class EventSource implements AsyncIterable<Notice> {
  /** Resolves when what happens from now on will be told; also when it will not. */
  readonly begun: Promise<void>;
  readonly #wire: Wire;
  readonly #signal: AbortSignal;
  readonly #part: ViewerPart;
  readonly #began = Promise.withResolvers<void>();
  #since: number | null;
  #waiting: Notice[] = [];
  #wake: () => void = () => {};
  #course: 'running' | 'over' = 'running';
  #failure: unknown = null;

  constructor(wire: Wire, { since, signal, part }: Viewing) {
    this.#wire = wire;
    this.#since = since;
    this.#signal = signal;
    this.#part = part;
    this.begun = this.#began.promise;
    void this.#run();
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Notice> {
    for (;;) {
      const batch = this.#waiting;
      this.#waiting = [];
      yield* batch;
      if (this.#waiting.length > 0) continue;
      if (this.#failure !== null) throw this.#failure;
      if (this.#course === 'over') return;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async #run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!this.#signal.aborted) {
      try {
        await this.#once();
        pauseMs = firstPauseMs;
      } catch (thrown) {
        if (!this.#signal.aborted && isFinal(thrown)) this.#failure = thrown;
      }
      this.#began.resolve();
      if (this.#failure !== null) break;
      await pause(pauseMs, null, { signal: this.#signal }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
    this.#course = 'over';
    this.#wake();
  }

  async #once(): Promise<void> {
    const since = this.#since ?? undefined;
    const answer = await this.#wire.open({
      method: 'GET',
      path: '/v1/events',
      query: { since, answers: this.#part === 'answers' ? 'yes' : undefined },
      headers: { accept: 'text/event-stream' },
      signal: this.#signal,
    });
    this.#began.resolve();
    await this.#read(answer);
  }

  async #read(answer: IncomingMessage): Promise<void> {
    answer.setEncoding('utf8');
    let text = '';
    for await (const piece of answer as AsyncIterable<string>) {
      const blocks = (text + piece).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) this.#take(block);
      this.#wake();
    }
  }

  #take(block: string): void {
    for (const line of block.split('\n')) {
      if (line.startsWith('id: ')) this.#since = Number(line.slice(4));
      if (line.startsWith('data: ')) this.#waiting.push(JSON.parse(line.slice(6)) as Notice);
    }
  }
}

/** Refused for good: asking again would not help. A connection that broke is nobody's word. */
const isFinal = (thrown: unknown) => thrown instanceof SyncError && thrown.retry !== 'temporary';
