// What a handler in a program of its own tells and asks, checked for its form and handed to the
// callback; and the lines about it and of it, which wait until there is a callback to take them.
import type { LogDraft, LogLevel } from '../model/event.ts';
import type { Json } from '../model/json.ts';
import type { PlanChange } from '../model/plan.ts';
import type { Callback } from '../ports/handler.ts';
import type { Serves } from '../wire/connection.ts';
import { formed } from '../wire/form.ts';
import { type AskedBack, askedBack, type Heard, heard } from '../wire/schemas.ts';
import type { Patient } from './patient.ts';
import { failureOf } from './wire-errors.ts';

type Line = Omit<LogDraft, 'session' | 'partnership'>;

/** Lines that wait for a callback, and changes of one plan. */
const linesMax = 500;
const changesMax = 1_000_000;

export class Hearing {
  readonly serves: Serves;
  /** Items that were being counted and have not reached their end. */
  readonly underWay = new Set<string>();
  readonly #patient: Patient;
  readonly #fault: (reason: string) => void;
  #callback: Callback | null = null;
  #waiting: Line[] = [];
  #changes: PlanChange[] = [];

  constructor(patient: Patient, fault: (reason: string) => void) {
    this.#patient = patient;
    this.#fault = fault;
    this.serves = { notifications: this.#notifications(), requests: this.#requests() };
  }

  attach(callback: Callback): void {
    this.#callback = callback;
    for (const line of this.#waiting) callback.log(line);
    this.#waiting = [];
  }

  say(level: LogLevel, text: string, item: string | null = null): void {
    this.#log({ item, level, text, errorId: null, jump: false, subject: null, code: null });
  }

  /** What it has told of its plan since this was last asked. */
  takeChanges(): readonly PlanChange[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  #log(line: Line): void {
    if (this.#callback !== null) this.#callback.log(line);
    else if (this.#waiting.length < linesMax) this.#waiting.push(line);
  }

  #progress({ item, ...report }: Heard<'progress'>) {
    const { status, value, max } = report;
    if (status === 'updating') this.underWay.add(item);
    else if (status !== undefined) this.underWay.delete(item);
    if (max !== undefined && value !== undefined && value >= max) this.underWay.delete(item);
    const isQuestion = Object.values(report).every((one) => one === undefined);
    return this.#callback?.progress(item, isQuestion ? null : defined(report)) ?? 'unknown-item';
  }

  #notifications(): Serves['notifications'] {
    const tell = <Name extends keyof typeof heard>(
      name: Name,
      hear: (told: Heard<Name>) => void,
    ): Record<string, (params: unknown) => void> => ({
      [name]: (params) => {
        const read = formed<Heard<Name>>(heard[name], params ?? {});
        if ('value' in read) hear(read.value);
        else this.#fault(`${name} has a wrong form: ${read.wrong}`);
      },
    });
    return {
      ...tell('progress', (told) => void this.#progress(told)),
      ...tell('alive', () => this.#patient.alive()),
      ...tell('log', (line) => this.#log(line)),
      ...tell('withdraw', ({ errorId }) => void this.#callback?.withdraw(errorId)),
      ...tell('plan', ({ changes }) => this.#planned(changes as readonly PlanChange[])),
      ...tell('conflict', ({ settled, ...conflict }) => {
        this.#patient.moved();
        this.#callback?.conflict({ ...conflict, ...(settled && { settled }) });
      }),
      ...tell('conflictsSeen', ({ item, complete }) => {
        this.#callback?.conflictsSeen(item, complete);
      }),
    };
  }

  #requests(): Serves['requests'] {
    const answer = <Name extends keyof typeof askedBack>(
      name: Name,
      work: (callback: Callback, params: AskedBack<Name>) => Promise<Json> | Json,
    ): Record<string, (params: unknown) => Promise<Json>> => ({
      [name]: async (params) => {
        const read = formed<AskedBack<Name>>(askedBack[name].params, params ?? {});
        if ('wrong' in read) {
          const reason = `${name} has a wrong form: ${read.wrong}`;
          this.#fault(reason);
          throw failureOf(new Error(reason));
        }
        const callback = this.#callback;
        if (callback === null) throw failureOf(new Error('nobody is there to answer yet'));
        try {
          return await work(callback, read.value);
        } catch (thrown) {
          throw failureOf(thrown);
        }
      },
    });
    return {
      ...answer('progress', (_, told) => ({ answer: this.#progress(told) })),
      ...answer('ask', (callback, form) => callback.ask(form)),
      ...answer('decide', async (callback, conflict) => {
        const resolution = await callback.decide(conflict);
        return resolution === null ? null : { ...resolution };
      }),
      ...answer('connect', (callback, { name }) => callback.connect(name)),
      ...answer('floor', (callback, { take }) => {
        if (take) return callback.takeFloor();
        callback.returnFloor();
        return true;
      }),
    };
  }

  #planned(changes: readonly PlanChange[]): void {
    this.#patient.moved();
    if (this.#changes.length + changes.length > changesMax) {
      this.#fault(`a plan has more than ${changesMax} changes`);
      return;
    }
    for (const change of changes) this.#changes.push(change);
  }
}

/** Without the members that say nothing: what is left out keeps its former value. */
function defined<T extends object>(value: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}
