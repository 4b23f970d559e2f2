// Reports of progress that wait to be sent. A handler may report a million times a second; what travels
// is, for each item, the newest of what was said of it.
import { type ItemId, type ItemStatus, isFinal } from '../../model/item.ts';

interface Report {
  readonly status?: ItemStatus;
}

export class WaitingReports<R extends Report> {
  readonly #waiting = new Map<ItemId, R>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  add(item: ItemId, report: R): void {
    const before = this.#waiting.get(item);
    this.#waiting.set(item, before === undefined ? { ...report } : merged(before, report));
  }

  /** In the order in which the items were first reported. */
  take(): readonly (readonly [ItemId, R])[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    return all;
  }
}

/** An outcome stays; only a failure found afterwards may still replace it, as with the manager. */
function merged<R extends Report>(before: R, next: R): R {
  const keeps = before.status !== undefined && isFinal(before.status) && next.status !== 'failed';
  return { ...before, ...next, ...(keeps && { status: before.status }) };
}
