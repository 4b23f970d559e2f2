// One session over one pair of folders, as the manager drives it: prepare looks and decides,
// synchronize carries out exactly that.

import type { Resolution } from '../model/conflict.ts';
import { syncError } from '../model/error.ts';
import type { Json } from '../model/json.ts';
import type { PlanChange, PlanDraft } from '../model/plan.ts';
import type { ConflictSubject, PrepareCall } from '../ports/handler.ts';
import type { Context } from '../sdk/context.ts';
import type { Report } from '../sdk/define.ts';
import { type Applied, apply } from './apply.ts';
import { type CleanPairs, leavesNothing, pathsTouched, rememberedBy, rulesOf } from './clean.ts';
import { type Concluded, conclude } from './conclude.ts';
import { decodeTransition, planChanges } from './core/draft.ts';
import { type Side, sides } from './core/entry.ts';
import { Outcomes } from './core/outcomes.ts';
import type { Transition } from './core/plan.ts';
import { guardFacts } from './core/safety.ts';
import { Transitions } from './core/transitions.ts';
import type { ClearInput } from './finish.ts';
import { halfMoves, undoHalfMoves } from './half-moves.ts';
import { recognize } from './identity.ts';
import { rememberBegun } from './memory.ts';
import { Meter } from './meter.ts';
import { readPair } from './pair.ts';
import { type PairFiles, pairFiles } from './paths.ts';
import {
  causeOfLeaving,
  reportAstray,
  reportFailure,
  reportOthers,
  reportPlan,
  reportSettled,
  reportTrust,
  reportUnmarked,
  totalsOf,
} from './report.ts';
import { type Resolving, resolveConflict, undoResolution } from './resolve.ts';
import type { Leave, RootTurns } from './root-turns.ts';
import type { RootPresent } from './roots.ts';
import type { FolderSettings } from './settings.ts';
import { adopt, nothingTouched, type Survey, type Surveying, survey } from './survey.ts';
import { trashName } from './trash.ts';
import { type HandlerWorld, pairItem } from './world.ts';

export type FolderContext = Context<FolderSession>;

/** What the sessions of one handler share. */
export interface Beside {
  readonly clean: CleanPairs;
  readonly turns: RootTurns;
}

const progressMs = 100;

export class FolderSession {
  readonly #world: HandlerWorld;
  readonly #partnership: string;
  readonly #settings: FolderSettings;
  readonly #files: PairFiles;
  readonly #meter = new Meter();
  /** Keeps other processes out until the end. */
  #leave: Leave | null = null;
  #state: 'open' | 'closed' = 'open';
  readonly #clean: CleanPairs;
  readonly #turns: RootTurns;
  readonly #byHand: boolean;
  /** What the meter counted while looking; what it counts beyond is carried out. */
  #entriesSeen = 0;
  #survey: Survey | null = null;
  #transitions = new Transitions();
  /** A person approved the plan: that and nothing else is carried out. */
  #strict = false;
  /** The disk would not let something go back that a run before this one left between two names. */
  #isAstray = false;

  constructor(
    world: HandlerWorld,
    { clean, turns }: Beside,
    {
      partnership,
      settings,
      byHand,
    }: {
      readonly partnership: string;
      readonly settings: FolderSettings;
      readonly byHand: boolean;
    },
  ) {
    this.#clean = clean;
    this.#turns = turns;
    this.#byHand = byHand;
    this.#world = world;
    this.#partnership = partnership;
    this.#settings = settings;
    this.#files = pairFiles(world.stateFolder, partnership);
    this.setBandwidth(null);
  }

  /** A timetable outranks the settings; null: it says nothing. Lanes at work take it at once. */
  setBandwidth(rate: number | null): void {
    this.#meter.setLimit(rate === null ? this.#settings.bandwidth : rate === 0 ? null : rate);
  }

