// The verbs of the manager over its stages. Each is short: what a verb sets in motion happens in
// flow.ts, what it asks of an open handler in showing.ts, what it decides in deciding.ts.
import type { Conflict, ConflictId, Resolution } from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { Event } from '../model/event.ts';
import type { ItemId, ItemPreference } from '../model/item.ts';
import type { JsonObject } from '../model/json.ts';
import type { Partnership, PartnershipId } from '../model/partnership.ts';
import type { PlanHash, PlanSummary } from '../model/plan.ts';
import type { Request, RequestId } from '../model/request.ts';
import type { Session, SessionId } from '../model/session.ts';
import type { ComputerEnd } from '../model/surroundings.ts';
import { type Limits, plainLimits } from '../model/terms.ts';
import type { TriggerKind } from '../model/trigger.ts';
import { Claims } from '../queue/claims.ts';
import { LocalQueue } from '../queue/local.ts';
import { Bus } from '../record/bus.ts';
import { ConflictBook } from '../record/conflicts.ts';
import { retentionLimits } from '../record/core/retention.ts';
import { Delay } from '../record/delay.ts';
import { phaseDelayMs } from '../record/recorder.ts';
import { ConnectionPool } from '../session/connection-pool.ts';
import { Decisions } from '../session/decisions.ts';
import { Floor } from '../session/floor.ts';
import { Lookout } from '../trigger/lookout.ts';
import { requestOf } from './admission.ts';
import { choiceOf, remember } from './choosing.ts';
import { approvePlan, rejectPlan, reopenPlan, resolveConflict, undoConflict } from './deciding.ts';
import type { ManagerDeps } from './deps.ts';
import { Desk } from './desk.ts';
import { Faults } from './faults.ts';
import { carryOut } from './flow.ts';
import { Gate } from './gate.ts';
import { Keep } from './keep.ts';
import type {
  Automation,
  Choice,
  Invocation,
  ItemProgress,
  LastRun,
  LastRunWish,
  Manager,
  Question,
  RunningSession,
} from './manager.ts';
import type { Part } from './part.ts';
import { Pings } from './pings.ts';
import { markInterrupted } from './recovery.ts';
import type { Ticked } from './round.ts';
import { seatCount } from './seats.ts';
import { describePartnership, openJump, openSheet } from './showing.ts';
import { WatchBook } from './watch-book.ts';
import type { World } from './world.ts';

export function createManager(deps: ManagerDeps): Manager {
  return new Kernel(deps);
}

class Kernel implements Manager {
  readonly #world: World;
  readonly #queue: LocalQueue;

  constructor(deps: ManagerDeps) {
    const { store, clock } = deps;
    const faults = new Faults(clock, (error) => deps.fault?.(error));
    const lookout = new Lookout(clock, deps.outside ?? null);
    this.#world = {
      deps,
      parts: new Set(),
      rounds: new Map(),
      claims: new Claims((seat) => seatCount(this.#world, seat)),
      limits: plainLimits,
      lookout,
      watchBook: new WatchBook(),
      faults,
      pings: new Pings(clock, faults, deps.outside ?? null),
      gate: new Gate({
        store,
        clock,
        lookout,
        handlerDisabledSince: (name) => deps.handlerDisabledSince?.(name) ?? null,
      }),
      floor: new Floor(),
      pool: new ConnectionPool(deps.connections),
      decisions: new Decisions(),
      desk: new Desk(() => deps.answererPresent()),
      asides: new Set(),
      keep: new Keep(clock),
      bus: new Bus(),
      conflicts: new ConflictBook(deps),
      delay: new Delay(clock, phaseDelayMs),
      retries: new Map(),
      impatient: new Set(),
      queue: () => this.#queue,
      violations: 0,
    };
    this.#queue = new LocalQueue({
      store,
      clock,
      carryOut: (turn) => carryOut(turn, this.#world),
      fault: (thrown) => this.#world.faults.tell('carry out a request', thrown),
    });
  }

