// The real engine beside itself: one history several times over, with something changed that must make no
// difference, or only the one that is right. What a run did is held against what its twin did.
import { isDeepStrictEqual } from 'node:util';
import { type Side, sides } from '../../../src/folder/core/entry.ts';
import { Chance } from '../../support/random.ts';
import { Ledger, User } from '../../support/tree-user.ts';
import { cloneOf } from '../../support/virtual/clone.ts';
import type { VirtualNode } from '../../support/virtual/node.ts';
import { View } from '../../support/virtual/view.ts';
import { fatNature, type Nature, posixNature } from '../../support/virtual/volume.ts';
import type { Failure } from '../planner.ts';
import { isRelated } from '../rules.ts';
import { brokenBy, Violation } from '../violation.ts';
import { type Driven, Driver, type Roots, type Setting } from './driver.ts';
import {
  agreedIn,
  type BothVisible,
  generationIn,
  inodesIn,
  type Stood,
  tokensIn,
  visibleIn,
} from './visible.ts';

const begin = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;

const natures: readonly Nature[] = [
  posixNature,
  posixNature,
  fatNature,
  { ...posixNature, caseSensitive: false, normalizationSensitive: false },
  { ...posixNature, flushes: false },
];

const names = [
  ['a', 'b', 'c', 'a-b', 'd.txt', 'e'],
  ['a', 'A', 'b', 'caf\u00e9', 'cafe\u0301', 'ss'],
  ['-rf', '$(x)', 'con', 'x\ny', '\u202etxt.exe', '.bashrc', `${'long'.repeat(50)}`],
];

/** Nothing, or what went wrong. The same seed always gives the same. */
export async function simulateTwinSeed(seed: number): Promise<Failure | undefined> {
  const twins = new Twins(seed);
  try {
    await twins.all();
    return undefined;
  } catch (thrown) {
    return { seed, ...brokenBy(thrown), history: twins.lines };
  }
}

interface History {
  readonly driver: Driver;
  readonly user: User;
  readonly ledger: Ledger;
  readonly chance: Chance;
}

class Twins {
  readonly lines: string[] = [];
  readonly #chance: Chance;
  readonly #setting: Setting;
  readonly #isFree: boolean;
  /** No version wins over another. */
  readonly #isAsked: boolean;
  readonly #replica: boolean;
  readonly #own: History;
  /** Sides exchanged; null where the rules tell them apart. */
  readonly #mirror: History | null;
  /** The right clock wrong; null where a rule asks the clock. */
  readonly #late: History | null;
  #oldState: VirtualNode | null = null;
  #settled: BothVisible | null = null;

  constructor(seed: number) {
    const chance = new Chance(seed);
    this.#chance = chance;
    const mode = chance.often(0.6)
      ? 'two-way-safe'
      : chance.pick(['two-way-resolved', 'one-way-safe', 'one-way-replica'] as const);
    const conflict = chance.pick(['ask', 'ask', 'largest', 'copy', 'left'] as const);
    const rules = { mode, conflict, limits: { count: 1000 } };
    const both = { left: chance.pick(natures), right: chance.pick(natures) };
    this.#setting = { natures: both, rules };
    this.#replica = mode === 'one-way-replica';
    this.#isAsked = mode !== 'one-way-replica' && conflict === 'ask' && mode !== 'two-way-resolved';
    this.#isFree = mode === 'two-way-safe' && (conflict === 'ask' || conflict === 'largest');
    const own = chance.pick(names);
    this.#own = history(seed, this.#setting, own, 'as it is');
    const exchanged = { natures: { left: both.right, right: both.left }, rules };
    this.#mirror = this.#isFree ? history(seed, exchanged, own, 'exchanged') : null;
    const late = { left: 0, right: chance.pick([2 * hourMs, -2 * hourMs, 9000 * hourMs]) };
    const steps = both.left.stepMs === both.right.stepMs;
    const isClockless = this.#isFree && steps;
    this.#late = isClockless ? history(seed, { ...this.#setting, late }, own, 'as it is') : null;
    this.lines.push(JSON.stringify({ ...rules, ...both, late: late.right }));
  }

  get #all(): readonly History[] {
    return [this.#own, this.#mirror, this.#late].filter((each) => each !== null);
  }

  async all(): Promise<void> {
    const rounds = 2 + this.#chance.below(3);
    for (let round = 0; round < rounds; round += 1) {
      this.#work(1 + this.#chance.below(7));
      await this.#round();
    }
  }

