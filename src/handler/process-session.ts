// One open session of a handler in a program of its own: each call of the contract as a request, each
// abort as a notification.
import { syncError } from '../model/error.ts';
import type { Item, ItemId } from '../model/item.ts';
import type { GuardFacts } from '../model/plan.ts';
import type {
  Callback,
  HandlerSession,
  ItemList,
  Pass,
  PrepareCall,
  Prepared,
  Synchronized,
} from '../ports/handler.ts';
import { formatDuration } from '../stdx/quantity.ts';
import { portion } from '../wire/protocol.ts';
import type { AnswerTo, Asked, ParamsOf } from '../wire/schemas.ts';
import type { Conversation } from './conversation.ts';
import type { Hearing } from './hearing.ts';
import type { Life } from './life.ts';
import type { Patient } from './patient.ts';
import type { ProgramPorts } from './program.ts';

export interface SessionParts {
  readonly handler: string;
  readonly life: Life;
  readonly conversation: Conversation;
  readonly hearing: Hearing;
  readonly patient: Patient;
  readonly ports: Pick<ProgramPorts, 'book' | 'clock'>;
  readonly answer: AnswerTo<'open'>;
  /** Features both sides have. */
  readonly shared: ReadonlySet<string>;
}

/** Calls in which nobody works and nobody is asked must come back within. */
const answerMs = 300_000;
const closeMs = 2_000;
/** Pages of items without an end are cut off here. */
const pagesMax = 10_000;

export class ProcessSession {
  readonly #parts: SessionParts;
  /** What the handler is told of: the item, or null for all; and how to end that. */
  #following: (() => void)[] = [];
  #callback: Callback | null = null;
  /** The same, as it is when the handler is stuck. */
  #patiently: Callback | null = null;
  #closing: Promise<void> | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** The session, with what the handler said that it can. */
  offered(): HandlerSession {
    const can = new Set(this.#parts.answer.abilities);
    const { patient, conversation } = this.#parts;
    return {
      describe: () => this.#ask('describe', {}),
      items: () => this.#items(),
      attach: async (callback) => this.#attach(callback),
      prepare: (call) => patient.watch(() => this.#prepare(call)),
      synchronize: () => patient.watch(() => this.#synchronize()),
      setItemStatus: (item, status) => conversation.notify('setItemStatus', { item, status }),
      close: () => {
        this.#closing ??= this.#close();
        return this.#closing;
      },
      ...(can.has('pause') && {
        pause: (paused) => {
          patient.pause(paused);
          conversation.notify('pause', { paused });
        },
      }),
      ...(can.has('setBandwidth') && {
        setBandwidth: (bandwidth) => conversation.notify('setBandwidth', { bandwidth }),
      }),
      ...(can.has('showError') && {
        showError: (errorId) => this.#pass('showError', { errorId }),
      }),
      ...(can.has('properties') && { properties: (item) => this.#pass('properties', { item }) }),
      ...(can.has('resolve') && {
        resolve: async (conflict, resolution) => {
          const subject = { ...conflict, versions: [...conflict.versions] };
          return (await this.#ask('resolve', { conflict: subject, resolution })).undo;
        },
      }),
      ...(can.has('undo') && {
        undo: async (conflict, undo) => {
          const subject = { ...conflict, versions: [...conflict.versions] };
          await this.#ask('undo', { conflict: subject, undo });
        },
      }),
    };
  }

  async #items(): Promise<ItemList> {
    const first = await this.#ask('items', { cursor: null });
    // Known at the end of the list: any page may say that some are missing.
    const list = {
      complete: first.complete,
      items: this.#pages(first, (complete) => {
        list.complete &&= complete;
      }),
    };
    return list;
  }

  async *#pages(first: AnswerTo<'items'>, note: (complete: boolean) => void): AsyncGenerator<Item> {
    let page = first;
    for (let count = 1; ; count++) {
      note(page.complete);
      yield* page.items;
      if (page.next === null) return;
      if (count === pagesMax) {
        this.#parts.conversation.fault(`its list of items has more than ${pagesMax} pages`);
        note(false);
        return;
      }
      page = await this.#ask('items', { cursor: page.next });
    }
  }

  #attach(callback: Callback): void {
    const { patient, hearing } = this.#parts;
    this.#callback = callback;
    this.#patiently = patient.attach(callback);
    hearing.attach(this.#patiently);
  }

  async #prepare({ items, approved }: PrepareCall): Promise<Pass<Prepared>> {
    const { conversation, hearing } = this.#parts;
    this.#follow(items);
    hearing.takeChanges();
    if (approved !== null) await this.#tellApproved(approved);
    const summary = approved && {
      hash: approved.summary.hash,
      counts: approved.summary.counts,
      bytes: approved.summary.bytes,
      createdAt: approved.summary.createdAt,
    };
    const pass = await this.#pass('prepare', { items: [...items], approved: summary });
    return mapped(pass, (prepared): Prepared => {
      conversation.printRest();
      if (prepared.outcome === 'refused') return { outcome: 'refused', error: prepared.error };
      const changes = hearing.takeChanges();
      const { plan } = prepared;
      if (plan === null) return { outcome: 'ready', plan: null };
      return { outcome: 'ready', plan: { changes, facts: plan.facts as readonly GuardFacts[] } };
    });
  }

  async #synchronize(): Promise<Pass<Synchronized>> {
    this.#parts.hearing.underWay.clear();
    const pass = await this.#pass('synchronize', {});
    return mapped(pass, (done) => {
      if (done.outcome === 'done') this.#failUnfinished();
      this.#parts.conversation.printRest();
      return done;
    });
  }

