// Whole histories of the real manager and the real folder engine on virtual disks, each drawn from a
// seed: a person works on both sides, sessions run and are disturbed, killed or cut off, backups come
// back; and the invariants of reliability 3.1 are judged at every call and after every session.
import { createHash } from 'node:crypto';
import { type Side, sides } from '../../../src/folder/core/entry.ts';
import { isReserved } from '../../../src/folder/core/path.ts';
import { conflictRules, modes } from '../../../src/folder/core/plan.ts';
import type { Session } from '../../../src/model/session.ts';
import { Chance } from '../../support/random.ts';
import { Ledger, User } from '../../support/tree-user.ts';
import type { Call } from '../../support/virtual/calls.ts';
import { durableBytes, survivors } from '../../support/virtual/crash.ts';
import { nodesBelow } from '../../support/virtual/node.ts';
import { tokenOf } from '../../support/virtual/tokens.ts';
import { View } from '../../support/virtual/view.ts';
import { fatNature, type Nature, posixNature } from '../../support/virtual/volume.ts';
import type { Failure } from '../planner.ts';
import { mayChoose } from '../rules.ts';
import { brokenBy, Violation } from '../violation.ts';
import { checkBlind, checkConverged, checkSession, type Looks } from './after.ts';
import { type Circumstances, drawCircumstances } from './circumstances.ts';
import { Computer } from './computer.ts';
import { Judge } from './judge.ts';

const natures: readonly Nature[] = [
  posixNature,
  posixNature,
  posixNature,
  fatNature,
  { ...posixNature, caseSensitive: false, normalizationSensitive: false },
  { ...posixNature, hardLinks: false, stepMs: 1000 },
  { ...posixNature, flushes: false },
];

const names = [
  ['a', 'b', 'c', 'a-b', 'd.txt', 'e', 'f~'],
  ['a', 'A', 'b', 'caf\u00e9', 'cafe\u0301', 'ss', 'SS'],
  ['-rf', '$(x)', 'con', 'x\ny', '\u202etxt.exe', '.bashrc', `${'long'.repeat(50)}`],
];

export interface EngineTotals {
  events: number;
  sessions: number;
  deaths: number;
}

/** Nothing, or what went wrong. The same seed always gives the same. */
export async function simulateEngineSeed(
  seed: number,
  totals: EngineTotals = { events: 0, sessions: 0, deaths: 0 },
): Promise<Failure | undefined> {
  const history = new History(seed, totals);
  try {
    await history.all();
    if (seed % 64 === 0) await checkDeterminism(seed, history.trace());
    return undefined;
  } catch (thrown) {
    return { seed, ...brokenBy(thrown), history: history.course() };
  }
}

/** I19: the same seed takes the same course. */
async function checkDeterminism(seed: number, trace: string): Promise<void> {
  const again = new History(seed, { events: 0, sessions: 0, deaths: 0 });
  await again.all();
  if (again.trace() !== trace) throw new Violation('I19', 'another course for the same seed');
}

class History {
  readonly #lines: string[] = [];
  readonly #chance: Chance;
  readonly #totals: EngineTotals;
  /** The last session did not come to its end. */
  #isCutOff = false;
  readonly #computer: Computer;
  readonly #ledger = new Ledger();
  readonly #views: Readonly<Record<Side, View>>;
  readonly #user: User;
  readonly #judge: Judge;
  readonly #rules: { readonly mode: (typeof modes)[number]; readonly conflict: string };
  /** Of the last session. */
  #calls: string[] = [];
  readonly #hash = createHash('sha1');

