// Lines of a program in the log of its session: the first of them, and the last where there are too
// many.
import type { LogLevel } from '../model/event.ts';
import type { ItemId } from '../model/item.ts';
import type { Context, LineOptions } from '../sdk/context.ts';

const firstLines = 200;
const lastLines = 20;
const problemLines = 1_000;

export class OutputLog {
  readonly #context: Pick<Context<unknown>, 'log'>;
  readonly #item: ItemId;
  #logged = 0;
  #problems = 0;
  #leftOut = 0;
  #last: { readonly level: LogLevel; readonly text: string }[] = [];
  #lastError = '';

  constructor(context: Pick<Context<unknown>, 'log'>, item: ItemId) {
    this.#context = context;
    this.#item = item;
  }

  /** The last line that no rule knew, or that told of an error: why it failed, most likely. */
  get reason(): string {
    return this.#lastError;
  }

  get problems(): number {
    return this.#problems;
  }

  line(level: LogLevel, text: string): void {
    this.#lastError = text;
    this.#logged += 1;
    if (this.#logged <= firstLines) {
      this.#context.log(level, text, { item: this.#item });
      return;
    }
    this.#leftOut += 1;
    this.#last.push({ level, text });
    if (this.#last.length > lastLines) this.#last.shift();
  }

  problem(text: string, options: Pick<LineOptions, 'subject' | 'code'>): void {
    this.#problems += 1;
    this.#lastError = text;
    if (this.#problems <= problemLines) {
      this.#context.log('error', text, { item: this.#item, ...options });
    }
  }

  end(): void {
    const hidden = this.#leftOut - this.#last.length;
    if (hidden > 0) {
      this.#context.log('information', `… ${hidden} lines are left out here …`, {
        item: this.#item,
      });
    }
    for (const { level, text } of this.#last) this.#context.log(level, text, { item: this.#item });
  }
}
