// A computer on which programs speak the old contract: a manager over a real SQLite store and a clock
// that leaps, SyncMgr on top, handler classes of the tests, and the user with their dialogs.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Choice, RunningSession } from '../../src/manager/manager.ts';
import {
  type HRESULT,
  type ISyncMgrSynchronize,
  mobsyncHandler,
  mobsyncHandlerName,
  S_OK,
  SYNCMGRINVOKE_STARTSYNC,
  SyncMgr,
} from '../../src/mobsync/mobsync.ts';
import type { LogEntry } from '../../src/model/event.ts';
import type { FinalStatus } from '../../src/model/item.ts';
import type { Request } from '../../src/model/request.ts';
import type { Session } from '../../src/model/session.ts';
import type { TriggerKind } from '../../src/model/trigger.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { SharedLocks, World, type WorldOptions } from '../support/world.ts';
import { type Call, OldHandler, type Script } from './old-handler.ts';

/** A handler class, with the objects the manager made of it, in order. */
export class OldClass {
  readonly clsid: string;
  readonly objects: OldHandler[] = [];
  script: Script;

  constructor(clsid: string, script: Script) {
    this.clsid = clsid;
    this.script = script;
  }

  get count(): number {
    return this.objects.length;
  }

  /** The newest object. */
  get object(): OldHandler {
    const last = this.objects.at(-1);
    assert.ok(last, 'the manager made an object of this class');
    return last;
  }

  make(tell: (call: Call) => void): ISyncMgrSynchronize {
    const object = new OldHandler(this.script, tell);
    this.objects.push(object);
    return object;
  }
}

