// Those who said that they answer what handlers ask: a person at a terminal, an open page. When the
// last one leaves, what waits for an answer gets none, for a question must never hang a run that nobody
// watches.

export class Audience {
  readonly #abandoned: () => void;
  #count = 0;

  /** `abandoned`: the last one has left. */
  constructor(abandoned: () => void) {
    this.#abandoned = abandoned;
  }

  get isSomebodyThere(): boolean {
    return this.#count > 0;
  }

  /** Returns how to leave; leaving twice is leaving once. */
  enter(): () => void {
    let leave = () => {
      this.#count -= 1;
      if (this.#count === 0) this.#abandoned();
    };
    this.#count += 1;
    return () => {
      leave();
      leave = () => {};
    };
  }
}
