// Sessions under a seed: a drawn course of commands is carried out by the real manager and told to
// the model; after each step both must show the same. At the end what was recorded is held against
// the invariants (reliability 3.2).
import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import type { ItemStatus } from '../../src/model/item.ts';
import type { Request } from '../../src/model/request.ts';
import { isEnding, type Session } from '../../src/model/session.ts';
import { plainTerms } from '../../src/model/terms.ts';
import type { Pass, Prepared, Synchronized } from '../../src/ports/handler.ts';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import { done, failed, item, ready, ScriptedHandler } from '../support/scripted-handler.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { SharedLocks, World } from '../support/world.ts';
import { type Command, commandsOf, graceMs, items, type PrepareEnds } from './session-commands.ts';
import { SessionJudge } from './session-judge.ts';
import { Model } from './session-model.ts';

const commandsPerSeed = 50;
/** What is tried again by itself is the day's business (day.ts). */
const once = { terms: { ...plainTerms, retry: { ...plainTerms.retry, isWanted: false } } };

/** Throws with the course so far when the manager and the model part. */
export async function simulateSessionSeed(seed: number): Promise<void> {
  const rig = new Rig();
  const model = new Model();
  const course: Command[] = [];
  try {
    await rig.begin();
    for (const command of commandsOf(seed, commandsPerSeed)) {
      course.push(command);
      const answer = await rig.take(command);
      const expected = model.take(command);
      assert.deepEqual(answer ?? null, expected ?? null, 'the answer');
      await rig.settle();
      await compare(rig, model);
      rig.judge();
    }
    await finish(rig, model);
    await checkRecord(rig);
  } catch (thrown) {
    const told = course.map((command) => JSON.stringify(command)).join('\n');
    throw new Error(`seed ${seed}: ${(thrown as Error).message}\n${told}`, { cause: thrown });
  }
}

async function compare(rig: Rig, model: Model): Promise<void> {
  const [running] = rig.world.manager.running();
  assert.equal(running?.phase ?? null, model.phase, 'the phase');
  const shown = (running?.items ?? []).map((one) => [one.item, one.status]);
  assert.deepEqual(shown, model.statuses(), 'the items');
  assert.deepEqual(rig.told(), model.told, 'what setItemStatus told');
  assert.equal((await rig.store.requests.list(['waiting'])).length, model.waiting, 'the queue');
  const ended = (await rig.sessions()).filter(({ phase }) => isEnding(phase));
  assert.deepEqual(
    ended.map(projection),
    model.ended.map(({ ending, items: all }) => ({ ending, items: all })),
  );
}

const projection = ({ phase, result }: Session) => ({
  ending: phase,
  items: result?.items.map((one) => [one.item, one.status, one.finishedBeforeSkip]),
});

/** Brings everything that is under way or waits to its end: S2, S7. */
async function finish(rig: Rig, model: Model): Promise<void> {
  for (let turn = 0; model.session !== null || model.waiting > 0; turn += 1) {
    assert.ok(turn < 1_000, 'a session that never ends');
    for (const command of [{ kind: 'stop' }, { kind: 'wait', ms: graceMs }] as const) {
      await rig.take(command);
      model.take(command);
      await rig.settle();
      await compare(rig, model);
    }
  }
}

async function checkRecord(rig: Rig): Promise<void> {
  const { begun } = rig;
  const [sessions, events] = await Promise.all([rig.sessions(), rig.store.events.list(0, 100_000)]);
  for (const { id, result, startedAt, endedAt } of sessions) {
    const own = events.filter(({ session }) => session === id);
    const ends = own.filter(({ type }) => type === 'session.ended');
    assert.equal(ends.length, 1, 'S2 a session ends once');
    assert.equal(own.at(-1)?.type, 'session.ended', 'S2 nothing follows the end');
    const itemEnds = own.filter(({ type }) => type === 'item.ended').map((one) => one.item);
    assert.deepEqual(itemEnds, result?.items.map((one) => one.item) ?? [], 'S1 S12 one end each');
    assert.notEqual(result?.error?.code, 'internal', 'S15 only transitions of the table');
    assert.ok(endedAt !== null && endedAt >= startedAt, 'S7');
    if (result?.ending === 'halted') assert.ok(!begun.has(id), 'I17 nothing is begun');
  }
  const byStart = sessions.toSorted((one, other) => one.startedAt - other.startedAt);
  for (const [index, { startedAt }] of byStart.entries()) {
    assert.ok(startedAt >= (byStart[index - 1]?.endedAt ?? 0), 'S8 one session at a time');
  }
  const told = rig.heard.map(({ sequence }) => sequence);
  assert.deepEqual(
    told,
    events.map(({ sequence }) => sequence),
    'S9 told as it is stored',
  );
  assert.equal(rig.world.manager.violations(), 0, 'S15 only transitions of the table');
  const left = await rig.store.requests.list(['waiting', 'running']);
  assert.deepEqual(left, [], 'every request has ended');
}