  async prepare(context: FolderContext, call: PrepareCall): Promise<PlanDraft> {
    const { approved } = call;
    const signal = context.signalOf(pairItem);
    if (signal.aborted) this.#meter.stop();
    signal.addEventListener('abort', () => this.#meter.stop());
    const settings = this.#settings;
    const surveying = this.#surveying();
    this.#strict = approved !== null;
    const adopted = approved === null ? null : decoded(approved.changes());
    await this.#endMoves(surveying, signal);
    const surveyed =
      adopted === null ? this.#look(surveying, call.touched) : adopt(surveying, adopted);
    const found = await this.#watch(context, surveyed);
    await this.#keepRoots(found);
    const reporting = { context, item: pairItem, settings };
    reportTrust(reporting, found.trust);
    if (found.scope === 'all') reportOthers(reporting, found);
    if (found.scans !== null) reportPlan(reporting, found.plan, found.scope);
    this.#survey = found;
    this.#transitions = found.plan.transitions;
    return this.#draft(found);
  }

  /** The only thing that is changed before a plan: what a run that was cut off left between two names. */
  async #endMoves(surveying: Surveying, signal: AbortSignal): Promise<void> {
    const half = await halfMoves(surveying);
    if (half === null) return;
    await this.#keepRoots(half);
    const undo = () => undoHalfMoves(this.#world, surveying, half);
    this.#isAstray = (await this.#inTurn(half.roots, signal, undo)) === false;
  }

  /** Only where something was touched, if the last run left nothing undone and all is as it was then. */
  async #look(surveying: Surveying, touched: PrepareCall['touched']): Promise<Survey> {
    const { settings, files, filesystem } = surveying;
    const clean = this.#clean.get(this.#partnership);
    const paths = touched === undefined ? null : pathsTouched(touched, settings);
    if (clean === null || paths === null || settings.merge || settings.fullScan) {
      return survey(surveying, null);
    }
    const isAsBefore =
      clean.rules === rulesOf(settings) && clean.remembered === rememberedBy(filesystem, files);
    const identity = isAsBefore ? await recognize(surveying, clean.generation) : null;
    const areThose = sides.every(
      (side) =>
        identity?.roots?.[side].device === clean.roots[side].device &&
        identity.roots[side].inode === clean.roots[side].inode,
    );
    if (identity === null || !areThose) return survey(surveying, null);
    return paths.length > 0 ? survey(surveying, paths) : nothingTouched(identity);
  }

  /** Lanes hold before their next entry, or in the middle of a large file. */
  pause(context: FolderContext, paused: boolean): void {
    this.#meter.pause(paused);
    context.progress(pairItem, { status: paused ? 'paused' : 'updating' });
  }

  async resolve(conflict: ConflictSubject, resolution: Resolution): Promise<Json> {
    const [resolving, end] = await this.#resolving();
    return resolveConflict(resolving, conflict, resolution).finally(end);
  }

  async undo(conflict: ConflictSubject, undo: Json): Promise<void> {
    const [resolving, end] = await this.#resolving();
    return undoResolution(resolving, conflict, undo).finally(end);
  }

