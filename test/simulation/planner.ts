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
import { reconcile } from '../../src/folder/core/reconcile.ts';
import { settle } from '../../src/folder/core/settle.ts';
import { Chance } from '../support/random.ts';
import { applyPlan } from '../support/tree-apply.ts';
import { TreeDisk } from '../support/tree-disk.ts';
import { nothingUnknown, read, rowsOf, type Unknown } from '../support/tree-rows.ts';
import { Ledger, User } from '../support/tree-user.ts';
import { checkConverged, checkPlan, checkTrees, checkTwin, Violation } from './invariants.ts';

export interface Failure {
  readonly seed: number;
  readonly invariant: string;
  readonly text: string;
  readonly history: readonly string[];
}

/** Nothing, or what went wrong. The same seed always gives the same. */
export function simulateSeed(seed: number): Failure | undefined {
  const run = new Run(seed);
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

class Run {
  readonly history: string[] = [];
  readonly #chance: Chance;
  readonly #rules: Pick<ReconcileInput, 'mode' | 'conflictRule' | 'abilities'>;
  readonly #disks: Record<Side, TreeDisk>;
  readonly #ledger = new Ledger();
  readonly #user: User;
  #baseline = new Map<string, BaseEntry>();

  constructor(seed: number) {
    this.#chance = new Chance(seed);
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
    const trusted = !this.#chance.often(0.05);
    if (!trusted) this.history.push('baseline not trusted');
    if (!trusted && this.#chance.often(0.5)) this.#baseline.clear();
    const input = this.#look(unknown, trusted);
    const plan = reconcile(input);
    this.#note(plan);
    checkPlan(input, plan, this.#disks, this.#chance);
    const fails = this.#chance.often(0.4) ? 0.2 : 0;
    const refused = plan.transitions.map(() => this.#chance.often(fails));
    const disturbed = this.#chance.often(0.15);
    if (fails > 0 && !disturbed) checkTwin(this.#disks, plan, refused);
    this.#carryOut(plan, refused, disturbed, trusted);
  }

  #carryOut(
    plan: FolderPlan,
    refused: readonly boolean[],
    disturbed: boolean,
    trusted: boolean,
  ): void {
    const { outcomes, bytes } = applyPlan(
      this.#disks,
      plan.transitions,
      (at) => refused[at] === true,
      () => {
        if (disturbed && this.#chance.often(0.2)) this.#deed();
      },
    );
    outcomes.forEach((outcome, at) => {
      const { side, kind, path } = plan.transitions[at] as FolderPlan['transitions'][number];
      if (outcome.state === 'failed')
        this.history.push(`failed: ${side} ${kind} ${path}: ${outcome.reason}`);
    });
    if (!trusted) this.#baseline.clear();
    for (const [path, base] of settle(plan.transitions, outcomes, plan.agreements)) {
      if (base === null) this.#baseline.delete(path);
      else this.#baseline.set(path, base);
    }
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

  #look(unknown: Unknown, baselineTrusted: boolean): ReconcileInput {
    const rows: readonly Row[] = rowsOf(this.#disks, this.#baseline, unknown);
    const heldOn = (side: Side, path: string) =>
      this.#disks[side].get(path) === null ? null : path;
    const input = { ...this.#rules, rows, baselineTrusted, heldOn };
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
      const plan = reconcile(this.#look(nothingUnknown, true));
      this.history.push(`quiet cycle ${cycle + 1}`);
      this.#note(plan);
      this.#carryOut(plan, [], false, true);
    }
    for (let idle = 0; idle < 2; idle++) {
      const plan = reconcile(this.#look(nothingUnknown, true));
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
