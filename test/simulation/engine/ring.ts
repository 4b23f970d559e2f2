// Three folders in a ring of three pairs: sessions that share a root run at the same moment, a person works
// on all three, a run is killed. What one pair does is for the next one what a person did (CC-04).
import '../../../src/folder/digest.ts';
import '../../../src/folder/finish.ts';
import '../../../src/folder/inspect.ts';
import '../../../src/folder/probe.ts';
import '../../../src/folder/roots.ts';
import '../../../src/folder/transfer.ts';
import { isReserved } from '../../../src/folder/core/path.ts';
import { folderHandler } from '../../../src/folder/handler.ts';
import { folderJobs } from '../../../src/folder/jobs.ts';
import { errorRecord } from '../../../src/model/error.ts';
import { sha256 } from '../../../src/platform/hasher.ts';
import type { Handler } from '../../../src/ports/handler.ts';
import { Chance } from '../../support/random.ts';
import { openSeededCrew } from '../../support/seeded-crew.ts';
import { Ledger, User } from '../../support/tree-user.ts';
import { Machine } from '../../support/virtual/machine.ts';
import { nodesBelow } from '../../support/virtual/node.ts';
import { tokenOf } from '../../support/virtual/tokens.ts';
import { View } from '../../support/virtual/view.ts';
import { posixNature, Volume } from '../../support/virtual/volume.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';
import { SharedLocks } from '../../support/world.ts';
import type { Failure } from '../planner.ts';
import { isRelated } from '../rules.ts';
import { brokenBy, Violation } from '../violation.ts';
import { passTimeOf } from './computer.ts';
import { type Driven, drive } from './driver.ts';

const roots = ['one', 'two', 'three'] as const;
const pairs = [
  ['one', 'two'],
  ['two', 'three'],
  ['three', 'one'],
] as const;
type Pair = (typeof pairs)[number];

/**
 * What goes round behind its own undoing is left alone when it came and went twice, an empty folder when it
 * did so four times: and then what it was in is one.
 */
const roundsToRest = 40;

/** Nothing, or what went wrong. The same seed always gives the same. */
export async function simulateRingSeed(seed: number): Promise<Failure | undefined> {
  const ring = new Ring(seed);
  try {
    await ring.all();
    return undefined;
  } catch (thrown) {
    return { seed, ...brokenBy(thrown), history: ring.lines };
  }
}

class Ring {
  readonly lines: string[] = [];
  readonly #chance: Chance;
  readonly #rule: string;
  readonly #clock = new VirtualClock();
  readonly #ledger = new Ledger();
  readonly #locks = new SharedLocks();
  readonly #users: readonly User[];
  #machine: Machine;
  #handler: Handler;
  #starts = 0;
  #ids = 0;
  #first: Violation | null = null;

  constructor(seed: number) {
    const chance = new Chance(seed);
    this.#chance = chance;
    this.#rule = chance.pick(['ask', 'copy', 'newest', 'largest']);
    this.#clock.hold();
    const volumes = [...roots, 'state'].map(
      (name, at) => [name, new Volume(posixNature, at + 1, () => this.#clock.now())] as const,
    );
    this.#machine = new Machine(new Map(volumes));
    this.#handler = this.#start();
    const view = (name: string) =>
      new View(
        this.#volume(name),
        () => this.#clock.now(),
        () => undefined,
      );
    const [one, two, three] = roots.map(view) as [View, View, View];
    const person = (left: View, right: View) => new User({ left, right }, chance, this.#ledger);
    this.#users = [person(one, two), person(three, one)];
    this.lines.push(this.#rule);
  }

  async all(): Promise<void> {
    const rounds = 2 + this.#chance.below(3);
    for (let round = 0; round < rounds; round += 1) {
      this.#work(1 + this.#chance.below(6));
      await this.#round();
    }
    await this.#comeToRest();
  }

  #volume(name: string): Volume {
    return this.#machine.volumes.get(name) as Volume;
  }

  /** Of a process that has just begun: what the last one held is free, what it knew is gone. */
  #start(): Handler {
    this.#starts += 1;
    const volumes = this.#machine.volumes;
    this.#machine = new Machine(volumes);
    this.#machine.before = ({ effect }) => this.#pass(effect === 'sync' ? 4 : 1);
    this.#machine.after = ({ what, path }) => {
      this.#first ??= this.#judge(`${what} ${path}`);
    };
    const world = { filesystem: this.#machine, clock: this.#clock, sha256 };
    return folderHandler({
      ...world,
      crew: openSeededCrew(world, folderJobs, this.#chance, 4),
      random: { uuid: () => this.#uuid(), fraction: () => 0.5 },
      locks: this.#locks.of(this.#starts),
      stateFolder: '/state/syncmgr',
    });
  }

  #uuid(): string {
    this.#ids += 1;
    return `00000000-0000-7000-8000-${this.#ids.toString(16).padStart(12, '0')}`;
  }

  #pass(ms: number): null {
    this.#clock.advance(ms);
    return null;
  }

  #work(deeds: number): void {
    for (let deed = 0; deed < deeds; deed += 1) {
      this.#deed('');
      this.#pass(this.#chance.pick([0, 1, 30, 500, 5000]));
    }
    for (const name of roots) this.#volume(name).flush();
    this.#pass(30_000);
  }

  #deed(when: string): void {
    const who = this.#chance.below(this.#users.length);
    const side = this.#chance.pick(['left', 'right'] as const);
    const said = this.#users[who]?.act(side);
    if (said !== 'nothing') this.lines.push(`${when}person ${who}, ${side}: ${said}`);
  }