  async #resolving(): Promise<readonly [Resolving, Leave]> {
    this.#clean.drop(this.#partnership);
    const found = await adopt(this.#surveying(), []);
    await this.#keepRoots(found);
    const { roots } = found;
    const end = roots === null ? null : await this.#turns.turn([roots.left, roots.right]);
    return [{ world: this.#world, ...this.#surveying(), survey: found }, end ?? (() => undefined)];
  }

  #surveying(): Surveying {
    const { filesystem, crew, clock } = this.#world;
    const [partnership, settings, files] = [this.#partnership, this.#settings, this.#files];
    const pair = { partnership, settings, files, byHand: this.#byHand };
    return { filesystem, crew, ...pair, meter: this.#meter, now: clock.now() };
  }

  close(): void {
    this.#state = 'closed';
    this.#meter.stop();
    this.#leave?.();
    this.#leave = null;
  }

  #draft(found: Survey): PlanDraft {
    const known = found.memory.baseline?.size ?? 0;
    const both = { left: known, right: known };
    const { limits } = this.#settings;
    return {
      changes: { [Symbol.iterator]: () => planChanges(pairItem, this.#transitions) },
      facts: [guardFacts(pairItem, found.plan, both, found.alarms, limits)],
    };
  }

  async #keepRoots({ roots }: Pick<Survey, 'roots'>): Promise<void> {
    if (roots === null || this.#leave !== null) return;
    const leave = await this.#turns.keep(sides.map((side) => roots[side]));
    if (this.#state === 'closed') leave();
    else this.#leave = leave;
  }

  /** Null: it was told to stop while it waited. */
  async #inTurn<Result>(
    roots: Readonly<Record<Side, RootPresent>>,
    signal: AbortSignal,
    work: () => Promise<Result>,
  ): Promise<Result | null> {
    const end = await this.#turns.turn([roots.left, roots.right], signal);
    if (end === null) return null;
    try {
      return await work();
    } finally {
      end();
    }
  }

  async synchronize(context: FolderContext): Promise<Report> {
    const found = this.#survey;
    if (found === null) throw new Error('prepare comes before synchronize');
    const { roots } = found;
    if (roots === null) throw syncError('folder-root-unseen', { root: this.#settings.left });
    this.#entriesSeen = this.#meter.entries;
    context.progress(pairItem, {
      status: 'updating',
      value: 0,
      max: this.#transitions.length,
      bytesMax: this.#transitions.bytes(),
    });
    // Known without a look: nothing happened, and there is nothing new to remember.
    if (found.scope === 'nothing' && !this.#strict) return this.#result(context, new Outcomes(0));
    this.#clean.drop(this.#partnership);
    const busy = this.#turns.busy([roots.left, roots.right]);
    if (busy !== null) context.progress(pairItem, { text: `Another pair is at work in ${busy}` });
    const signal = context.signalOf(pairItem);
    const outcomes = await this.#inTurn(roots, signal, () => this.#change(context, found, roots));
    return this.#result(context, outcomes ?? new Outcomes(this.#transitions.length));
  }

  async #change(
    context: FolderContext,
    found: Survey,
    roots: Readonly<Record<Side, RootPresent>>,
  ): Promise<Outcomes> {
    const { outcomes, unflushed, isAstray } = await this.#carryOut(context, found, roots);
    const concluded = await conclude({
      ...this.#world,
      partnership: this.#partnership,
      settings: this.#settings,
      files: this.#files,
      survey: found,
      roots,
      transitions: this.#transitions,
      outcomes,
      unflushed,
      isAstray: isAstray || this.#isAstray,
      byHand: this.#byHand,
    });
    this.#noteClean(found, roots, outcomes, concluded);
    const reporting = { context, item: pairItem, settings: this.#settings };
    reportSettled(reporting, found.plan, this.#transitions, outcomes);
    reportUnmarked(reporting, concluded.unmarked);
    return outcomes;
  }

  #noteClean(
    survey: Survey,
    roots: Readonly<Record<Side, RootPresent>>,
    outcomes: Outcomes,
    { complete }: Concluded,
  ): void {
    if (!complete || !leavesNothing(survey, outcomes)) return;
    const { filesystem } = this.#world;
    const remembered = rememberedBy(filesystem, this.#files);
    const generation = readPair(filesystem, this.#files.pair)?.generation;
    if (remembered === null || generation === undefined) return;
    const rules = rulesOf(this.#settings);
    this.#clean.put(this.#partnership, { generation, rules, remembered, roots });
  }

  async #carryOut(
    context: FolderContext,
    { memory }: Survey,
    roots: Readonly<Record<Side, RootPresent>>,
  ): Promise<Applied> {
    const { filesystem, crew, clock, random } = this.#world;
    // A run that was cut off may have done all and left something in the stage; the first one leaves no other trace.
    const follows = memory.unfinished !== null || memory.baseline === null;
    if (this.#transitions.length === 0 && !follows) {
      return { outcomes: new Outcomes(0), unflushed: new Set(), isAstray: false };
    }
    const { trashDays } = this.#settings;
    const clear = (side: Side): ClearInput => ({ root: roots[side], trashDays });
    const cleared = Promise.all(sides.map((side) => crew.run('clear', clear(side))));
    const trash = trashName(clock.now(), random.uuid());
    const transitions = this.#transitions;
    try {
      rememberBegun(filesystem, this.#files, memory, transitions);
    } finally {
      await cleared;
    }
    return this.#watch(
      context,
      apply(crew, {
        transitions,
        roots,
        trash,
        strict: this.#strict,
        meter: this.#meter,
      }),
    );
  }

  #result(context: FolderContext, outcomes: Outcomes): Report {
    const reporting = { context, item: pairItem, settings: this.#settings };
    outcomes.forEach((outcome, at) => {
      if (outcome.state !== 'failed' && outcome.state !== 'astray') return;
      const transition = this.#transitions.at(at) as Transition;
      if (outcome.state === 'failed') reportFailure(reporting, transition, outcome);
      else if (transition.kind === 'move') reportAstray(reporting, transition);
    });
    const { counts, bytes, left } = totalsOf(this.#transitions, outcomes);
    const answer = context.progress(pairItem, { value: outcomes.length, bytes });
    const error = answer === 'continue' ? causeOfLeaving(this.#transitions, outcomes) : null;
    if (left > 0 && error !== null) return { counts, bytes, error };
    const status = left === 0 ? 'succeeded' : statusFor[answer];
    context.progress(pairItem, { status });
    return { counts, bytes };
  }

  /** Progress is read from shared memory, at most ten times a second. */
  async #watch<Result>(context: FolderContext, work: Promise<Result>): Promise<Result> {
    const ended = new AbortController();
    const done = work.finally(() => ended.abort());
    done.catch(() => undefined);
    while (!ended.signal.aborted) {
      this.#tellProgress(context);
      await Promise.race([
        done.catch(() => undefined),
        this.#world.clock.sleep(progressMs, ended.signal),
      ]);
    }
    return done;
  }

  #tellProgress(context: FolderContext): void {
    const { entries, bytes, current } = this.#meter;
    const text = this.#transitions.pathAt(current);
    const value = entries - this.#entriesSeen;
    const answer = context.progress(pairItem, { value, bytes, text });
    if (answer === 'skip' || answer === 'stop' || answer === 'detached') this.#meter.stop();
  }
}

/** One after the other: a long plan never stands in memory as objects. */
function decoded(changes: Iterable<PlanChange>): Transitions {
  const transitions = new Transitions();
  for (const change of changes) transitions.push(decodeTransition(change));
  return transitions;
}

const statusFor = {
  continue: 'failed',
  skip: 'skipped',
  stop: 'stopped',
  'unknown-item': 'failed',
  detached: 'stopped',
} as const;
