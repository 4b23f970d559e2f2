// A plan in the making: one list for each stage of the order that reconcile.ts describes.
import type { BothAbilities } from './change.ts';
import type { BaseEntry, Problem, Side } from './entry.ts';
import type { FoundMove } from './found-move.ts';
import { inOrder } from './order.ts';
import { isWithin, nearest } from './path.ts';
import type {
  Agreement,
  Deletion,
  FolderPlan,
  MetadataChange,
  Move,
  PathConflict,
  Remark,
  Replacement,
  Resolved,
  Transition,
} from './plan.ts';
import type { Spot } from './spot.ts';
import { Transitions } from './transitions.ts';

/** A plan whose transitions are columns: they last as long as the session. */
export type PlanAtHand = Omit<FolderPlan, 'transitions'> & { readonly transitions: Transitions };

export class Draft {
  readonly structure: Readonly<Record<Side, Transition[]>> = { left: [], right: [] };
  readonly clearings: Replacement[] = [];
  readonly contents = new Transitions();
  readonly metadata: MetadataChange[] = [];
  readonly deletions: Deletion[] = [];
  readonly agreements: Agreement[] = [];
  readonly conflicts: PathConflict[] = [];
  readonly resolved: Resolved[] = [];
  readonly problems: Problem[] = [];
  readonly remarks: Remark[] = [];
  /** Moves that lead to where nothing, or something else, is to be done. */
  readonly stuck: FoundMove[] = [];
  /** What the baseline learns from a move, by where the move ends. */
  readonly #carries = new Map<string, Agreement[]>();
  /** Subtrees in which nothing is decided path by path: held as they are, or taken from a side. */
  readonly #overrides = new Map<string, Side | 'hold'>();
  /** Whether a side has something of that name already. */
  readonly isTaken: (path: string) => boolean;

  constructor(isTaken: (path: string) => boolean) {
    this.isTaken = isTaken;
  }

  hold(path: string): void {
    this.#overrides.set(path, 'hold');
  }

  take(path: string, side: Side): void {
    this.#overrides.set(path, side);
  }

  overrideAt(path: string): Side | 'hold' | null {
    const top = nearest(path, this.#overrides);
    return top === null ? null : (this.#overrides.get(top) ?? null);
  }

  /** Both sides hold this here, once the moves of the plan are done. */
  agree(spot: Spot, base: BaseEntry | null): void {
    if (!this.carry(spot.path, { path: spot.path, base })) {
      this.agreements.push({ path: spot.path, base });
    }
  }

  expectMove(to: string): void {
    this.#carries.set(to, []);
  }

  /** Whether a move takes the path there, so that the agreement has to wait for it. */
  carry(path: string, agreement: Agreement): boolean {
    const move = nearest(path, this.#carries);
    if (move === null) return false;
    this.#carries.get(move)?.push(agreement);
    return true;
  }

  carriesOf(to: string): readonly Agreement[] {
    return this.#carries.get(to) ?? [];
  }

  plan(abilities: BothAbilities): PlanAtHand {
    const { agreements, conflicts, resolved, problems, remarks } = this;
    const deletions = this.deletions.reverse();
    const replaced = {
      left: new Set(this.clearings.filter(({ side }) => side === 'left').map(({ path }) => path)),
      right: new Set(this.clearings.filter(({ side }) => side === 'right').map(({ path }) => path)),
    };
    const inside = ({ side, path }: Deletion) => isWithin(path, replaced[side]);
    const structure = inOrder(this.structure, abilities);
    const carrying = structure.map((each) => this.#withCarries(each));
    const before = carrying.concat(deletions.filter(inside), this.clearings.reverse());
    const after = [...this.metadata.reverse(), ...deletions.filter((each) => !inside(each))];
    const transitions = around(this.contents, before, after);
    const waits = [...this.#overrides.values()].includes('hold');
    return { transitions, agreements, conflicts, resolved, problems, remarks, waits };
  }

  /** The first half of a move that steps aside teaches nothing. */
  #withCarries(transition: Transition): Transition {
    if (transition.kind !== 'move' || transition.path === transition.via) return transition;
    const carries = this.#carries.get(transition.path);
    return carries === undefined ? transition : ({ ...transition, carries } satisfies Move);
  }
}

/** Those that come before and after are put behind, for there may be very many contents. */
function around(
  contents: Transitions,
  before: readonly Transition[],
  after: readonly Transition[],
): Transitions {
  const many = contents.length;
  for (const each of before) contents.push(each);
  for (const each of after) contents.push(each);
  if (before.length === 0) return contents;
  const order = Uint32Array.from({ length: contents.length }, (_, at) => {
    if (at < before.length) return many + at;
    return at < before.length + many ? at - before.length : at;
  });
  contents.arrange(order);
  return contents;
}
