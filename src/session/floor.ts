// The right to show a person something: one holder at a time over all sessions, refused at once and
// never waited for (mobsync 2.5.4, A29).

export class Floor {
  #holder: object | null = null;

  take(who: object): boolean {
    this.#holder ??= who;
    return this.#holder === who;
  }

  giveBack(who: object): void {
    if (this.#holder === who) this.#holder = null;
  }

  isHeldBy(who: object): boolean {
    return this.#holder === who;
  }
}
