// Whole histories of two trees: a person works on both sides, the planner is asked, its plan is carried
// out with failures and surprises, and after each round the invariants of the two-way engine are
// checked by their number (reliability 3.1).
import { doubts } from '../../src/folder/core/doubts.ts';
import { type BaseEntry, type Row, type Side, sides } from '../../src/folder/core/entry.ts';
import {
  type Abilities,
  conflictRules,
  type FolderPlan,
  modes,
  type ReconcileInput,
} from '../../src/folder/core/plan.ts';
import { touchedBy, type Unfinished } from '../../src/folder/core/unfinished.ts';
import { Chance } from '../support/random.ts';
import { TreeDisk } from '../support/tree-disk.ts';
import { nothingUnknown, read, rowsOf, type Unknown } from '../support/tree-rows.ts';
import { Ledger, User } from '../support/tree-user.ts';
import { Monitor } from './monitor.ts';
import { type Parts, trueParts } from './parts.ts';
import { checkGuards, checkPlan } from './plan-invariants.ts';
import type { Rules } from './rules.ts';
import {
  checkConverged,
  checkEquality,
  checkTrees,
  checkTwin,
  isStill,
} from './tree-invariants.ts';
import { Violation } from './violation.ts';

export interface Failure {
  readonly seed: number;
  readonly invariant: string;
  readonly text: string;
  readonly history: readonly string[];
}

/** Nothing, or what went wrong. The same seed always gives the same. */
export function simulateSeed(seed: number, parts: Parts = trueParts): Failure | undefined {
  const run = new Run(seed, parts);
  try {
    run.all();
    return undefined;
  } catch (thrown) {
    const invariant = thrown instanceof Violation ? thrown.invariant : 'crash';
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return { seed, invariant, text, history: run.history };
  }
}

const full: Abilities = {
  caseSensitive: true,
  normalizationSensitive: true,
  timeStepMs: 0.001,
  modes: true,
  links: true,
  nameBytesMax: 255,
};

interface Memory {
  readonly baseline: ReadonlyMap<string, BaseEntry>;
  readonly generation: number;
}

class Run {
  readonly history: string[] = [];
  readonly #parts: Parts;
  readonly #chance: Chance;
  /** Of its own, so that the rest of a course stays what it was. */
  readonly #fate: Chance;
  readonly #rules: Rules;
  readonly #disks: Record<Side, TreeDisk>;
  readonly #ledger = new Ledger();
  readonly #user: User;
  #baseline = new Map<string, BaseEntry>();
  /** What both sides held when they last agreed, by path. */
  #agreed = new Map<string, string | null>();
  /** What rounds that were cut off may have changed since the baseline. */
  #unfinished: Unfinished | null = null;
  /** Raised by every round; the roots' markers carry it (I22). */
  #generation = 1;
  /** A copy of the memory, as a backup would have it. */
  #backup: Memory = { baseline: new Map(), generation: 1 };

