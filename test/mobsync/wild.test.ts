// Twenty thousand drawn courses: whatever programs, handlers and the user do, in whatever order and
// with whatever arguments, the face answers with a code that is documented, never throws, and the
// manager serves whoever comes next. A failure prints its seed; SEED=… replays it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  E_FAIL,
  E_INVALIDARG,
  E_NOINTERFACE,
  E_OUTOFMEMORY,
  E_UNEXPECTED,
  mobsyncHandler,
  mobsyncHandlerName,
  S_FALSE,
  S_OK,
  S_SYNCMGR_CANCELALL,
  S_SYNCMGR_CANCELITEM,
  SyncMgr,
} from '../../src/mobsync/mobsync.ts';
import { World } from '../support/world.ts';
import { type Course, course, type Step } from './course.ts';
import { guid } from './items.ts';
import { OldHandler } from './old-handler.ts';
import { clsidOf } from './old-world.ts';
import { type Judge, WildHandler } from './wild-handler.ts';

const seed = Number(process.env.SEED ?? 20_261_120);
const runs = Number(process.env.RUNS ?? 20_000);

const standard = [S_OK, E_INVALIDARG, E_UNEXPECTED, E_OUTOFMEMORY];
const completion = [S_OK, E_UNEXPECTED];
const documented: Readonly<Record<string, readonly number[]>> = {
  RegisterSyncMgrHandler: standard,
  UnregisterSyncMgrHandler: [...standard, S_FALSE],
  GetHandlerRegistrationInfo: [...standard, S_FALSE],
  UpdateItems: [...standard, E_FAIL],
  UpdateAll: [S_OK],
  QueryInterface: [S_OK, E_NOINTERFACE, E_INVALIDARG],
  ShowPropertiesCompleted: completion,
  PrepareForSyncCompleted: completion,
  SynchronizeCompleted: completion,
  ShowErrorCompleted: [...completion, E_INVALIDARG],
  EnableModeless: [S_OK, S_FALSE, E_UNEXPECTED],
  Progress: [S_OK, S_SYNCMGR_CANCELITEM, S_SYNCMGR_CANCELALL, E_INVALIDARG, E_UNEXPECTED],
  LogError: standard,
  DeleteLogError: standard,
  EstablishConnection: [...standard, E_FAIL],
};

/** The manager, two wild classes, a tame one, and a list of what was answered wrongly. */
class Wilderness {
  readonly world = new World({ graceMs: 1_000 });
  readonly wrong: string[] = [];
  readonly #handlers: WildHandler[] = [];
  readonly #tame = clsidOf(9);
  readonly #syncMgr: SyncMgr;

  constructor({ conducts }: Course) {
    const { manager, clock, registry } = this.world;
    const classes = Object.fromEntries(
      conducts.map((conduct, index) => [clsidOf(index + 1), () => this.#wild(conduct)]),
    );
    const tame = { [this.#tame]: () => new OldHandler({}, () => {}) };
    const handler = mobsyncHandler({ ...classes, ...tame });
    registry.register(mobsyncHandlerName, async () => handler);
    this.#syncMgr = new SyncMgr({ manager, clock });
  }

  async run(steps: readonly Step[]): Promise<void> {
    for (const number of [1, 2]) {
      await this.#syncMgr.RegisterSyncMgrHandler(clsidOf(number), null, 7);
      void this.#syncMgr.UpdateItems(2, clsidOf(number), 0, null);
    }
    for (const one of steps) await this.#take(one);
  }

  /** Everybody is sent home; then a well-behaved program must be served. */
  async stillServes(): Promise<void> {
    const { manager } = this.world;
    await this.#syncMgr.RegisterSyncMgrHandler(this.#tame, 'Tame', 0);
    const requests = await this.world.store.requests.list(['waiting', 'running']);
    for (const { id } of requests) await manager.cancel(id);
    await Promise.all(requests.map(({ id }) => manager.whenEnded(id)));
    await manager.dismiss(null);
    assert.equal(await this.#syncMgr.UpdateItems(2, this.#tame, 0, null), S_OK);
    const last = (await this.world.store.requests.list(['waiting', 'running'])).at(-1);
    assert.ok(last, 'the request is kept');
    const sessions = await manager.whenEnded(last.id);
    assert.deepEqual(
      sessions.map(({ phase }) => phase),
      ['succeeded'],
    );
    await manager.close();
  }

  #wild(conduct: Course['conducts'][number]): WildHandler {
    const handler = new WildHandler(conduct, this.#judge);
    this.#handlers.push(handler);
    return handler;
  }

  readonly #judge: Judge = (method, answer, thrown) => {
    if (thrown) this.wrong.push(`${method} threw ${answer}`);
    else if (!documented[method]?.includes(answer as number)) {
      this.wrong.push(`${method} answered ${String(answer)}`);
    }
  };

  async #take({ actor, talk, which }: Step): Promise<void> {
    if (actor === 'nobody') return this.world.idle();
    if (actor === 'handler') return this.#handlers[which % this.#handlers.length]?.say(talk);
    if (actor === 'user') return this.#user(talk.method, which);
    const spoken = this.#syncMgr[talk.method as keyof SyncMgr] as (
      ...of: readonly unknown[]
    ) => unknown;
    try {
      this.#judge(talk.method, await spoken.call(this.#syncMgr, ...talk.of), false);
    } catch (error) {
      this.#judge(talk.method, error, true);
    }
  }

  async #user(deed: string, which: number): Promise<void> {
    const { manager, store } = this.world;
    const running = manager.running();
    const one = running[which % running.length]?.session;
    const clsid = clsidOf((which % 2) + 1);
    const deeds: Record<string, () => unknown> = {
      confirm: () => one && manager.confirm(one.request, { [one.id]: [guid(1)] }),
      skip: () => one && manager.skip(one.id, guid((which % 2) + 1)),
      stop: () => manager.stop(which === 0 ? null : (one?.id ?? null)),
      open: async () => {
        const lines = await store.log.list({});
        return manager.openLogEntry(lines[which % lines.length]?.id ?? 0);
      },
      sheet: () => manager.openProperties(clsid, guid(1)),
      'own-sheet': () => manager.openProperties(clsid, null),
      dismiss: () => manager.dismiss(null),
      cancel: () => one && manager.cancel(one.request),
    };
    // What the user is told, and when, is not the face's business; it may take for ever.
    void (async () => deeds[deed]?.())().catch(() => {});
    await Promise.resolve();
  }
}

test(`${runs} wild courses end well (SEED=${seed})`, async () => {
  await fc.assert(
    fc.asyncProperty(course, async (drawn) => {
      const wilderness = new Wilderness(drawn);
      await wilderness.run(drawn.steps);
      await wilderness.stillServes();
      assert.deepEqual(wilderness.wrong, []);
    }),
    { seed, numRuns: runs, timeout: 600 },
  );
});