  #work(count: number): void {
    for (let deed = 0; deed < count; deed += 1) {
      const side = this.#chance.pick(sides);
      const both = this.#chance.often(0.15);
      const said = this.#all.map(({ user, driver }) => {
        driver.clock.advance(3000);
        if (both) return user.actOnBoth();
        return user.act(side);
      });
      this.lines.push(`${side}: ${said[0]}`);
    }
    for (const { driver } of this.#all) {
      for (const side of sides) driver.volume(side).flush();
      driver.clock.advance(60_000);
    }
  }

  async #round(): Promise<void> {
    const { driver } = this.#own;
    const { left, right, state } = rootsOf(driver);
    const at = driver.clock.now();
    const before = { left: cloneOf(left), right: cloneOf(right), state: cloneOf(state), at };
    const seen = visibleIn(before);
    const stood = inodesIn(before);
    const spent = countBytes(driver);
    const driven = await driver.run();
    this.#note(driven);
    const after = visibleIn(rootsOf(driver));
    await this.#checkLook(before, driven);
    this.#checkNames(seen, after);
    if (driven.alarms.length === 0) {
      this.#checkFree(seen, stood, inodesIn(rootsOf(driver)), driven);
      this.#checkWaste(seen, spent());
      await this.#checkOrder(before, after);
      await this.#checkIsolation(before, after, driven);
    }
    await this.#checkMemory(before, null, 'I21');
    if (this.#oldState !== null) await this.#checkMemory(before, this.#oldState, 'I22');
    await this.#checkMirror();
    await this.#checkClock();
    // One that is a round old by the time it comes back. After a run that settled nothing it is still the
    // newest, and right to be believed.
    const isOlder =
      generationIn(before.state) !== generationIn(rootsOf(driver).state) ||
      !isDeepStrictEqual(agreedIn(after), agreedIn(seen));
    if (driven.alarms.length === 0 && isOlder) this.#oldState = before.state;
    this.#settled = after;
  }

  #note({ changes, alarms }: Driven): void {
    this.lines.push(`run ${alarms.join(' ')}`);
    for (const { side, kind, path, from } of changes) {
      this.lines.push(`  ${side} ${kind} ${path}${from === undefined ? '' : ` from ${from}`}`);
    }
  }

  #twin(roots: Roots & { readonly at: number }, setting: Setting = this.#setting): Driver {
    const { left, right, state, at } = roots;
    return new Driver(
      { left: cloneOf(left), right: cloneOf(right), state: cloneOf(state) },
      at,
      setting,
    );
  }

  /** I8: whichever lane is quicker, it comes to the same. */
  async #checkOrder(before: Roots & { readonly at: number }, after: BothVisible): Promise<void> {
    const lanes = new Chance(this.#chance.below(1_000_000));
    const twin = this.#twin(before, { ...this.#setting, lanes });
    await twin.run();
    same('I8', 'in another order', after, visibleIn(rootsOf(twin)));
  }

  /** I12: where one path cannot be changed, all that has nothing to do with it is as without that. */
  async #checkIsolation(
    before: Roots & { readonly at: number },
    after: BothVisible,
    { changes }: Driven,
  ): Promise<void> {
    if (changes.length < 2 || changes.some(({ kind }) => kind === 'move')) return;
    const { side, path } = this.#chance.pick(changes);
    const twin = this.#twin(before);
    twin.machine.before = (call) => {
      twin.clock.advance(call.effect === 'sync' ? 4 : 1);
      return call.effect === 'change' && call.path === `/${side}/${path}` ? 'EACCES' : null;
    };
    await twin.run();
    const now = visibleIn(rootsOf(twin));
    const apart = ([at]: readonly [string, string]) => !isRelated(at, new Set([path]));
    const rest = (all: BothVisible): BothVisible => ({
      left: new Map([...all.left].filter(apart)),
      right: new Map([...all.right].filter(apart)),
    });
    same('I12', `where ${side} ${path} fails`, rest(after), rest(now));
  }

  /** I20: to look changes nothing, and what is shown is what is done. */
  async #checkLook(before: Roots & { readonly at: number }, done: Driven): Promise<void> {
    const twin = this.#twin(before);
    const stood = inodesIn(rootsOf(twin));
    const shown = await twin.run(false);
    if (!isDeepStrictEqual(inodesIn(rootsOf(twin)), stood))
      throw new Violation('I20', 'it changed');
    if (!isDeepStrictEqual(shown.changes, done.changes)) {
      throw new Violation('I20', 'another plan is shown than is carried out');
    }
  }

  /** I21, I22: with no memory, or an old one, nothing is deleted and nothing leaves sight. */
  async #checkMemory(
    before: Roots & { readonly at: number },
    state: VirtualNode | null,
    invariant: 'I21' | 'I22',
  ): Promise<void> {
    if (this.#replica) return;
    const twin = this.#twin({ ...before, state: state ?? emptied(before.state) });
    const { changes } = await twin.run();
    const deletion = changes.find(({ kind }) => kind === 'delete');
    const isFirst = this.#settled === null;
    if (deletion !== undefined && !isFirst && this.#isFree) {
      throw new Violation(invariant, `${deletion.side} delete ${deletion.path}`);
    }
    if (!this.#isAsked) return;
    const tokens = tokensIn(visibleIn(rootsOf(twin)));
    for (const token of tokensIn(visibleIn(before))) {
      if (!tokens.has(token)) throw new Violation(invariant, `${token} is out of sight`);
    }
  }

  /** I11: what both sides have alike is written by nobody. */
  #checkFree(seen: BothVisible, stood: Stood, stands: Stood, { changes }: Driven): void {
    const touched = new Set(changes.flatMap(({ path, from }) => [path, from ?? path]));
    for (const [path, token] of seen.left) {
      if (seen.right.get(path) !== token) continue;
      for (const side of sides) {
        const now = stands.get(`${side} ${path}`);
        const isMoved = isRelated(path, touched) && changes.some(({ kind }) => kind === 'move');
        if (now !== undefined && now.inode !== stood.get(`${side} ${path}`)?.inode && !isMoved) {
          throw new Violation('I11', `${side} ${path} was the same on both sides`);
        }
      }
    }
  }

  /** I15: no name is made up, and none is changed on the way. */
  #checkNames(before: BothVisible, after: BothVisible): void {
    const known = new Set([...before.left.keys(), ...before.right.keys()]);
    for (const side of sides) {
      for (const path of after[side].keys()) {
        if (known.has(path) || / \(conflict (left|right) .*\)/.test(path)) continue;
        if (!this.#isFollowed(path, before)) throw new Violation('I15', `${side} ${path}`);
      }
    }
  }

  /** A path that some folder's move took along has its token on a side already. */
  #isFollowed(path: string, before: BothVisible): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return sides.some((side) =>
      [...before[side].keys()].some((each) => each.endsWith(`/${name}`) || each === name),
    );
  }

  /** I25: twice what changed is enough. */
  #checkWaste(seen: BothVisible, spent: number): void {
    const settled = this.#settled;
    let changed = 0;
    for (const side of sides) {
      for (const [path, token] of seen[side]) {
        const isKnown = settled !== null && settled[side].get(path) === token;
        const isAlone = seen[other[side]].get(path) !== token;
        if (!isKnown || isAlone) changed += tokenBytes;
      }
    }
    if (spent > 2 * changed) throw new Violation('I25', `${spent} bytes for ${changed}`);
  }

  /** I9: sides exchanged, it comes to the same with sides exchanged. */
  async #checkMirror(): Promise<void> {
    if (this.#mirror === null) return;
    const { driver } = this.#mirror;
    await driver.run();
    const { left, right } = visibleIn(rootsOf(driver));
    same('I9', 'exchanged', visibleIn(rootsOf(this.#own.driver)), { left: right, right: left });
  }

  /** I23: a clock that is wrong changes nothing. */
  async #checkClock(): Promise<void> {
    if (this.#late === null) return;
    const { driver } = this.#late;
    await driver.run();
    same('I23', 'late', visibleIn(rootsOf(this.#own.driver)), visibleIn(rootsOf(driver)));
  }
}

const other = { left: 'right', right: 'left' } as const;
const tokenBytes = 12;

function history(
  seed: number,
  setting: Setting,
  own: readonly string[],
  how: 'as it is' | 'exchanged',
): History {
  const driver = new Driver(null, begin, setting);
  const view = (side: Side) => {
    const lateMs = setting.late?.[side] ?? 0;
    return new View(
      driver.volume(side),
      () => driver.clock.now() + lateMs,
      () => undefined,
    );
  };
  const chance = new Chance(seed + 17);
  const ledger = new Ledger();
  // The person does the same, whichever side the engine takes it for.
  const isExchanged = how === 'exchanged';
  const views = {
    left: view(isExchanged ? 'right' : 'left'),
    right: view(isExchanged ? 'left' : 'right'),
  };
  return { driver, chance, ledger, user: new User(views, chance, ledger, own) };
}

function rootsOf(driver: Driver): Roots {
  return {
    left: driver.volume('left').root,
    right: driver.volume('right').root,
    state: driver.volume('state').root,
  };
}

function emptied(state: VirtualNode): VirtualNode {
  return { ...cloneOf(state), names: new Map(), durable: new Map() };
}

/** Bytes of files that are written below the roots, until it is asked. */
function countBytes(driver: Driver): () => number {
  let count = 0;
  driver.machine.after = ({ what, path }) => {
    if (what === 'write' && !path.startsWith('/state') && !path.includes('marker.')) {
      count += tokenBytes;
    }
  };
  return () => {
    driver.machine.after = () => undefined;
    return count;
  };
}

function same(invariant: string, what: string, one: BothVisible, two: BothVisible): void {
  for (const side of sides) {
    for (const path of new Set([...one[side].keys(), ...two[side].keys()])) {
      const [here, there] = [one[side].get(path), two[side].get(path)];
      if (here === there) continue;
      throw new Violation(invariant, `${what}: ${side} ${path} is ${there} and not ${here}`);
    }
  }
}
