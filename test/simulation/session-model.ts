// What should happen: a second, independent telling of the session machine (reliability 3.2), small
// enough to be read in one go. It knows nothing of promises, stores or handlers.
import type { FinalStatus, ItemId, ItemStatus } from '../../src/model/item.ts';
import type { Ending, Phase } from '../../src/model/session.ts';
import { type Command, graceMs, items, type PrepareEnds } from './session-commands.ts';

type How = 'manual' | 'ask' | 'schedule';
type Place =
  | 'choosing'
  | 'in-prepare'
  | 'prepare-pends'
  | 'held'
  | 'in-synchronize'
  | 'synchronize-pends';

interface ItemModel {
  status: ItemStatus;
  skip: boolean;
  told: boolean;
}

interface SessionModel {
  readonly how: How;
  readonly request: number;
  place: Place;
  stoppedAt: number | null;
  pauseWanted: boolean;
  pausedAtWork: boolean;
  readonly items: Map<ItemId, ItemModel>;
}

export interface EndedModel {
  readonly request: number;
  readonly ending: Ending;
  readonly items: readonly [ItemId, FinalStatus, finishedBeforeSkip: boolean][];
}

const isFinal = (status: ItemStatus) => ['succeeded', 'failed', 'skipped'].includes(status);
const windows: readonly Place[] = ['prepare-pends', 'synchronize-pends'];
const working: readonly Place[] = ['in-synchronize', 'synchronize-pends'];

export class Model {
  now = 0;
  session: SessionModel | null = null;
  /** Every call of setItemStatus so far. */
  readonly told: ItemId[] = [];
  readonly ended: EndedModel[] = [];
  readonly merged: number[] = [];
  #requests = 0;
  /** Those that may ask wait for each other first, and then with the rest for the partnership. */
  #mayAsk: { how: How; request: number }[] = [];
  #asking = 0;
  #line: { how: How; request: number }[] = [];
  attached: 'yes' | 'no' = 'no';

  get phase(): Phase | null {
    if (this.session === null) return null;
    const { place, stoppedAt, pausedAtWork } = this.session;
    if (stoppedAt !== null) return 'stopping';
    if (place === 'choosing') return 'choosing';
    if (place === 'held' || pausedAtWork) return 'paused';
    return working.includes(place) ? 'synchronizing' : 'preparing';
  }

  get waiting(): number {
    return this.#mayAsk.length + this.#line.length;
  }

  statuses(): [ItemId, ItemStatus][] {
    return [...(this.session?.items ?? [])].map(([id, { status }]) => [id, status]);
  }

  /** What the command answers, if it answers anything. */
  take(command: Command): unknown {
    switch (command.kind) {
      case 'invoke':
        return this.#invoke(command.how);
      case 'confirm':
        return this.#confirm(command.chosen);
      case 'prepare-returns':
        return this.#prepareReturns(command.how);
      case 'prepare-ends':
        return this.#prepareEnds(command.how);
      case 'synchronize-returns':
        return this.#synchronizeReturns(command.how);
      case 'synchronize-ends':
        return this.#synchronizeEnds(command.how);
      case 'progress':
        return this.#progress(command.item, command.status);
      case 'skip':
        return this.#skip(command.item);
      case 'stop':
        return this.#stop();
      case 'pause':
        return this.#pause();
      case 'resume':
        return this.#resume();
      case 'wait':
        return this.#wait(command.ms);
      case 'crash':
        return this.#crash();
      case 'late':
        return undefined;
    }
  }