type Half<T> = ReturnType<typeof Promise.withResolvers<T>>;

class Rig {
  readonly clock = new VirtualClock();
  readonly store: Store = openMemoryStore({ clock: this.clock });
  readonly heard: { readonly sequence: number }[] = [];
  readonly #judge = new SessionJudge(graceMs);
  #reports = 0;
  /** Sessions whose handler was asked to synchronize. */
  readonly begun = new Set<string>();
  readonly #locks = new SharedLocks();
  readonly #toldBefore: string[] = [];
  #pid = 0;
  #alive = { still: true };
  world: World = this.#newWorld();
  #handler: ScriptedHandler = new ScriptedHandler('p');
  #requests: Request[] = [];
  #calls: { prepare?: Half<Pass<Prepared>>; synchronize?: Half<Pass<Synchronized>> } = {};
  #pending: { prepare?: Half<Prepared>; synchronize?: Half<Synchronized> } = {};
  #lost: Half<never>[] = [];

  async begin(): Promise<void> {
    this.clock.hold();
    this.store.subscribe((events) => {
      this.heard.push(...events);
      this.#judge.hear(events, this.clock.now());
    });
    await this.#enter();
  }

  sessions(): Promise<readonly Session[]> {
    return this.store.sessions
      .list({ limit: 10_000 })
      .then((all) => all.toSorted((one, other) => ordinal(one.id) - ordinal(other.id)));
  }

  /** Counts of a handler that counts anew, too far, and nonsense. */
  #report(status: ItemStatus | null) {
    this.#reports += 1;
    const value = [3, 1, 5, Number.NaN, -1, 2][this.#reports % 6] ?? 0;
    return status === null ? null : { status, value, max: 4 };
  }

  /** What holds at every event, and of all that is shown. */
  judge(): void {
    for (const { session, items: rows } of this.world.manager.running()) {
      this.#judge.look(session.id, rows, this.clock.now());
    }
    this.#judge.check();
  }

  told(): string[] {
    const calls = [...this.#toldBefore, ...this.#handler.calls];
    return calls
      .filter((call) => call.startsWith('setItemStatus'))
      .map((call) => call.split(' ')[1] ?? '');
  }

  /** All that follows without the clock or the handler is over before anything else has its turn. */
  settle(): Promise<void> {
    return setImmediate();
  }

  async take(command: Command): Promise<unknown> {
    const { manager } = this.world;
    const session = manager.running()[0]?.session.id ?? 'none';
    switch (command.kind) {
      case 'invoke': {
        const trigger = command.how === 'schedule' ? 'schedule' : 'manual';
        const startNow = command.how !== 'ask';
        this.#requests.push(await this.world.invoke(['p'], { trigger, startNow }));
        return;
      }
      case 'confirm': {
        const request = manager.running()[0]?.session.request ?? '';
        if (manager.running()[0]?.phase !== 'choosing') return;
        return manager.confirm(request, { [session]: command.chosen });
      }
      case 'prepare-returns':
        return this.#returns('prepare', command.how, preparations[command.how]);
      case 'prepare-ends':
        return this.#ends('prepare', command.how, preparations[command.how]);
      case 'synchronize-returns':
        return this.#returns('synchronize', command.how, command.how === 'failed' ? failed : done);
      case 'synchronize-ends':
        return this.#ends('synchronize', command.how, command.how === 'failed' ? failed : done);
      case 'progress': {
        const answer = this.#handler.callback?.progress(command.item, this.#report(command.status));
        if (session !== 'none') this.#judge.answered(session, answer);
        return answer;
      }
      case 'skip':
        return manager.skip(session, command.item);
      case 'stop':
        return manager.stop(null);
      case 'pause':
        return manager.pause(session);
      case 'resume':
        return manager.resume(session);
      case 'wait':
        return this.#wait(command.ms);
      case 'crash':
        return this.#crash();
      case 'late':
        for (const half of this.#lost.splice(0)) half.reject(new Error('late'));
        return;
    }
  }

  async #wait(ms: number): Promise<void> {
    this.clock.advance(ms);
    await this.settle();
  }

  async #crash(): Promise<void> {
    this.#alive.still = false;
    this.#locks.kill(this.#pid);
    this.#toldBefore.push(...this.#handler.calls);
    this.#calls = {};
    this.#pending = {};
    this.world = this.#newWorld();
    await this.#enter();
    await this.world.manager.start();
    await this.settle();
  }