  get #store() {
    return this.#world.deps.store;
  }

  async put(partnership: Partnership): Promise<void> {
    const { id, name } = partnership;
    if (name.length < 1 || name.length > 128) {
      throw syncError('usage', { what: 'The name of a partnership has 1 to 128 characters.' });
    }
    const before = await this.#store.partnerships.get(id);
    // What came due while it was disabled is not made up for.
    if (before?.enabled === false && partnership.enabled) {
      await (await governing()).settleSlots(this.#world, id);
    }
    await this.#store.partnerships.put(partnership, [changed(id, { name })]);
  }

  async remove(id: PartnershipId, session: 'stop' | 'let-run' = 'stop'): Promise<void> {
    if (session === 'stop') await this.#queue.withdrawAll(id);
    const all = session === 'stop' ? [...this.#world.parts] : [];
    const parts = all.filter((part) => part.partnership.id === id);
    for (const part of parts) part.stop();
    await Promise.all(parts.map(({ left }) => left));
    await this.#store.partnerships.remove(id, [changed(id, { removed: true })]);
  }

  partnerships(): Promise<readonly Partnership[]> {
    return this.#store.partnerships.list();
  }

  setPreferences(preferences: readonly ItemPreference[]): Promise<void> {
    return this.#store.preferences.put(preferences);
  }

  describe(id: PartnershipId, trigger: TriggerKind): ReturnType<Manager['describe']> {
    return describePartnership(this.#world, id, trigger);
  }

  async invoke(invocation: Invocation): Promise<Request> {
    const request = await requestOf(this.#world, invocation);
    if (invocation.ifBusy === 'fail') this.#world.impatient.add(request.id);
    return this.#queue.admit(request);
  }

  async whenEnded(id: RequestId): Promise<readonly Session[]> {
    const request = await this.#queue.whenEnded(id);
    const sessions = await this.#store.sessions.list({ request, limit: 10_000 });
    return sessions.toReversed();
  }

  async choices(request: RequestId): Promise<readonly Choice[]> {
    const parts = this.#world.rounds.get(request)?.parts ?? [];
    return parts.flatMap((part) => choiceOf(part) ?? []);
  }

  async confirm(request: RequestId, ticked: Ticked, remembers = false): Promise<void> {
    const round = this.#world.rounds.get(request);
    const choosing = round?.parts.filter((part) => choiceOf(part) !== null) ?? [];
    if (round === undefined || choosing.length === 0) {
      throw syncError('not-found', { what: `A choice that waits for request ${request}` });
    }
    if (remembers) {
      await Promise.all(choosing.map((part) => remember(part, ticked[part.id] ?? [])));
    }
    round.choice.resolve(ticked);
  }

  async cancel(request: RequestId): Promise<void> {
    const withdrawn = await this.#queue.withdraw(request);
    if (withdrawn?.approvedPlan) await reopenPlan(this.#world, withdrawn.approvedPlan);
    if (withdrawn !== null) return;
    this.#world.rounds.get(request)?.cancel();
  }

  why(id: PartnershipId): ReturnType<Manager['why']> {
    return governing().then((verbs) => verbs.why(this.#world, id));
  }

  freshness(id: PartnershipId): ReturnType<Manager['freshness']> {
    return governing().then((verbs) => verbs.freshnessOf(this.#world, id));
  }

  pauseStarts(id: PartnershipId | null, until: number | null): Promise<void> {
    return governing().then((verbs) => verbs.pauseStarts(this.#world, id, until));
  }

  resumeStarts(id: PartnershipId | null): Promise<void> {
    return governing().then((verbs) => verbs.resumeStarts(this.#world, id));
  }

  retry(id: PartnershipId): Promise<Request> {
    return governing().then((verbs) => verbs.retryNow(this.#world, id));
  }

  lastRun(wish: LastRunWish): Promise<LastRun> {
    return import('./last-run.ts').then((verbs) => verbs.lastRun(this.#world, wish));
  }

  endComputer(end: ComputerEnd, later: readonly PartnershipId[]): Promise<void> {
    return import('./last-run.ts').then((verbs) => verbs.endComputer(this.#world, end, later));
  }

  setLimits(limits: Limits): void {
    this.#world.limits = limits;
    this.#world.claims.grant();
  }

  automate(): Promise<Automation> {
    // A run by hand needs none of it.
    return import('./automation.ts').then(({ automate }) => automate(this.#world));
  }

  running(): readonly RunningSession[] {
    return [...this.#world.parts].filter(({ runner }) => !runner.isOver).map((one) => one.shown());
  }

  skip(session: SessionId, item: ItemId): boolean {
    return this.#part(session)?.runner.skip(item) ?? false;
  }

  stop(session: SessionId | null): void {
    for (const part of this.#world.parts) {
      if (session === null || part.id === session) part.stop();
    }
  }

  pause(session: SessionId): void {
    this.#part(session)?.runner.pause();
  }

  resume(session: SessionId): void {
    this.#part(session)?.runner.resume();
  }

  approve(plan: PlanHash): Promise<Request> {
    return approvePlan(this.#world, plan);
  }

  reject(plan: PlanHash): Promise<PlanSummary> {
    return rejectPlan(this.#world, plan);
  }

  question(): Question | null {
    return this.#world.desk.question;
  }

  answer(question: number, answer: JsonObject | null): void {
    this.#world.desk.answer(question, answer);
  }

  openLogEntry(id: number): Promise<Request | null> {
    return openJump(this.#world, id);
  }

  openProperties(partnership: PartnershipId, item: ItemId | null): Promise<void> {
    return openSheet(this.#world, partnership, item);
  }

  dismiss(request: RequestId | null): Promise<void> {
    const wanted = new Set(this.#world.retries.values());
    return this.#world.keep.dismiss(request, (handler) => wanted.has(handler));
  }

  resolve(id: ConflictId, resolution: Resolution, version?: number): Promise<Conflict> {
    return resolveConflict(this.#world, id, resolution, version);
  }

  undo(id: ConflictId): Promise<Conflict> {
    return undoConflict(this.#world, id);
  }

  violations(): number {
    return this.#world.violations;
  }

  onProgress(listener: (progress: ItemProgress) => void): () => void {
    return this.#world.bus.listen(listener);
  }

  onEvents(listener: (events: readonly Event[]) => void): () => void {
    return this.#store.subscribe(listener);
  }

  markInterrupted(): Promise<void> {
    return markInterrupted(this.#world);
  }

  async start(): Promise<void> {
    await markInterrupted(this.#world);
    await this.#store.prune(
      retentionLimits(this.#world.deps.clock.now(), this.#world.limits.history),
    );
    await this.#queue.takeUp();
  }

  async close(): Promise<void> {
    this.#queue.letGo();
    for (const round of this.#world.rounds.values()) round.cancel();
    await this.#hooksOver();
    await this.#world.pings.over();
    const { keep, asides, deps } = this.#world;
    await Promise.all([keep.dismiss(null), ...[...asides].map((one) => one.close(deps.clock))]);
    await this.#store.close();
  }

  /** Hooks of sessions that have ended get so long, and are stopped then. */
  async #hooksOver(): Promise<void> {
    const idle = new AbortController();
    const hurry = async () => {
      await this.#world.deps.clock.sleep(hooksGraceMs, idle.signal);
      if (!idle.signal.aborted) for (const { hooksOver } of this.#world.parts) hooksOver.abort();
    };
    await Promise.all([hurry(), this.#queue.idle().finally(() => idle.abort())]);
  }

  #part(session: SessionId): Part | null {
    return [...this.#world.parts].find(({ id }) => id === session) ?? null;
  }
}

const hooksGraceMs = 5_000;

const changed = (partnership: PartnershipId, data: JsonObject) =>
  ({ type: 'partnership.changed', partnership, session: null, item: null, data }) as const;

/** Read when it is first asked for: a run by hand needs none of it. */
const governing = () => import('./governing.ts');