  #invoke(how: How): void {
    this.#requests += 1;
    const request = this.#requests;
    if (how === 'schedule') {
      if (this.#line.some((one) => one.how === 'schedule')) {
        this.merged.push(request);
        return;
      }
      this.#line.push({ how, request });
    } else {
      this.#mayAsk.push({ how, request });
    }
    this.#next();
  }

  #next(): void {
    this.#nextAsking();
    if (this.session !== null) return;
    const next = this.#line.shift();
    if (next === undefined) return;
    this.attached = 'yes';
    this.session = {
      ...next,
      place: next.how === 'ask' ? 'choosing' : 'in-prepare',
      stoppedAt: null,
      pauseWanted: false,
      pausedAtWork: false,
      items: new Map(),
    };
    if (next.how !== 'ask') this.#choose(items);
  }

  #choose(chosen: readonly ItemId[]): void {
    for (const id of items.filter((one) => chosen.includes(one))) {
      this.session?.items.set(id, { status: 'pending', skip: false, told: false });
    }
  }

  #confirm(chosen: readonly ItemId[]): void {
    if (this.session?.place !== 'choosing') return;
    this.#choose(chosen);
    if (this.session.items.size === 0) this.#end('declined');
    else this.session.place = 'in-prepare';
  }

  #prepareReturns(how: PrepareEnds | 'pends'): void {
    if (this.session?.place !== 'in-prepare') return;
    if (how !== 'pends') {
      this.#prepared(how);
      return;
    }
    this.session.place = 'prepare-pends';
    this.#tell();
  }

  #prepareEnds(how: PrepareEnds): void {
    if (this.session?.place === 'prepare-pends') this.#prepared(how);
  }

  #prepared(how: PrepareEnds): void {
    const { session } = this;
    if (session === null) return;
    if (session.stoppedAt !== null) this.#end('stopped');
    else if (how === 'guarded') this.#end('halted');
    else if (how !== 'ready') this.#end('failed');
    else session.place = session.pauseWanted ? 'held' : 'in-synchronize';
  }

  #synchronizeReturns(how: 'done' | 'failed' | 'throws' | 'pends'): void {
    if (this.session?.place !== 'in-synchronize') return;
    if (how !== 'pends') {
      this.#synchronized(how === 'done');
      return;
    }
    this.session.place = 'synchronize-pends';
    this.#tell();
  }

  #synchronizeEnds(how: 'done' | 'failed' | 'throws'): void {
    if (this.session?.place === 'synchronize-pends') this.#synchronized(how === 'done');
  }

  #synchronized(well: boolean): void {
    if (this.session?.stoppedAt != null) {
      this.#end('stopped', well);
      return;
    }
    const outcomes = this.#outcomes(well).map(([, status]) => status);
    const good = outcomes.filter((status) => status === 'succeeded').length;
    if (good === 0 && (outcomes.includes('failed') || !well)) this.#end('failed', well);
    else this.#end(good === outcomes.length && well ? 'succeeded' : 'partial', well);
  }

  #progress(item: ItemId, status: ItemStatus | null): string | null {
    if (this.attached === 'no') return null;
    if (this.session === null) return 'detached';
    const row = this.session.items.get(item);
    if (row === undefined) return 'unknown-item';
    if (status !== null && (!isFinal(row.status) || status === 'failed')) row.status = status;
    if (this.session.stoppedAt !== null) return 'stop';
    return row.skip ? 'skip' : 'continue';
  }

  #skip(item: ItemId): boolean {
    const row = this.session?.items.get(item);
    if (row === undefined || isFinal(row.status)) return false;
    row.skip = true;
    this.#tell();
    return true;
  }

  #stop(): void {
    const { session } = this;
    if (session === null || session.stoppedAt !== null) return;
    session.stoppedAt = this.now;
    if (session.place === 'choosing' || session.place === 'held') this.#end('stopped');
    else this.#tell();
  }

  #pause(): void {
    const { session } = this;
    if (session === null || session.stoppedAt !== null) return;
    if (working.includes(session.place)) session.pausedAtWork = true;
    else session.pauseWanted = true;
  }

  #resume(): void {
    const { session } = this;
    if (session === null || session.stoppedAt !== null) return;
    session.pauseWanted = false;
    session.pausedAtWork = false;
    if (session.place === 'held') session.place = 'in-synchronize';
  }

  #wait(ms: number): void {
    this.now += ms;
    const since = this.session?.stoppedAt ?? null;
    if (since !== null && this.now >= since + graceMs) this.#end('stopped');
  }

  /** Of those that may ask a person something, one at a time is in the line. */
  #nextAsking(): void {
    if (this.#asking !== 0) return;
    const first = this.#mayAsk.shift();
    if (first === undefined) return;
    this.#asking = first.request;
    this.#line.push(first);
  }

  #crash(): void {
    const back: { how: How; request: number }[] = [];
    if (this.session !== null) {
      const { how, request } = this.session;
      const deaths = this.ended.filter((one) => one.request === request).length + 1;
      if (deaths < 2) back.push({ how, request });
      this.ended.push({ request, ending: 'interrupted', items: [] });
      this.session = null;
    }
    this.attached = 'no';
    const waiting = [...back, ...this.#line, ...this.#mayAsk].sort(
      (one, other) => one.request - other.request,
    );
    this.#asking = 0;
    this.#line = [];
    this.#mayAsk = waiting.filter(({ how }) => how !== 'schedule');
    // All are taken up at once, and what starts by itself comes through the gate first.
    this.#nextAsking();
    this.#line.push(...waiting.filter(({ how }) => how === 'schedule'));
    this.#next();
  }

  /** In a window the handler hears of everything it has not heard of yet. */
  #tell(): void {
    const { session } = this;
    if (session === null || !windows.includes(session.place)) return;
    for (const [id, row] of session.items) {
      const wanted = row.skip || session.stoppedAt !== null;
      if (!wanted || row.told || isFinal(row.status)) continue;
      row.told = true;
      this.told.push(id);
    }
  }

  #outcomes(well: boolean, ending?: Ending): EndedModel['items'] {
    const withheld = ending === 'halted';
    const stopped = this.session?.stoppedAt !== null;
    return [...(this.session?.items ?? [])].map(([id, { status, skip }]) => {
      let final = status as FinalStatus;
      if (!isFinal(status)) {
        final = skip || withheld ? 'skipped' : stopped ? 'stopped' : well ? 'succeeded' : 'failed';
      }
      return [id, final, skip && final === 'succeeded'];
    });
  }

  #end(ending: Ending, well = false): void {
    const { session } = this;
    if (session === null) return;
    this.ended.push({ request: session.request, ending, items: this.#outcomes(well, ending) });
    this.session = null;
    const wasAsking = this.#asking === session.request;
    // Who waits for the partnership comes first; then the next that may ask joins the line.
    const head = this.#line.shift();
    if (wasAsking) this.#asking = 0;
    if (head !== undefined) this.#line.unshift(head);
    this.#next();
  }
}