  constructor(seed: number, totals: EngineTotals) {
    this.#totals = totals;
    const chance = new Chance(seed);
    this.#chance = chance;
    this.#rules = {
      mode: chance.often(0.6) ? 'two-way-safe' : chance.pick(modes),
      conflict: chance.often(0.6) ? 'ask' : chance.pick(conflictRules),
    };
    const limits = chance.often(0.2) ? { count: 2, share: 0.3 } : { count: 1000 };
    const both = { left: chance.pick(natures), right: chance.pick(natures) };
    this.#computer = new Computer(chance, both, { ...this.#rules, limits });
    const large = chance.often(0.03);
    const sizeOf = (path: string) =>
      large && path.endsWith('b') ? 300_000 + 900_000 * chance.below(2) : undefined;
    const now = () => this.#computer.clock.now();
    const view = (side: Side) => new View(this.#computer.volume(side), now, sizeOf);
    this.#views = { left: view('left'), right: view('right') };
    this.#user = new User(this.#views, chance, this.#ledger, chance.pick(names));
    const outside = new View(this.#computer.volume('outside'), now, () => undefined);
    outside.put('secret', 'folder', '', 0o755);
    outside.put('secret/a', 'file', 't999999', 0o644);
    outside.volume.flush();
    this.#judge = new Judge(this.#computer, this.#ledger);
    this.#computer.machine.after = this.#judge.watch;
    this.#lines.push(JSON.stringify({ ...this.#rules, limits, ...both }));
  }

  /** What was said, the calls of the last session, and what stands on both sides. */
  course(): readonly string[] {
    const stands = sides.flatMap((side) =>
      [...nodesBelow(this.#computer.volume(side).root)].map(
        ([path, node]) =>
          `  ${side} ${path} ${node.kind} ${node.inode} ${tokenOf(node.bytes) ?? node.target}`,
      ),
    );
    return [...this.#lines, ...this.#calls, ...stands];
  }

  trace(): string {
    return this.#hash.copy().digest('hex');
  }

  async all(): Promise<void> {
    await this.#computer.begin();
    const rounds = 2 + this.#chance.below(3);
    for (let round = 0; round < rounds; round++) {
      this.#work(1 + this.#chance.below(8));
      await this.#round();
    }
    await this.#comeToRest();
  }

  #say(text: string): void {
    this.#lines.push(text);
    this.#hash.update(text);
  }

  #work(deeds: number): void {
    for (let deed = 0; deed < deeds; deed++) {
      this.#deed('');
      this.#computer.clock.advance(this.#chance.pick([0, 1, 30, 500, 5000]));
    }
    if (!this.#chance.often(0.6)) return;
    // Every half minute the system puts what was written on disk.
    for (const side of sides) this.#computer.volume(side).flush();
    this.#computer.clock.advance(30_000);
  }

  #deed(when: string): void {
    const side = this.#chance.pick(sides);
    const said = this.#chance.often(0.1) ? this.#user.actOnBoth() : this.#user.act(side);
    this.#totals.events += 1;
    if (said !== 'nothing') this.#say(`${when}${side}: ${said}`);
  }

  /**
   * Where a disk has no hard links a name is given by a rename, which replaces what somebody put there
   * since the last look (docs/proof.md).
   */
  #isUnguarded({ what, path }: Call): boolean {
    const [, top = '', first = ''] = path.split('/');
    if (what !== 'rename' || first === '.syncmgr') return false;
    return !this.#computer.volume(top).nature.hardLinks;
  }

