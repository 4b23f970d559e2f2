// One session over one pair of folders, as the manager drives it: prepare looks and decides,
// synchronize carries out exactly that.
import { errorRecord, syncError } from '../model/error.ts';
import type { ItemId } from '../model/item.ts';
import type { PlanDraft } from '../model/plan.ts';
import type { Clock } from '../ports/clock.ts';
import type { Crew } from '../ports/crew.ts';
import type { Filesystem } from '../ports/filesystem.ts';
import type {
  Callback,
  HandlerInfo,
  HandlerSession,
  ItemList,
  Opening,
  Pass,
  PrepareCall,
  Prepared,
  Synchronized,
} from '../ports/handler.ts';
import type { Lock, Locks } from '../ports/lock.ts';
import type { Random } from '../ports/random.ts';
import { apply } from './apply.ts';
import { changesOf } from './changes.ts';
import { conclude } from './conclude.ts';
import { type Side, sides } from './core/entry.ts';
import type { Outcome } from './core/outcome.ts';
import type { Transition } from './core/plan.ts';
import type { ClearInput } from './finish.ts';
import { Meter } from './meter.ts';
import { type PairFiles, pairFiles } from './paths.ts';
import { type Reporting, reportFailure, reportPlan, totalsOf } from './report.ts';
import type { RootPresent } from './roots.ts';
import type { FolderSettings } from './settings.ts';
import { type Survey, survey } from './survey.ts';
import { trashName } from './trash.ts';

/** The handler's ports, as compose.ts fills them. */
export interface HandlerWorld {
  readonly filesystem: Filesystem;
  readonly crew: Crew;
  readonly clock: Clock;
  readonly random: Random;
  /** Where baselines are kept; must not lie in a root. */
  readonly stateFolder: string;
  readonly locks?: Locks;
}

export const pairItem: ItemId = 'folders';
const progressMs = 100;

export class FolderSession implements HandlerSession {
  readonly #world: HandlerWorld;
  readonly #opening: Opening;
  readonly #settings: FolderSettings;
  readonly #files: PairFiles;
  readonly #meter = new Meter();
  readonly #locks: Lock[] = [];
  #callback: Callback | null = null;
  #survey: Survey | null = null;
  #transitions: readonly Transition[] = [];

  constructor(world: HandlerWorld, opening: Opening, settings: FolderSettings) {
    this.#world = world;
    this.#opening = opening;
    this.#settings = settings;
    this.#files = pairFiles(world.stateFolder, opening.partnership.id);
  }

  async describe(): Promise<HandlerInfo> {
    return { name: 'Folders', hasProperties: false, alwaysListed: false };
  }

  async items(): Promise<ItemList> {
    const item = {
      id: pairItem,
      name: this.#opening.partnership.name,
      checked: true,
      hasProperties: false,
      temporary: false,
      lastUpdate: null,
    };
    return { complete: true, items: [item] };
  }

