// The invariants of reliability 3.2 that can be judged at every event and at every look, without the model:
// each broken one is kept with its number. S4 is the model's, S10 and S11 are the day's (day.ts), S12 is
// the record's.
import type { Event } from '../../src/model/event.ts';
import { type ItemId, type ItemStatus, isFinal } from '../../src/model/item.ts';
import { isEnding, type Phase } from '../../src/model/session.ts';
import { Violation } from './violation.ts';

type Heard = Pick<Event, 'sequence' | 'type' | 'session' | 'item' | 'data'>;

export interface ShownRow {
  readonly item: ItemId;
  readonly status: ItemStatus;
  readonly value: number;
  readonly max: number;
}

interface Told {
  phase: Phase | null;
  hasEnded: boolean;
  readonly ended: Map<ItemId, string>;
  readonly shown: Map<ItemId, ShownRow>;
  stoppedAt: number | null;
  /** A handler was told that all is to stop. */
  saysStop: boolean;
}

/** What may come next. A stop comes from everywhere, and so does an end. */
const follows: Readonly<Record<string, readonly Phase[]>> = {
  opening: ['choosing', 'preparing'],
  choosing: ['preparing'],
  preparing: ['prepared', 'awaiting-approval'],
  'awaiting-approval': ['prepared'],
  prepared: ['synchronizing', 'paused'],
  synchronizing: ['paused'],
  paused: ['synchronizing'],
};

export class SessionJudge {
  readonly #graceMs: number;
  readonly #sessions = new Map<string, Told>();
  #sequence = Number.NEGATIVE_INFINITY;
  #first: Violation | null = null;

  constructor(graceMs: number) {
    this.#graceMs = graceMs;
  }

  readonly hear = (events: readonly Heard[], now: number): void => {
    for (const event of events) this.#first ??= this.#hear(event, now);
  };

  /** What is shown of the session that runs, at the time. */
  look(session: string, rows: readonly ShownRow[], now: number): void {
    const told = this.#told(session);
    for (const row of rows) this.#first ??= this.#row(told, row);
    const { stoppedAt } = told;
    if (stoppedAt !== null && now > stoppedAt + this.#graceMs) {
      this.#first ??= new Violation('S7', `${session} was stopped ${now - stoppedAt} ms ago`);
    }
  }

  /** What a handler was answered while that session ran. */
  answered(session: string, answer: unknown): void {
    const told = this.#told(session);
    if (answer === 'stop') told.saysStop = true;
    else if (told.saysStop && (answer === 'continue' || answer === 'skip')) {
      this.#first ??= new Violation('S14', `${session} was to stop, and now: ${answer}`);
    }
  }

  /** Throws what was seen first. */
  check(): void {
    if (this.#first !== null) throw this.#first;
  }

  #told(session: string): Told {
    const known = this.#sessions.get(session);
    if (known !== undefined) return known;
    const told: Told = {
      phase: null,
      hasEnded: false,
      ended: new Map(),
      shown: new Map(),
      stoppedAt: null,
      saysStop: false,
    };
    this.#sessions.set(session, told);
    return told;
  }

  #hear(event: Heard, now: number): Violation | null {
    const { sequence, session, type, data } = event;
    if (sequence <= this.#sequence)
      return new Violation('S9', `${sequence} after ${this.#sequence}`);
    this.#sequence = sequence;
    if (session === null) return null;
    const told = this.#told(session);
    switch (type) {
      case 'session.phase':
        return this.#phase(session, told, data.phase as Phase, now);
      case 'item.ended':
        return itemEnded(session, told, event);
      case 'session.ended':
        return sessionEnded(session, told, String(data.ending));
      default:
        return null;
    }
  }

  #phase(session: string, told: Told, phase: Phase, now: number): Violation | null {
    if (told.hasEnded) return new Violation('S2', `${session} is ${phase} after its end`);
    for (const [id, { phase: at, hasEnded }] of this.#sessions) {
      if (id !== session && at !== null && !hasEnded) {
        return new Violation('S8', `${session} is ${phase} while ${id} is ${at}`);
      }
    }
    const { phase: before } = told;
    told.phase = phase;
    if (phase === 'stopping') {
      told.stoppedAt ??= now;
      return null;
    }
    if (before === 'stopping' && !isEnding(phase)) {
      return new Violation('S5', `${session} is ${phase} after a stop`);
    }
    if (before === null || isEnding(phase) || before === phase) return null;
    if (phase === 'synchronizing' && !['prepared', 'paused'].includes(before)) {
      return new Violation('S3', `${session} is ${phase} after ${before}`);
    }
    const isKnown = follows[before]?.includes(phase) === true;
    return isKnown ? null : new Violation('S15', `${session} is ${phase} after ${before}`);
  }

  /** S1: what ended stays so, but for a failure found later. S6: no bar runs backwards or too far. */
  #row(told: Told, row: ShownRow): Violation | null {
    const { item, status, value, max } = row;
    const before = told.shown.get(item);
    told.shown.set(item, row);
    if (max > 0 && value > max) return new Violation('S6', `${item} is at ${value} of ${max}`);
    if (before === undefined) return null;
    if (value < before.value)
      return new Violation('S6', `${item} is at ${value}, was ${before.value}`);
    const isSame = status === before.status || status === 'failed';
    if (isFinal(before.status) && !isSame) {
      return new Violation('S1', `${item} is ${status}, was ${before.status}`);
    }
    return null;
  }
}

function itemEnded(session: string, told: Told, { item, data }: Heard): Violation | null {
  if (item === null || told.hasEnded || told.ended.has(item)) {
    return new Violation('S1', `${item} of ${session} ends once more`);
  }
  told.ended.set(item, String(data.status));
  return null;
}

function sessionEnded(session: string, told: Told, ending: string): Violation | null {
  if (told.hasEnded) return new Violation('S2', `${session} ends twice`);
  told.hasEnded = true;
  const bad = [...told.ended].find(([, status]) => status !== 'succeeded' && status !== 'deleted');
  if (ending === 'succeeded' && bad !== undefined) {
    return new Violation('S13', `${session} succeeded, and ${bad[0]} is ${bad[1]}`);
  }
  return null;
}
