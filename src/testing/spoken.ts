// A program under test, spoken to in raw messages: the host that stands before it in earnest forgives
// what the checks of a program want to see.
import type { Json, JsonObject } from '../model/json.ts';
import type { Clock } from '../ports/clock.ts';
import type { ProgramEnd, RunningProgram } from '../ports/processes.ts';
import { Connection, usualLimits } from '../wire/connection.ts';
import { formed } from '../wire/form.ts';
import { features, protocolRevision } from '../wire/protocol.ts';
import { asked, askedBack, heard } from '../wire/schemas.ts';
import { named } from './verdict.ts';

/** Of what it printed: characters that are kept, lines that are shown. */
const [printedMax, linesShown] = [4_096, 3];
/** For the end of a program that has closed its output. */
const accountMs = 200;

export class Spoken {
  /** Lines on its standard output that are no messages. */
  readonly strays: string[] = [];
  /** What it did against the protocol, one sentence each. */
  readonly faults: string[] = [];
  readonly #program: RunningProgram;
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #limitMs: number;
  #requests = 0;
  #printed = '';

  constructor(program: RunningProgram, clock: Clock, limitMs: number) {
    this.#program = program;
    this.#clock = clock;
    this.#limitMs = limitMs;
    this.#connection = new Connection(
      program,
      { requests: this.#answers(), notifications: this.#listeners() },
      {
        clock,
        newId: () => this.#newId(),
        stray: (text) => void this.strays.push(text),
        fault: (reason) => void this.faults.push(reason),
        limits: usualLimits,
      },
    );
    void this.#drain();
  }

  initialize(): Promise<JsonObject> {
    return this.request('initialize', {
      protocol: protocolRevision,
      features: [...features],
      manager: { name: 'syncmgr handler test', version: '' },
      // Of a later revision: it must not disturb.
      later: { any: ['thing'] },
    });
  }

  open(settings: JsonObject): Promise<JsonObject> {
    return this.request('open', {
      partnership: { id: 'test', name: 'test' },
      trigger: 'manual',
      interactive: false,
      settingsOnly: false,
      cookie: null,
      settings,
      secrets: {},
      later: null,
    });
  }

  /** The result in the form of the protocol. Rejects with an Error whose text says what came instead. */
  async request(method: keyof typeof asked, params: JsonObject): Promise<JsonObject> {
    const answer = await this.requestAny(method, params);
    const read = formed<JsonObject>(asked[method].result, answer);
    if ('value' in read) return read.value;
    throw new Error(`its answer to ${method} has a wrong form: ${read.wrong}`);
  }

  async requestAny(method: string, params: JsonObject): Promise<unknown> {
    const inTime = new AbortController();
    const late = this.#clock.sleep(this.#limitMs, inTime.signal).then(() => {
      throw new Error(`no answer to ${method} within ${this.#limitMs / 1_000} s`);
    });
    late.catch(() => {});
    try {
      return await Promise.race([this.#connection.request(method, params), late]);
    } finally {
      inTime.abort();
    }
  }

  notify(method: string, params: JsonObject): void {
    this.#connection.notify(method, params);
  }

  endInput(): void {
    this.#program.endInput();
  }

  /** Null: it goes on. */
  async endWithin(ms: number): Promise<ProgramEnd | null> {
    const inTime = new AbortController();
    const end = await Promise.race([
      this.#program.ended,
      this.#clock.sleep(ms, inTime.signal).then(() => null),
    ]);
    inTime.abort();
    return end;
  }

  kill(): void {
    this.#connection.close();
    this.#program.signal('SIGKILL');
  }

  #newId(): string {
    this.#requests += 1;
    return `test-${this.#requests}`;
  }

  /** Each in the form of the protocol: the host would count it as a breach otherwise. */
  #listeners(): Record<string, (params: unknown) => void> {
    const listen = ([name, schema]: [string, (typeof heard)[keyof typeof heard]]) => {
      const hear = (params: unknown) => {
        const read = formed(schema, params ?? {});
        if ('wrong' in read) this.faults.push(`${name} has a wrong form: ${read.wrong}`);
      };
      return [name, hear] as const;
    };
    return Object.fromEntries(Object.entries(heard).map(listen));
  }

  #answers(): Record<keyof typeof askedBack, (params: unknown) => Json> {
    const answer = (name: keyof typeof askedBack, result: Json) => (params: unknown) => {
      const read = formed(askedBack[name].params, params ?? {});
      if ('wrong' in read) this.faults.push(`${name} has a wrong form: ${read.wrong}`);
      return result;
    };
    return {
      progress: answer('progress', { answer: 'continue' }),
      ask: answer('ask', null),
      decide: answer('decide', null),
      connect: answer('connect', true),
      floor: answer('floor', false),
    };
  }

  /** What it prints for people: it must not wait for a reader, and its author wants the end of it. */
  async #drain(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#program.errors) {
      this.#printed = (this.#printed + decoder.decode(chunk, { stream: true })).slice(-printedMax);
    }
  }

  /** How it ended, if it has, and the last it printed: what a call that failed is explained by. */
  async account(): Promise<string> {
    const end = await this.endWithin(accountMs);
    const how = end === null ? [] : [`it ended with ${end.signal ?? `code ${end.code}`}`];
    const strays = this.strays.length > 0 ? [`it printed ${named(this.strays)}`] : [];
    const lines = this.#printed.split('\n').filter((line) => line.trim() !== '');
    const last = lines.slice(-linesShown);
    const errors = last.length > 0 ? [`on standard error it said ${named(last)}`] : [];
    return [...how, ...strays, ...errors].map((one) => `; ${one}`).join('');
  }
}
