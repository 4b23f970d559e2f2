// Progress on its way to whoever watches. Nothing is stored, nothing is repeated: who comes late sees
// what comes next.

export class Bus<Notice> {
  readonly #listeners = new Set<(notice: Notice) => void>();

  present(): boolean {
    return this.#listeners.size > 0;
  }

  /** A listener that throws is not called again. */
  tell(notice: Notice): void {
    for (const listener of this.#listeners) {
      try {
        listener(notice);
      } catch {
        this.#listeners.delete(listener);
      }
    }
  }

  listen(listener: (notice: Notice) => void): () => void {
    const own = (notice: Notice) => listener(notice);
    this.#listeners.add(own);
    return () => void this.#listeners.delete(own);
  }
}