  async #enter(): Promise<void> {
    this.#handler = await this.world.add(
      'p',
      {
        items: async () => ({ complete: true, items: items.map((id) => item(id)) }),
        pause: () => {},
        prepare: () => this.#held('prepare'),
        synchronize: () => {
          this.begun.add(this.world.manager.running()[0]?.session.id ?? '');
          return this.#held('synchronize');
        },
      },
      once,
    );
  }

  #newWorld(): World {
    this.#pid += 1;
    this.#alive = { still: true };
    const { clock } = this;
    const alive = this.#alive;
    const store = mortal(this.store, alive);
    return new World({ clock, store, locks: this.#locks.of(this.#pid), graceMs });
  }

  #held(half: 'prepare'): Promise<Pass<Prepared>>;
  #held(half: 'synchronize'): Promise<Pass<Synchronized>>;
  #held(half: 'prepare' | 'synchronize'): Promise<never> {
    for (const lost of [this.#pending.prepare, this.#pending.synchronize]) {
      if (lost !== undefined) this.#lost.push(lost as unknown as Half<never>);
    }
    this.#pending = {};
    const call = Promise.withResolvers<never>();
    this.#calls = { [half]: call };
    return call.promise;
  }

  #returns(half: 'prepare' | 'synchronize', how: string, ended: unknown): void {
    const call = this.#calls[half] as Half<unknown> | undefined;
    if (call === undefined || !this.#isAtWork()) return;
    this.#calls = {};
    if (how === 'throws') call.reject(new Error('thrown'));
    else if (how !== 'pends') call.resolve({ ended });
    else {
      const pending = Promise.withResolvers<never>();
      pending.promise.catch(() => {});
      this.#pending = { [half]: pending };
      call.resolve({ pending: pending.promise });
    }
  }

  #ends(half: 'prepare' | 'synchronize', how: string, value: unknown): void {
    const pending = this.#pending[half] as Half<unknown> | undefined;
    if (pending === undefined || !this.#isAtWork()) return;
    this.#pending = {};
    if (how === 'throws') pending.reject(new Error('thrown'));
    else pending.resolve(value);
  }

  /** Calls of a session that was given up are nobody's any more. */
  #isAtWork(): boolean {
    return this.world.manager.running().length > 0;
  }
}

const refused: Prepared = { outcome: 'refused', error: null };
const guarded: Prepared = {
  outcome: 'ready',
  plan: {
    changes: [{ item: 'a', side: 'right', kind: 'delete', path: 'all', bytes: 0 }],
    facts: [
      {
        item: 'a',
        known: {},
        deletions: {},
        overwrites: {},
        alarms: [{ guard: 'drawn', side: null, text: 'All would go.', approvable: true }],
      },
    ],
  },
};
/** What a preparation answers; the last two answer nothing. */
const preparations: Record<PrepareEnds | 'pends', Prepared> = {
  ready,
  refused,
  guarded,
  throws: ready,
  pends: ready,
};
const ordinal = (id: string): number => {
  const [, world = '0', count = '0'] = id.split('-');
  return Number(world) * 1_000_000 + Number(count);
};

/** The store as a process sees it: once that has died, nothing it asks for is ever answered. */
function mortal(store: Store, alive: { readonly still: boolean }): Store {
  const wrap = <T extends object>(inner: T): T =>
    new Proxy(inner, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key);
        if (typeof value === 'function') {
          return (...given: unknown[]): unknown =>
            alive.still ? Reflect.apply(value, target, given) : new Promise(() => {});
        }
        return typeof value === 'object' && value !== null ? wrap(value) : value;
      },
    });
  return wrap(store);
}