  async attach(callback: Callback): Promise<void> {
    this.#callback = callback;
    const signal = callback.signal(pairItem);
    if (signal.aborted) this.#meter.stop();
    signal.addEventListener('abort', () => this.#meter.stop());
  }

  async prepare(call: PrepareCall): Promise<Pass<Prepared>> {
    return { pending: this.#prepare(call) };
  }

  async synchronize(): Promise<Pass<Synchronized>> {
    return { pending: this.#synchronize() };
  }

  setItemStatus(_item: ItemId, _status: 'skipped'): void {
    this.#meter.stop();
  }

  async close(): Promise<void> {
    this.#meter.stop();
    for (const lock of this.#locks.splice(0)) lock.release();
  }

  get #reporting(): Reporting {
    if (this.#callback === null) throw new Error('attach comes before prepare');
    return { callback: this.#callback, item: pairItem, settings: this.#settings };
  }

  async #prepare(_call: PrepareCall): Promise<Prepared> {
    const { filesystem, crew } = this.#world;
    const found = await this.#watch(
      survey({
        filesystem,
        crew,
        partnership: this.#opening.partnership.id,
        settings: this.#settings,
        files: this.#files,
        meter: this.#meter,
      }),
    );
    const busy = this.#lockRoots(found);
    if (busy !== null) return { outcome: 'refused', error: errorRecord(busy) };
    reportPlan(this.#reporting, found.plan);
    this.#survey = found;
    this.#transitions = found.plan.transitions;
    return { outcome: 'ready', plan: this.#draft(found) };
  }

  #draft(found: Survey): PlanDraft {
    const known = found.memory.baseline?.size ?? 0;
    const count = (side: Side, kind: Transition['kind']) =>
      this.#transitions.filter((each) => each.side === side && each.kind === kind).length;
    const both = (kind: Transition['kind']) => ({
      left: count('left', kind),
      right: count('right', kind),
    });
    return {
      changes: { [Symbol.iterator]: () => changesOf(pairItem, this.#transitions) },
      facts: [
        {
          item: pairItem,
          known: { left: known, right: known },
          deletions: both('delete'),
          overwrites: both('update'),
          alarms: found.alarms,
          limits: this.#settings.limits,
        },
      ],
    };
  }

  /** Two partnerships over one folder, whatever path each has for it, take turns (CC-02). */
  #lockRoots({ roots }: Survey) {
    const { locks } = this.#world;
    if (locks === undefined || this.#locks.length > 0) return null;
    const present = sides.map((side) => roots[side]).filter((root) => root.state === 'present');
    const names = present.map(({ device, inode }) => `root-${device}-${inode}`);
    // Always in the same order, so that two sessions cannot each hold what the other wants.
    for (const name of [...new Set(names)].sort()) {
      const lock = locks.tryLock(name);
      if ('heldBy' in lock) {
        const path = present[names.indexOf(name)]?.path ?? name;
        return syncError('folder-root-busy', { path });
      }
      this.#locks.push(lock);
    }
    return null;
  }

  async #synchronize(): Promise<Synchronized> {
    const found = this.#survey;
    if (found === null) throw new Error('prepare comes before synchronize');
    const { left, right } = found.roots;
    if (left.state !== 'present' || right.state !== 'present') {
      throw syncError('folder-root-unseen', { root: this.#settings.left });
    }
    const { callback } = this.#reporting;
    callback.progress(pairItem, { status: 'updating', max: this.#transitions.length });
    const outcomes = await this.#carryOut({ left, right });
    await conclude({
      ...this.#world,
      partnership: this.#opening.partnership.id,
      settings: this.#settings,
      files: this.#files,
      survey: found,
      roots: { left, right },
      transitions: this.#transitions,
      outcomes,
    });
    return this.#result(outcomes);
  }

  async #carryOut(roots: Readonly<Record<Side, RootPresent>>): Promise<readonly Outcome[]> {
    const { crew, clock, random } = this.#world;
    if (this.#transitions.length === 0) return [];
    const { bandwidth, trashDays } = this.#settings;
    const clear = (side: Side): ClearInput => ({ root: roots[side], trashDays });
    await Promise.all(sides.map((side) => crew.run('clear', clear(side))));
    const trash = trashName(clock.now(), random.uuid());
    const transitions = this.#transitions;
    return this.#watch(
      apply(crew, { transitions, roots, trash, bandwidth, meter: this.#meter }),
    );
  }

  #result(outcomes: readonly Outcome[]): Synchronized {
    const reporting = this.#reporting;
    outcomes.forEach((outcome, at) => {
      const transition = this.#transitions[at];
      if (outcome.state !== 'failed' || transition === undefined) return;
      reportFailure(reporting, transition, outcome);
    });
    const { counts, bytes, left } = totalsOf(this.#transitions, outcomes);
    const answer = reporting.callback.progress(pairItem, { value: outcomes.length, bytes });
    const status = left === 0 ? 'succeeded' : statusFor[answer];
    reporting.callback.progress(pairItem, { status });
    return { outcome: 'done', error: null, counts, bytes };
  }

  /** Progress is read from shared memory, at most ten times a second. */
  async #watch<Result>(work: Promise<Result>): Promise<Result> {
    const ended = new AbortController();
    const done = work.finally(() => ended.abort());
    done.catch(() => undefined);
    while (!ended.signal.aborted) {
      this.#tellProgress();
      await Promise.race([
        done.catch(() => undefined),
        this.#world.clock.sleep(progressMs, ended.signal),
      ]);
    }
    return done;
  }

  #tellProgress(): void {
    const { callback } = this.#reporting;
    const { entries, bytes, current } = this.#meter;
    const text = this.#transitions[current]?.path ?? '';
    const answer = callback.progress(pairItem, { value: entries, bytes, text });
    if (answer === 'skip' || answer === 'stop' || answer === 'detached') this.#meter.stop();
  }
}

const statusFor = {
  continue: 'failed',
  skip: 'skipped',
  stop: 'stopped',
  'unknown-item': 'failed',
  detached: 'stopped',
} as const;
