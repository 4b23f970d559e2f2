// One session of a handler whose manager is at the other end of a pipe: each request of the protocol as
// a call of the contract, and what the call came to as its reply.
import type { ErrorRecord } from '../model/error.ts';
import type { ItemId } from '../model/item.ts';
import type { Json } from '../model/json.ts';
import type { PlanChange, PlanSummary } from '../model/plan.ts';
import type { HandlerSession, Pass, Prepared, Synchronized } from '../ports/handler.ts';
import type { Turn } from '../wire/connection.ts';
import { portion } from '../wire/protocol.ts';
import type { Asked } from '../wire/schemas.ts';
import type { Line, WiredCallback } from './wired-callback.ts';

type Params<Method extends keyof Asked> = Asked[Method]['params'];
type Serve<Method extends keyof Asked> = (params: Params<Method>, turn: Turn) => Promise<Json>;

const abilities = ['pause', 'setBandwidth', 'showError', 'properties', 'resolve', 'undo'] as const;

export class ServedSession {
  readonly #session: HandlerSession;
  readonly #callback: WiredCallback;
  readonly #line: Line;
  #approved: PlanChange[] = [];
  #listing: AsyncIterator<unknown> | Iterator<unknown> | null = null;
  #complete = true;

  constructor(session: HandlerSession, callback: WiredCallback, line: Line) {
    this.#session = session;
    this.#callback = callback;
    this.#line = line;
  }

  get abilities(): readonly string[] {
    return abilities.filter((ability) => typeof this.#session[ability] === 'function');
  }

  /** A part of the plan that the next prepare is to adopt. */
  takeApproved({ changes }: { readonly changes: readonly PlanChange[] }): void {
    for (const change of changes) this.#approved.push(change);
  }

  /** Null: all is to stop. */
  cancel(item: ItemId | null): void {
    this.#callback.cancel(item);
  }

  skip(item: ItemId): void {
    this.#callback.cancel(item);
    this.#session.setItemStatus(item, 'skipped');
  }

  tellWell(): void {
    this.#line.notify('alive', {});
  }

  pause(paused: boolean): void {
    this.#session.pause?.(paused);
  }

  setBandwidth(rate: number | null): void {
    this.#session.setBandwidth?.(rate);
  }

  describe: Serve<'describe'> = async () => ({ ...(await this.#session.describe()) });

  /** In portions: the cursor only says whether to begin anew, because the list is read once. */
  items: Serve<'items'> = async ({ cursor }) => {
    if (cursor === null || this.#listing === null) await this.#list();
    const items: Json[] = [];
    while (items.length < portion) {
      const next = await this.#listing?.next();
      if (next === undefined || next.done === true) {
        this.#listing = null;
        return { items, complete: this.#complete, next: null };
      }
      items.push(next.value as Json);
    }
    return { items, complete: this.#complete, next: 'more' };
  };

  prepare: Serve<'prepare'> = async ({ items, approved }, turn) => {
    this.#callback.setItems(items);
    const changes = this.#approved;
    this.#approved = [];
    const summary = approved as PlanSummary | null;
    const prepared = await this.#pass<Prepared>(
      await this.#session.prepare({
        items,
        approved: summary && { summary, changes: () => changes },
      }),
      turn,
    );
    if (prepared.outcome === 'refused') return refusal(prepared.error);
    const { plan } = prepared;
    if (plan === null) return { outcome: 'ready', plan: null };
    await this.#tellChanges(plan.changes);
    return { outcome: 'ready', plan: { facts: plan.facts as unknown as Json } };
  };

  synchronize: Serve<'synchronize'> = async (_, turn) => {
    const done = await this.#pass<Synchronized>(await this.#session.synchronize(), turn);
    return { ...done, error: done.error && { ...done.error } };
  };

  showError: Serve<'showError'> = async ({ errorId }, turn) => {
    const pass = await this.#session.showError?.(errorId);
    return pass === undefined ? nothing : { ...(await this.#pass(pass, turn)) };
  };

  properties: Serve<'properties'> = async ({ item }, turn) => {
    const pass = await this.#session.properties?.(item);
    return pass === undefined ? nothing : { ...(await this.#pass(pass, turn)) };
  };

  resolve: Serve<'resolve'> = async ({ conflict, resolution }) => {
    return { undo: (await this.#session.resolve?.(conflict, resolution)) ?? null };
  };

  undo: Serve<'undo'> = async ({ conflict, undo }) => {
    await this.#session.undo?.(conflict, undo);
    return null;
  };

  async close(): Promise<void> {
    this.#callback.detach();
    await this.#session.close();
  }

  async #list(): Promise<void> {
    const { complete, items } = await this.#session.items();
    this.#complete = complete;
    this.#listing =
      Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  }

  async #pass<T>(pass: Pass<T>, { signal, returned }: Turn): Promise<T> {
    const cancel = () => this.#callback.cancel(null);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      if ('ended' in pass) return pass.ended;
      returned();
      return await pass.pending;
    } finally {
      signal.removeEventListener('abort', cancel);
      this.#callback.sendReports();
    }
  }

  /** A plan may be long: no more of it is made than the other side has taken. */
  async #tellChanges(changes: Iterable<PlanChange>): Promise<void> {
    let some: Json[] = [];
    const tell = async () => {
      this.#line.notify('plan', { changes: some });
      some = [];
      await this.#line.flushed();
    };
    for (const change of changes) {
      some.push({ ...change });
      if (some.length === portion) await tell();
    }
    if (some.length > 0) await tell();
  }
}

const nothing = { next: 'nothing' } as const;

const refusal = (error: ErrorRecord | null) => ({
  outcome: 'refused',
  error: error && { ...error },
});