  /** I1, I2: what nobody took away is in sight or in a trash, and what is in sight is whole. */
  #judge(call: string): Violation | null {
    const seen = new Set<string>();
    for (const name of roots) {
      for (const [path, node] of nodesBelow(this.#volume(name).root)) {
        const token = node.kind === 'file' ? tokenOf(node.bytes) : null;
        if (token !== null) seen.add(token);
        else if (node.kind === 'file' && !isReserved(path)) {
          return new Violation('I2', `${name} ${path} is not whole after ${call}`);
        }
      }
    }
    const { written, superseded } = this.#ledger;
    const lost = [...written].find((token) => !seen.has(token) && !superseded.has(token));
    return lost === undefined ? null : new Violation('I1', `${lost} after ${call}`);
  }

  /** Some of the pairs at the same moment, perhaps disturbed, perhaps killed. */
  async #round(): Promise<void> {
    const often = this.#chance.pick([0, 0, 0.01, 0.05]);
    const last = this.#chance.often(0.2) ? 1 + this.#chance.below(120) : Number.POSITIVE_INFINITY;
    let calls = 0;
    const machine = this.#machine;
    machine.before = ({ effect }) => {
      this.#pass(effect === 'sync' ? 4 : 1);
      if (effect !== 'none') calls += 1;
      if (calls === last) machine.cutPower();
      else if (this.#chance.often(often)) this.#deed('meanwhile ');
      return null;
    };
    const together = pairs.filter(() => this.#chance.often(0.7));
    await Promise.all(together.map((pair) => this.#session(pair)));
    if (machine.isOn) {
      machine.before = ({ effect }) => this.#pass(effect === 'sync' ? 4 : 1);
    } else {
      this.lines.push('killed');
      this.#locks.kill(this.#starts);
      this.#handler = this.#start();
    }
    if (this.#first !== null) throw this.#first;
  }

  /** Null: it did not come to an end, because the root is in use or the process died. */
  async #session([left, right]: Pair): Promise<Driven | null> {
    passTimeOf(this.#clock);
    const machine = this.#machine;
    const id = `${left}-${right}`;
    const session = await this.#handler.open({
      partnership: { id, name: id },
      trigger: 'schedule',
      interactive: false,
      settingsOnly: false,
      cookie: null,
      settings: {
        left: `/${left}`,
        right: `/${right}`,
        conflict: this.#rule,
        limits: { count: 1000 },
      },
    });
    if (session === null) throw new Error('refused');
    try {
      const driven = await drive(session, true);
      this.#note(id, driven);
      return driven;
    } catch (thrown) {
      const { code, text } = errorRecord(thrown);
      this.lines.push(`${id}: ${text}`);
      if (machine.isOn && code !== 'folder-root-busy') throw thrown;
      return null;
    } finally {
      await session.close();
    }
  }

  /** CC-04: that another pair was at work in a root is no reason to doubt which root it is. */
  #note(id: string, { alarms, changes }: Driven): void {
    this.lines.push(`${id}: ${alarms.join(' ')}`);
    for (const { side, kind, path, from } of changes) {
      this.lines.push(`  ${side} ${kind} ${path}${from === undefined ? '' : ` from ${from}`}`);
    }
    for (const doubt of ['other-root', 'older-roots']) {
      if (alarms.includes(doubt)) throw new Violation('CC-04', `${id}: ${doubt}`);
    }
  }

  /** One after the other until none has anything to do; what a guard holds back stays as it is. */
  async #comeToRest(): Promise<void> {
    let last: readonly (Driven | null)[] = [];
    for (let round = 0; round < roundsToRest; round += 1) {
      this.lines.push(`quiet round ${round + 1}`);
      last = [];
      for (const pair of pairs) {
        this.#pass(60_000);
        last = [...last, await this.#session(pair)];
      }
      if (this.#first !== null) throw this.#first;
      if (last.every((driven) => driven?.planned === 0)) break;
    }
    const isHeld = last.some((driven) => driven === null || driven.alarms.length > 0);
    const isOpen = last.some((driven) => driven !== null && driven.open.size > 0);
    if (isHeld || isOpen) return;
    for (const [at, driven] of last.entries()) {
      const planned = driven?.planned ?? 0;
      if (planned > 0) throw new Violation('I7', `${pairs[at]?.join('-')}: ${planned} at rest`);
    }
    const told = new Set(last.flatMap((driven) => [...(driven?.quarrels ?? [])]));
    const [one, ...others] = roots.map((name) => this.#stand(name, told));
    for (const other of others) {
      if (other !== one) throw new Violation('I6', `at rest they differ:\n${one}\n---\n${other}`);
    }
  }

  #stand(name: string, without: ReadonlySet<string>): string {
    return [...nodesBelow(this.#volume(name).root)]
      .filter(([path]) => !isReserved(path) && !isRelated(path, without))
      .map(([path, node]) => `${path} ${node.kind} ${tokenOf(node.bytes) ?? node.target}`)
      .toSorted((one, other) => (one < other ? -1 : 1))
      .join('\n');
  }
}
