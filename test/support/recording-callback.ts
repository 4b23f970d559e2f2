// A callback without a manager behind it: it writes down what a handler says, and answers as told.
import type { Callback, ProgressAnswer } from '../../src/ports/handler.ts';

export class RecordingCallback implements Callback {
  readonly said: string[] = [];
  answer: ProgressAnswer = 'continue';
  readonly #aborts = new Map<string | null, AbortController>();
  readonly #lines: (string | null)[] = [];

  /** The calls of one kind, without their name. */
  of(kind: string): string[] {
    return this.said
      .filter((one) => one.startsWith(`${kind} `))
      .map((one) => one.slice(kind.length + 1));
  }

  abort(item: string | null): void {
    this.#abortOf(item).abort();
  }

  progress: Callback['progress'] = (item, report) => {
    this.#note('progress', item, report);
    return this.answer;
  };

  signal: Callback['signal'] = (item) => this.#abortOf(item).signal;

  log: Callback['log'] = (entry) => {
    this.#note('log', entry);
    this.#lines.push(entry.errorId);
    return this.#lines.length;
  };

  withdraw: Callback['withdraw'] = (errorId) => {
    this.#note('withdraw', errorId);
    return this.#lines.filter((one) => errorId === null || one === errorId).length;
  };

  takeFloor: Callback['takeFloor'] = () => {
    this.#note('takeFloor');
    return true;
  };

  returnFloor: Callback['returnFloor'] = () => this.#note('returnFloor');

  ask: Callback['ask'] = async (form) => {
    this.#note('ask', form);
    return { word: 'open' };
  };

  connect: Callback['connect'] = async (name) => {
    this.#note('connect', name);
    return name !== 'down';
  };

  conflict: Callback['conflict'] = (draft) => this.#note('conflict', draft);

  decide: Callback['decide'] = async (draft) => {
    this.#note('decide', draft);
    return { choice: 'keep-both' };
  };

  conflictsSeen: Callback['conflictsSeen'] = (item, complete) =>
    this.#note('conflictsSeen', item, complete);

  #abortOf(item: string | null): AbortController {
    const known = this.#aborts.get(item) ?? new AbortController();
    this.#aborts.set(item, known);
    return known;
  }

  #note(kind: string, ...given: unknown[]): void {
    this.said.push([kind, ...given.map((one) => JSON.stringify(one))].join(' '));
  }
}