  /** It says that it is done, and was in the middle of them: that is not done (HN-06). */
  #failUnfinished(): void {
    const { hearing } = this.#parts;
    for (const item of hearing.underWay) {
      hearing.say('error', 'It was still at this item when it said that it was done.', item);
      this.#callback?.progress(item, { status: 'failed' });
    }
    hearing.underWay.clear();
  }

  /** No more of a long plan is written than it takes. */
  async #tellApproved({ changes }: NonNullable<PrepareCall['approved']>): Promise<void> {
    const { conversation } = this.#parts;
    const all = [...changes()];
    for (let at = 0; at < all.length; at += portion) {
      conversation.notify('approved', {
        changes: all.slice(at, at + portion).map((one) => ({ ...one })),
      });
      await conversation.flushed();
    }
  }

  #pass<Method extends 'prepare' | 'synchronize' | 'showError' | 'properties'>(
    method: Method,
    params: ParamsOf<Method>,
  ): Promise<Pass<AnswerTo<Method>>> {
    const { conversation, shared } = this.#parts;
    const returned = Promise.withResolvers<void>();
    const answer = conversation.request(method, params, returned.resolve);
    answer.catch(() => {});
    if (!shared.has('returned')) return Promise.resolve({ pending: answer });
    return Promise.race([
      answer.then((ended) => ({ ended })),
      returned.promise.then(() => ({ pending: answer })),
    ]);
  }

  /** A call in which nobody is asked, and which therefore has to come back. */
  async #ask<Method extends keyof Asked>(
    method: Method,
    params: ParamsOf<Method>,
  ): Promise<AnswerTo<Method>> {
    const { conversation, ports } = this.#parts;
    const inTime = new AbortController();
    const late = ports.clock.sleep(answerMs, inTime.signal).then((): never => {
      throw syncError('overdue', { limit: formatDuration(answerMs) });
    });
    late.catch(() => {});
    try {
      return await Promise.race([conversation.request(method, params), late]);
    } finally {
      inTime.abort();
    }
  }

  /** From now on the handler is told when one of these items is aborted, or all are. */
  #follow(items: readonly ItemId[]): void {
    this.#unfollow();
    this.#onAbort(null, this.#patiently?.signal(null));
    for (const item of items) this.#onAbort(item, this.#callback?.signal(item));
  }

  #onAbort(item: ItemId | null, signal: AbortSignal | undefined): void {
    if (signal === undefined) return;
    const cancel = () => this.#parts.conversation.notify('cancel', { item });
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    this.#following.push(() => signal.removeEventListener('abort', cancel));
  }

  #unfollow(): void {
    for (const end of this.#following) end();
    this.#following = [];
  }

  /** Politely as long as it has done what it was asked; it has ended when this resolves. */
  async #close(): Promise<void> {
    const { conversation, life, ports, handler } = this.#parts;
    this.#unfollow();
    if (conversation.hasFailed || conversation.isAsking) {
      conversation.close();
      await life.end('now');
      return;
    }
    const inTime = new AbortController();
    const late = ports.clock.sleep(closeMs, inTime.signal).then(() => null);
    const answer = conversation.request('close', {});
    try {
      await Promise.race([answer, late]);
      ports.book.forgive(handler);
    } finally {
      inTime.abort();
      answer.catch(() => {});
      conversation.close();
      await life.end('leave');
    }
  }
}

function mapped<T, U>(pass: Pass<T>, map: (value: T) => U): Pass<U> {
  return 'ended' in pass ? { ended: map(pass.ended) } : { pending: pass.pending.then(map) };
}