export const clsidOf = (number: number): string =>
  `c1a55000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

/** What outlives a restart of the manager. */
interface Disk {
  readonly folder: string;
  readonly clock: VirtualClock;
  readonly locks: SharedLocks;
}

export interface OldWorldOptions extends Pick<WorldOptions, 'up' | 'refuse' | 'graceMs'> {
  readonly disk?: Disk;
  readonly pid?: number;
}

export class OldWorld {
  readonly disk: Disk;
  readonly world: World;
  readonly syncMgr: SyncMgr;
  /** What happened to all handlers, in one order, each call with the class it was made on. */
  readonly calls: (readonly [clsid: string, ...call: Call])[] = [];
  readonly #classes = new Map<string, OldClass>();
  readonly #factories: Record<string, () => ISyncMgrSynchronize> = {};

  constructor(options: OldWorldOptions = {}) {
    this.disk = options.disk ?? newDisk();
    const { folder, clock, locks } = this.disk;
    const { store } = openSqliteStore({ folder, clock });
    this.world = new World({ ...options, clock, store, locks: locks.of(options.pid ?? 1) });
    const factories = this.#factories;
    this.world.registry.register(mobsyncHandlerName, async () => mobsyncHandler(factories));
    this.syncMgr = new SyncMgr({ manager: this.world.manager, clock });
  }

  get manager() {
    return this.world.manager;
  }

  get store() {
    return this.world.store;
  }

  /** A class that this program has, registered unless told otherwise. */
  async add(
    number: number,
    script: Script = {},
    { flags = 0, register = true, text = `Class ${number}` as string | null } = {},
  ): Promise<OldClass> {
    const added = new OldClass(clsidOf(number), script);
    this.#classes.set(added.clsid, added);
    this.#factories[added.clsid] = () =>
      added.make((call) => this.calls.push([added.clsid, ...call]));
    const hr = register
      ? await this.syncMgr.RegisterSyncMgrHandler(added.clsid, text, flags)
      : S_OK;
    assert.equal(hr, S_OK);
    return added;
  }

  /** A registered class whose objects the test makes itself. */
  async addFactory(number: number, factory: () => ISyncMgrSynchronize): Promise<string> {
    const clsid = clsidOf(number);
    this.#factories[clsid] = factory;
    assert.equal(await this.syncMgr.RegisterSyncMgrHandler(clsid, `Class ${number}`, 0), S_OK);
    return clsid;
  }

  /** UpdateItems, accepted. Answers with the request. */
  async update(
    { clsid }: OldClass,
    flags: number = SYNCMGRINVOKE_STARTSYNC,
    cookie: Uint8Array | null = null,
  ): Promise<Request> {
    const hr: HRESULT = await this.syncMgr.UpdateItems(flags, clsid, cookie?.length ?? 0, cookie);
    assert.equal(hr, S_OK);
    return this.lastRequest();
  }

  /** UpdateItems with the ticked items, to its end. */
  async run(of: OldClass): Promise<Session> {
    const { id } = await this.update(of);
    return this.only(await this.manager.whenEnded(id));
  }

  /** What the system or the user triggers, to its end. */
  async trigger(trigger: TriggerKind): Promise<readonly Session[]> {
    const request = await this.manager.invoke({ trigger, partnerships: null, startNow: true });
    return this.manager.whenEnded(request.id);
  }

  async requests(): Promise<readonly Request[]> {
    return this.store.requests.list(['waiting', 'running', 'ended', 'merged', 'withdrawn']);
  }

  async lastRequest(): Promise<Request> {
    const last = (await this.requests()).at(-1);
    assert.ok(last, 'somebody asked for something');
    return last;
  }

  ended(request: Request): Promise<readonly Session[]> {
    return this.manager.whenEnded(request.id);
  }

  /** The choice dialog, once it is open. */
  async choice(request?: Request): Promise<readonly Choice[]> {
    const { id } = request ?? (await this.lastRequest());
    let choices: readonly Choice[] = [];
    await this.until(async () => {
      choices = await this.manager.choices(id);
      return choices.length > 0;
    });
    return choices;
  }

  /** OK in the choice dialog, with the ticks as they are unless told otherwise. */
  async confirm(request?: Request, chosen?: readonly string[]): Promise<void> {
    const { id } = request ?? (await this.lastRequest());
    const choices = await this.choice(request);
    const ticked = choices.map(({ session, items }) => [
      session,
      chosen ?? items.filter((one) => one.ticked).map((one) => one.id),
    ]);
    await this.manager.confirm(id, Object.fromEntries(ticked));
  }

  /** The running session of a class. */
  running({ clsid }: OldClass): RunningSession {
    const found = this.manager.running().find(({ session }) => session.partnership === clsid);
    assert.ok(found, 'it has a session now');
    return found;
  }

  skip(of: OldClass, item: string): boolean {
    return this.manager.skip(this.running(of).session.id, item);
  }

  /** Lines of the error tab, oldest first. */
  lines(of?: OldClass): Promise<readonly LogEntry[]> {
    const partnership = of === undefined ? {} : { partnership: of.clsid };
    return this.store.log.list({ ...partnership, oldestFirst: true });
  }

  /** A double click on the only line of a class that bears this text. */
  async open(of: OldClass, text: string): Promise<Request | null> {
    const line = (await this.lines(of)).find((one) => one.text === text);
    assert.ok(line, 'the line is in the tab');
    return this.manager.openLogEntry(line.id);
  }

  idle(): Promise<void> {
    return this.world.idle();
  }

  /** Waits until it is so; fails if nobody is left who could make it so. */
  async until(isSo: () => boolean | Promise<boolean>): Promise<void> {
    for (let turn = 0; turn < 200; turn += 1) {
      if (await isSo()) return;
      await this.idle();
    }
    assert.fail('it never came to that');
  }

  only<T>(list: readonly T[]): T {
    assert.equal(list.length, 1);
    return list[0] as T;
  }

  async close(): Promise<void> {
    await this.manager.close();
  }
}

export function outcomes(session: Session): Record<string, FinalStatus> {
  const items = session.result?.items ?? [];
  return Object.fromEntries(items.map(({ item, status }) => [item, status]));
}

function newDisk(): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-mobsync-'));
  return { folder, clock: new VirtualClock(), locks: new SharedLocks() };
}

/** A world that is closed and swept away when its test ends. */
export function oldWorld(t: TestContext, options: OldWorldOptions = {}): OldWorld {
  const world = new OldWorld(options);
  t.after(async () => {
    // A test that failed half-way may have left a handler waiting for ever.
    await Promise.race([world.close(), setTimeout(1_000, null, { ref: false })]);
    rmSync(world.disk.folder, { recursive: true, force: true });
  });
  return world;
}

/** Something a test lets happen when it is time. */
export function gate(): { readonly opened: Promise<void>; open(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: () => resolve() };
}
