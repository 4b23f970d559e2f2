// The conversation with a handler in a program of its own: what is asked, with the form of each answer
// checked; what it prints beside; and the one failure that ends it all. Three breaches of the protocol
// are such a failure (HN-07).
import { type SyncError, syncError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import {
  Connection,
  type Ending,
  type Serves,
  type Shares,
  usualLimits,
} from '../wire/connection.ts';
import { LineReader } from '../wire/core/line-reader.ts';
import { formed } from '../wire/form.ts';
import { Pace } from '../wire/pace.ts';
import { type AnswerTo, asked, type ParamsOf, type Told, type told } from '../wire/schemas.ts';
import { Share } from '../wire/share.ts';
import { Output } from './core/output.ts';
import type { Life } from './life.ts';
import type { ProgramPorts } from './program.ts';
import { errorIn } from './wire-errors.ts';

export interface ConversationOptions {
  readonly handler: string;
  readonly life: Life;
  readonly ports: Pick<ProgramPorts, 'clock' | 'random'>;
  readonly serves: Serves;
  /** A line for the log. */
  say(level: 'information' | 'warning', text: string): void;
}

const faultsMax = 3;
/** From the end of its output to its own. */
const endMs = 1_000;
/** From there to the end of what it says on standard error. */
const restMs = 200;
/** Characters of its last line that are worth an error. */
const lastMax = 300;
/** What it may print beside in a second; more waits in its pipe. */
const errorBytesPerSecond = 4 * 2 ** 20;
const errorLineBytes = 2 ** 16;
/** Of the manager's one thread: for what one handler tells, and for what it asks. */
const [toldPart, askedPart] = [1 / 20, 1 / 4];

export class Conversation {
  readonly #options: ConversationOptions;
  readonly #connection: Connection;
  readonly #output = new Output();
  readonly #shares: Shares;
  readonly #failure = Promise.withResolvers<never>();
  #state: 'going' | 'failed' | 'closed' = 'going';
  readonly #errors: Promise<void>;
  #lastError = '';
  #faults = 0;
  #open = 0;

  constructor(options: ConversationOptions) {
    const { life, ports, serves } = options;
    this.#options = options;
    this.#failure.promise.catch(() => {});
    this.#shares = {
      told: new Share(ports.clock, toldPart),
      asked: new Share(ports.clock, askedPart),
      // A plan has its own bounds, and somebody waits for it.
      free: new Set(['plan', 'returned']),
    };
    this.#connection = new Connection(life.program, serves, {
      clock: ports.clock,
      newId: () => ports.random.uuid(),
      limits: usualLimits,
      stray: (text) => this.#print(text),
      fault: (reason) => this.fault(reason),
      shares: this.#shares,
    });
    void this.#connection.over.then((ending) => this.#ended(ending));
    this.#errors = this.#readErrors();
    this.#errors.catch(() => {});
  }

  /** Whether somebody waits for an answer. */
  get isAsking(): boolean {
    return this.#open > 0;
  }

  get hasFailed(): boolean {
    return this.#state === 'failed';
  }

  /** Rejects with a SyncError: its own, or what ended the conversation. */
  async request<Method extends keyof typeof asked>(
    method: Method,
    params: ParamsOf<Method>,
    returned?: () => void,
  ): Promise<AnswerTo<Method>> {
    this.#open += 1;
    try {
      const asking = this.#connection.request(method, params as Json, returned && { returned });
      const answer = await Promise.race([asking, this.#failure.promise]);
      return this.#formed(method, answer);
    } catch (thrown) {
      // Why it is over is found out a moment later than that it is.
      if (!this.#connection.isOpen && this.#state !== 'closed') await this.#failure.promise;
      throw errorIn(thrown);
    } finally {
      this.#open -= 1;
    }
  }

  notify<Method extends keyof typeof told>(method: Method, params: Told<Method>): void {
    this.#connection.notify(method, params as Json);
  }

  /** Resolves when what was said is taken. */
  flushed(): Promise<void> {
    return this.#connection.flushed();
  }

  /** It broke the protocol; one sentence. */
  fault(reason: string): void {
    this.#faults += 1;
    if (this.#faults > faultsMax) return;
    this.#options.say('warning', `It broke the protocol: ${reason}.`);
    if (this.#faults === faultsMax) this.fail(syncError('handler-lied', { reason }));
  }

  /** Everything that is asked, now and later, rejects with this. */
  fail(error: SyncError): void {
    if (this.#state !== 'going') return;
    this.#state = 'failed';
    this.#failure.reject(error);
    this.printRest();
    this.#connection.close();
  }

  /** Nothing that happens from now on is a failure. */
  close(): void {
    if (this.#state === 'going') this.#state = 'closed';
    this.#connection.close();
  }

  /** The last lines of a flood, while somebody still hears them. */
  printRest(): void {
    for (const line of this.#output.rest()) this.#options.say('information', line);
  }

  #print(text: string): void {
    const line = this.#output.add(text);
    if (line !== null) this.#options.say('information', line);
  }

  #formed<Method extends keyof typeof asked>(method: Method, answer: unknown): AnswerTo<Method> {
    const read = formed<AnswerTo<Method>>(asked[method].result, answer);
    if ('value' in read) return read.value;
    const reason = `its answer to ${method} has a wrong form: ${read.wrong}`;
    this.fault(reason);
    throw syncError('handler-lied', { reason });
  }

  async #ended(ending: Ending): Promise<void> {
    const { handler, life } = this.#options;
    if (ending === 'stuck') this.fail(syncError('handler-deaf', { handler }));
    const how = (await life.endWithin(endMs)) ?? 'it closed its output and goes on';
    await this.#heardOut();
    // Why is often said there alone: nobody listens to its log before it has opened.
    const last = this.#lastError === '' ? '' : `; the last it said was: ${this.#lastError}`;
    this.fail(syncError('handler-ended', { handler, how: `${how}${last}` }));
  }

  /** Until what it said on standard error is read to its end, or its children keep it open. */
  async #heardOut(): Promise<void> {
    const inTime = new AbortController();
    await Promise.race([this.#errors, this.#options.ports.clock.sleep(restMs, inTime.signal)]);
    inTime.abort();
  }

  async #readErrors(): Promise<void> {
    const { life, ports } = this.#options;
    const lines = new LineReader(errorLineBytes);
    const pace = new Pace(ports.clock, errorBytesPerSecond);
    const print = (line: ReturnType<LineReader['push']>[number]) => {
      const text = line.kind === 'line' ? line.text : `… a line of ${line.bytes} bytes …`;
      if (text.trim() !== '') this.#lastError = text.trim().slice(0, lastMax);
      this.#print(text);
    };
    const { told } = this.#shares;
    for await (const chunk of life.program.errors) {
      const begun = ports.clock.monotonic();
      for (const line of lines.push(chunk)) print(line);
      told.spend(ports.clock.monotonic() - begun);
      await (pace.spend(chunk.length) ?? told.rest());
    }
    for (const line of lines.end()) print(line);
  }
}
