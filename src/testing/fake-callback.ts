// A callback that writes down what a handler says and answers as the manager would: the answers come
// from the very board of items that the manager uses, so that they cannot differ.
import type { Resolution } from '../model/conflict.ts';
import type { Form } from '../model/event.ts';
import type { JsonObject } from '../model/json.ts';
import type { Callback } from '../ports/handler.ts';
import type { Board } from '../session/board.ts';
import { answerFor } from '../session/core/outcome.ts';
import type { Conflict, Moment, Said, SaidOf, Saying } from './said.ts';

/** What a person would answer. Without one nobody is there: every question is answered with null. */
export interface FakePerson {
  answer?(form: Form): JsonObject | null;
  decide?(conflict: Conflict): Resolution | null;
}

export class FakeCallback implements Callback {
  readonly said: Said[] = [];
  readonly #board: Board;
  readonly #person: FakePerson;
  readonly #connections: readonly string[];
  readonly #listeners = new Set<(said: Said) => void>();
  #moment: Moment = 'opening';

  /** `connections`: those that can be brought up beside the default one. */
  constructor(board: Board, person: FakePerson, connections: readonly string[]) {
    this.#board = board;
    this.#person = person;
    this.#connections = connections;
  }

  get moment(): Moment {
    return this.#moment;
  }

  enter(moment: Moment): void {
    this.#moment = moment;
  }

  /** Called with each thing said, before it is answered. Returns what ends it. */
  listen(listener: (said: Said) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  of<Call extends Said['call']>(call: Call): readonly SaidOf<Call>[] {
    return this.said.filter((one): one is SaidOf<Call> => one.call === call);
  }

  progress: Callback['progress'] = (item, report) => {
    const detached = this.#isDetached;
    const fate = () => this.#board.fate(item);
    if (!detached && fate() !== undefined && report !== null) this.#board.report(item, report);
    const answer = () => answerFor({ detached, stopWanted: this.#board.stopWanted, fate: fate() });
    this.#say({ call: 'progress', item, report, answer: answer() });
    // A listener may just have asked for a skip.
    return answer();
  };

  signal: Callback['signal'] = (item) =>
    this.#isDetached ? AbortSignal.abort() : this.#board.signal(item);

  log: Callback['log'] = (entry) => {
    this.#say({ call: 'log', ...entry });
    return this.#isDetached || entry.text === '' ? null : this.of('log').length;
  };

  withdraw: Callback['withdraw'] = (errorId) => {
    const isMeant = (one: SaidOf<'log'>) => errorId === null || one.errorId === errorId;
    this.#say({ call: 'withdraw', errorId });
    return this.of('log').filter(isMeant).length;
  };

  takeFloor: Callback['takeFloor'] = () => {
    this.#say({ call: 'floor' });
    return this.#person.answer !== undefined && !this.#isDetached;
  };

  returnFloor: Callback['returnFloor'] = () => {};

  ask: Callback['ask'] = async (form) => {
    this.#say({ call: 'ask', form });
    return this.#isDetached ? null : (this.#person.answer?.(form) ?? null);
  };

  connect: Callback['connect'] = async (name) => {
    this.#say({ call: 'connect', name });
    return !this.#isDetached && (name === null || this.#connections.includes(name));
  };

  conflict: Callback['conflict'] = (conflict) => this.#say({ call: 'conflict', conflict });

  decide: Callback['decide'] = async (conflict) => {
    this.#say({ call: 'decide', conflict });
    return this.#isDetached ? null : (this.#person.decide?.(conflict) ?? null);
  };

  conflictsSeen: Callback['conflictsSeen'] = (item, complete) =>
    this.#say({ call: 'conflictsSeen', item, complete });

  get #isDetached(): boolean {
    return this.#moment === 'closed';
  }

  #say(saying: Saying): void {
    const said = { ...saying, moment: this.#moment } as Said;
    this.said.push(said);
    for (const listener of this.#listeners) listener(said);
  }
}
