// What was told of the folders of a partnership since its last clean session began. A session sees what
// was told before it, so that a clean one takes back everything up to its beginning and no more.
import type { TouchedRoot } from '../../model/touched.ts';

/** With more, a look at everything costs less than at each. */
const pathsMax = 1_000;

export class Touched {
  readonly #roots: ReadonlyMap<string, Map<string, number>>;
  /** Counts what was told. */
  #count = 0;
  /** When something was last told that may concern any path; 0: the watch has begun. */
  #anyAt: number | null = 0;

  constructor(roots: readonly string[]) {
    this.#roots = new Map(roots.map((root) => [root, new Map()]));
  }

  /** What was told up to now is before it. */
  get moment(): number {
    return this.#count;
  }

  /** `''` stands for the whole root. */
  note(root: string, paths: readonly string[]): void {
    this.#count += 1;
    const known = this.#roots.get(root);
    for (const path of paths) known?.set(path, this.#count);
    const isAny = known === undefined || known.has('') || known.size > pathsMax;
    if (isAny) this.#noteAny();
  }

  /** Anything may have changed. */
  noteAll(): void {
    this.#count += 1;
    this.#noteAny();
  }

  /** A session that began at that moment has seen everything told before it. */
  forget(moment: number): void {
    if (this.#anyAt !== null && this.#anyAt <= moment) this.#anyAt = null;
    for (const known of this.#roots.values()) {
      for (const [path, at] of known) if (at <= moment) known.delete(path);
    }
  }

  /** Null: it may be anything. */
  now(): readonly TouchedRoot[] | null {
    if (this.#anyAt !== null) return null;
    return [...this.#roots].map(([root, paths]) => ({ root, paths: [...paths.keys()] }));
  }

  #noteAny(): void {
    this.#anyAt = this.#count;
    // Nobody asks for paths until a session has looked at everything.
    for (const known of this.#roots.values()) known.clear();
  }
}