  async #round(): Promise<void> {
    const circumstances = drawCircumstances(this.#chance, {
      meddle: () => this.#deed('meanwhile '),
      attack: () => this.#attack(),
      isUnguarded: (call) => this.#isUnguarded(call),
      die: () => this.#computer.die(),
      someFolder: () => this.#someFolder(),
    });
    this.#say(circumstances.kind + (circumstances.blind ?? ''));
    const before = this.#look();
    const followsCut = this.#isCutOff;
    const session = await this.#session(circumstances);
    this.#isCutOff = session === null;
    if (session === null) {
      await this.#rise(circumstances);
      return;
    }
    const after = this.#look();
    checkSession(session, before, after);
    for (const path of circumstances.refused ?? []) {
      checkBlind(path, before, after, { followsCut });
    }
    this.#checkSight();
  }

  async #session({ bystander }: Pick<Circumstances, 'bystander'>): Promise<Session | null> {
    const { machine, clock } = this.#computer;
    this.#judge.bytes = 0;
    this.#judge.changes = 0;
    machine.before = (call) => {
      clock.advance(call.effect === 'sync' ? 4 : 1);
      if (call.effect !== 'none') {
        this.#totals.events += 1;
        this.#hash.update(`${call.what} ${call.path}\n`);
        this.#calls.push(`    ${call.what} ${call.path}`);
      }
      return bystander(call);
    };
    this.#totals.sessions += 1;
    this.#calls = [];
    const session = await this.#computer.run();
    machine.before = () => null;
    this.#judge.check();
    const { plan = null, result = null } = session ?? {};
    this.#say(
      `  ${result?.ending ?? 'died'} ${plan?.slice(0, 6)} ${JSON.stringify(result?.counts)} ${result?.error?.text ?? ''}`,
    );
    for (const line of plan === null ? [] : await this.#planned(plan)) this.#lines.push(line);
    const errors = session === null ? [] : await this.#problemsOf(session);
    for (const error of errors) this.#say(`  ${error}`);
    return session;
  }

  async #planned(plan: string): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const { side, kind, path, from } of await this.#computer.store.plans.changes(plan)) {
      lines.push(`    plan: ${side} ${kind} ${path}${from === undefined ? '' : ` from ${from}`}`);
    }
    return lines;
  }

  async #problemsOf({ id }: Session): Promise<readonly string[]> {
    const lines = await this.#computer.store.log.list({ session: id, levels: ['error'] });
    return lines.map(({ text }) => text);
  }

  /** Starts again on what the kill or the power cut left. */
  async #rise({ kind }: Circumstances): Promise<void> {
    this.#totals.deaths += 1;
    const disks = ['left', 'right', 'state'].map((name) => this.#computer.volume(name));
    const below = (limit: number) => this.#chance.below(limit);
    const survivor = kind === 'cut' ? this.#chance.pick(survivors(disks, 16, below)) : null;
    const durable = survivor === null ? null : this.#durableTokens();
    await this.#computer.startAgain(survivor);
    for (const side of sides) this.#views[side].volume = this.#computer.volume(side);
    for (const token of this.#judge.missing()) {
      if (durable === null || durable.has(token)) throw new Violation('I1', `${token} is gone`);
      // Its person lost it to the power cut, before anybody put it on disk.
      this.#ledger.superseded.add(token);
      this.#say(`  lost with the power: ${token}`);
    }
    for (const side of sides) {
      for (const [path, token] of this.#judge.sight().visible[side]) {
        if (token === 'no token') throw new Violation('I2', `${side} ${path} after the cut`);
      }
    }
  }

  #durableTokens(): ReadonlySet<string> {
    const tokens = new Set<string>();
    for (const side of sides) {
      for (const [path, node] of nodesBelow(this.#computer.volume(side).root, 'durable')) {
        if (path.startsWith('.syncmgr/stage')) continue;
        const bytes = durableBytes(node);
        const token = bytes === null ? null : tokenOf(bytes);
        if (token !== null) tokens.add(token);
      }
    }
    return tokens;
  }

  /** I10: where no rule chooses, nothing that nobody took away is out of sight. */
  #checkSight(): void {
    if (mayChoose({ mode: this.#rules.mode, conflictRule: this.#rules.conflict } as never)) return;
    const { visible } = this.#judge.sight();
    const seen = new Set([...visible.left.values(), ...visible.right.values()]);
    for (const token of this.#ledger.written) {
      if (!seen.has(token) && !this.#ledger.superseded.has(token)) {
        throw new Violation('I10', `${token} is out of sight`);
      }
    }
  }

  #look(): Looks {
    const { visible } = this.#judge.sight();
    return { visible, changes: this.#judge.changes, agreed: new Map(this.#judge.agreed) };
  }

  #someFolder(): string | null {
    const side = this.#chance.pick(sides);
    const view = this.#views[side];
    const folders = view
      .paths()
      .filter((path) => !isReserved(path) && view.get(path)?.kind === 'folder');
    return folders.length === 0 ? null : `/${side}/${this.#chance.pick(folders)}`;
  }

  /** A link that leads out, where a folder was; what was in the folder is kept beside it. */
  #attack(): void {
    const side = this.#chance.pick(sides);
    const view = this.#views[side];
    const folders = view
      .paths()
      .filter((path) => !isReserved(path) && view.get(path)?.kind === 'folder');
    if (folders.length === 0 || !view.volume.nature.links) return;
    const path = this.#chance.pick(folders);
    if (view.get(`${path}!`) !== null) return;
    view.move(path, `${path}!`);
    view.put(path, 'link', '/outside/secret', 0o777);
    this.#say(`meanwhile ${side}: ${path} leads out`);
  }

  /** I6, I7, I24: two quiet sessions are enough, and then nothing is left to do. */
  async #comeToRest(): Promise<void> {
    for (const side of sides) this.#computer.volume(side).flush();
    this.#computer.clock.advance(60_000);
    const calm = { bystander: () => null };
    for (let cycle = 0; cycle < 3; cycle++) {
      const before = this.#look();
      const session = await this.#session(calm);
      if (session === null) throw new Violation('S2', 'a calm session never ended');
      checkSession(session, before, this.#look());
      if (session.phase === 'halted' && session.plan !== null) {
        const approved = await this.#computer.approve(session.plan);
        this.#say(`  approved: ${approved?.phase}`);
        this.#judge.check();
      }
      this.#checkSight();
      this.#computer.clock.advance(60_000);
    }
    const session = await this.#session(calm);
    await checkConverged({
      session,
      changes: this.#judge.changes,
      bytes: this.#judge.bytes,
      mode: this.#rules.mode,
      store: this.#computer.store,
      views: this.#views,
    });
  }
}