  constructor(seed: number, parts: Parts) {
    this.#parts = parts;
    this.#chance = new Chance(seed);
    this.#fate = new Chance(seed ^ 0x5bd1e995);
    const poor = {
      modes: this.#chance.often(0.8),
      timeStepMs: this.#chance.pick([0.001, 0.001, 2000]),
    };
    const abilities = { left: full, right: { ...full, ...poor } };
    this.#rules = {
      mode: this.#chance.often(0.5) ? 'two-way-safe' : this.#chance.pick(modes),
      conflictRule: this.#chance.often(0.5) ? 'ask' : this.#chance.pick(conflictRules),
      abilities,
    };
    this.#disks = {
      left: new TreeDisk(abilities.left, 1_000_000, 100),
      right: new TreeDisk(abilities.right, 5_000_000, 500),
    };
    this.#user = new User(this.#disks, this.#chance, this.#ledger);
    this.history.push(`${this.#rules.mode} ${this.#rules.conflictRule} ${JSON.stringify(poor)}`);
  }

  all(): void {
    const rounds = 2 + this.#chance.below(4);
    for (let round = 0; round < rounds; round++) {
      this.#work();
      this.#round();
    }
    this.#settleDown();
  }

  #work(): void {
    const deeds = 1 + this.#chance.below(8);
    for (let deed = 0; deed < deeds; deed++) this.#deed();
  }

  #deed(): void {
    const side = this.#chance.pick(sides);
    const said = this.#chance.often(0.1) ? this.#user.actOnBoth() : this.#user.act(side);
    if (said !== 'nothing') this.history.push(`${side}: ${said}`);
  }

  #round(): void {
    const unknown = this.#chance.often(0.15) ? this.#someUnknown() : nothingUnknown;
    const trusted = !this.#chance.often(0.05) && this.#restoreSometimes();
    if (!trusted) this.history.push('baseline not trusted');
    if (!trusted && this.#chance.often(0.5)) this.#forget();
    const input = this.#look(unknown, trusted);
    const plan = this.#parts.reconcile(input);
    this.#note(plan);
    checkPlan(input, plan, {
      disks: this.#disks,
      agreed: this.#agreed,
      chance: this.#chance,
      reconcile: this.#parts.reconcile,
    });
    if (this.#isHalted(plan)) return;
    if (trusted && this.#fate.often(0.05)) {
      this.#cutOff(plan);
      return;
    }
    const fails = this.#chance.often(0.4) ? 0.2 : 0;
    const refused = plan.transitions.map(() => this.#chance.often(fails));
    const disturbed = this.#chance.often(0.15);
    if (fails > 0 && !disturbed) checkTwin(this.#disks, plan, refused, this.#parts.applyPlan);
    this.#carryOut(plan, refused, disturbed, trusted);
  }

  /** I18: killed after some of it, and nobody wrote down what came of that. */
  #cutOff({ transitions }: FolderPlan): void {
    const done = this.#fate.below(transitions.length + 1);
    this.history.push(`killed after ${done}`);
    this.#unfinished = touchedBy(transitions, this.#unfinished);
    this.#parts.applyPlan(this.#disks, transitions, { refuses: (at) => at >= done });
    if (this.#fate.often(0.5)) this.history.push(this.#user.takeBack());
  }

  #carryOut(
    plan: FolderPlan,
    refused: readonly boolean[],
    disturbed: boolean,
    trusted: boolean,
  ): void {
    const monitor = new Monitor(this.#disks, this.#agreed);
    const { outcomes, bytes } = this.#parts.applyPlan(this.#disks, plan.transitions, {
      refuses: (at) => refused[at] === true,
      before: () => {
        if (disturbed && this.#chance.often(0.2)) this.#deed();
      },
      watch: monitor.watch,
    });
    monitor.check();
    outcomes.forEach((outcome, at) => {
      const { side, kind, path } = plan.transitions[at] as FolderPlan['transitions'][number];
      if (outcome.state === 'failed')
        this.history.push(`failed: ${side} ${kind} ${path}: ${outcome.reason}`);
    });
    if (!trusted) this.#forget();
    this.#unfinished = null;
    for (const [path, base] of this.#parts.settle(plan.transitions, outcomes, plan.agreements)) {
      if (base === null) this.#baseline.delete(path);
      else this.#baseline.set(path, base);
      this.#agree(path, base);
    }
    this.#generation += 1;
    const quiet = !disturbed && !refused.includes(true);
    checkTrees({
      disks: this.#disks,
      baseline: this.#baseline,
      ledger: this.#ledger,
      rules: this.#rules,
      plan,
      outcomes,
      bytes,
      quiet,
    });
  }

  /** I22: a memory out of a backup, beside roots that have gone on; the true one is not lost. */
  #restoreSometimes(): boolean {
    if (!this.#chance.often(0.1)) {
      if (this.#chance.often(0.2)) this.#backup = this.#memory();
      return true;
    }
    const { generation } = this.#backup;
    const marker = { identity: 'same', generation: this.#generation } as const;
    const trust = this.#parts.trustOf({
      baseline: generation,
      pair: { generation, marked: generation },
      roots: { left: marker, right: marker },
    });
    this.history.push(`memory of generation ${generation}, roots of ${this.#generation}: ${trust}`);
    const isOld = generation < this.#generation;
    if (isOld !== (trust === 'older-baseline')) throw new Violation('I22', trust);
    if (isOld) this.#baseline = new Map(this.#backup.baseline);
    return trust === 'trusted';
  }

  #memory(): Memory {
    return { baseline: new Map(this.#baseline), generation: this.#generation };
  }

  /** I17: what a guard stops is not begun. A person who agrees is asked in two of three cases. */
  #isHalted(plan: FolderPlan): boolean {
    const known = { left: this.#baseline.size, right: this.#baseline.size };
    const limits = { count: 2, share: 0.3 };
    const fired = checkGuards(plan, this.#disks, known, limits, this.#parts);
    const halted = fired && this.#chance.often(0.3);
    if (fired) this.history.push(halted ? 'halted' : 'halted, and approved');
    return halted;
  }

  #forget(): void {
    this.#baseline.clear();
    this.#agreed.clear();
  }

  #agree(path: string, base: BaseEntry | null): void {
    if (base?.content.kind !== 'file') {
      this.#agreed.delete(path);
      return;
    }
    // Who was disturbed may have agreed on what is nowhere any more.
    const side = sides.find((each) => isStill(this.#disks[each].get(path), base, each));
    this.#agreed.set(
      path,
      side === undefined ? null : (this.#disks[side].get(path)?.token ?? null),
    );
  }

  #look(unknown: Unknown, baselineTrusted: boolean): ReconcileInput {
    const rows: readonly Row[] = rowsOf(this.#disks, this.#baseline, unknown);
    const heldOn = (side: Side, path: string) =>
      this.#disks[side].get(path) === null ? null : path;
    const unfinished = baselineTrusted ? this.#unfinished : null;
    const input = { ...this.#rules, rows, baselineTrusted, heldOn, unfinished };
    return { ...input, rows: read(this.#disks, rows, doubts(input)) };
  }

  #someUnknown(): Unknown {
    const side = this.#chance.pick(sides);
    const paths = this.#disks[side].paths();
    if (paths.length === 0) return nothingUnknown;
    const path = this.#chance.pick(paths);
    this.history.push(`${side} cannot see ${path}`);
    return { ...nothingUnknown, [side]: new Set([path]) };
  }

  /** I6, I7, I24: without change or failure two cycles are enough, and then nothing is to do. */
  #settleDown(): void {
    for (let cycle = 0; cycle < 2; cycle++) {
      const plan = this.#parts.reconcile(this.#look(nothingUnknown, true));
      this.history.push(`quiet cycle ${cycle + 1}`);
      this.#note(plan);
      this.#carryOut(plan, [], false, true);
    }
    // Contents agree by now; where the second cycle moved something, stamps of folders are still to follow.
    const stamps = this.#parts.reconcile(this.#look(nothingUnknown, true));
    checkEquality(stamps, this.#disks, this.#rules);
    for (const [path, base] of this.#parts.settle([], [], stamps.agreements)) {
      if (base === null) this.#baseline.delete(path);
      else this.#baseline.set(path, base);
    }
    for (let idle = 0; idle < 2; idle++) {
      const plan = this.#parts.reconcile(this.#look(nothingUnknown, true));
      this.#note(plan);
      checkConverged(plan, this.#disks, this.#baseline, this.#rules);
    }
  }

  #note(plan: FolderPlan): void {
    for (const each of plan.transitions) {
      const from = 'from' in each && each.from !== each.path ? ` from ${each.from}` : '';
      this.history.push(`  ${each.side} ${each.kind} ${each.path}${from}`);
    }
    for (const { path, base } of plan.agreements) {
      this.history.push(`  agree ${path}${base === null ? ' gone' : ''}`);
    }
    for (const { path, kind } of plan.conflicts) this.history.push(`  conflict ${kind} ${path}`);
    for (const { conflict, kept } of plan.resolved ?? []) {
      this.history.push(`  resolved ${conflict.path}: ${kept}`);
    }
  }
}
