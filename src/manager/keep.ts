// Handlers kept open after their session, because a line they logged can still be opened: until the
// results are dismissed (mobsync A35, A49).
import type { Item } from '../model/item.ts';
import type { Partnership } from '../model/partnership.ts';
import type { RequestId } from '../model/request.ts';
import type { SessionId } from '../model/session.ts';
import type { Clock } from '../ports/clock.ts';
import type { OpenHandler } from '../session/open-handler.ts';

/** A handler that is open, with what its session knew. */
export interface Kept {
  readonly handler: OpenHandler;
  readonly partnership: Partnership;
  /** The requests whose results hold it here: the first, and the retries that ran on it. */
  readonly requests: readonly RequestId[];
  readonly sessions: readonly SessionId[];
  readonly items: readonly Item[];
}

export class Keep {
  readonly #clock: Clock;
  readonly #kept = new Map<OpenHandler, Kept>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  put(kept: Kept): void {
    const former = this.#kept.get(kept.handler);
    const sessions = [...(former?.sessions ?? []), ...kept.sessions];
    const requests = [...(former?.requests ?? []), ...kept.requests];
    this.#kept.set(kept.handler, { ...kept, sessions, requests });
  }

  /** It is released otherwise. */
  drop(handler: OpenHandler): void {
    this.#kept.delete(handler);
  }

  setItems(handler: OpenHandler, items: readonly Item[]): void {
    const former = this.#kept.get(handler);
    if (former !== undefined) this.#kept.set(handler, { ...former, items });
  }

  get(handler: OpenHandler | null): Kept | null {
    return (handler && this.#kept.get(handler)) ?? null;
  }

  bySession(session: SessionId): Kept | null {
    return this.#all().find(({ sessions }) => sessions.includes(session)) ?? null;
  }

  byPartnership(partnership: string): Kept | null {
    return this.#all().findLast((kept) => kept.partnership.id === partnership) ?? null;
  }

  /** The handlers of one request, or all, are released; those that `spare` names stay. */
  async dismiss(
    request: RequestId | null,
    spare: (handler: OpenHandler) => boolean = () => false,
  ): Promise<void> {
    const meant = this.#all().filter(
      (kept) => (request === null || kept.requests.includes(request)) && !spare(kept.handler),
    );
    for (const { handler } of meant) this.#kept.delete(handler);
    await Promise.all(meant.map(({ handler }) => handler.close(this.#clock)));
  }

  #all(): Kept[] {
    return [...this.#kept.values()];
  }
}
