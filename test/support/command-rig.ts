// Real programs under a real manager: the store is in memory, everything else is this machine's.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { commandHandler } from '../../src/command/handler.ts';
import { commandHooks } from '../../src/command/hooks.ts';
import { discreet } from '../../src/handler/discreet.ts';
import { Registry } from '../../src/handler/registry.ts';
import { createManager } from '../../src/manager/kernel.ts';
import type { Invocation, Manager } from '../../src/manager/manager.ts';
import { syncError } from '../../src/model/error.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Partnership } from '../../src/model/partnership.ts';
import type { PlanChange, PlanSummary } from '../../src/model/plan.ts';
import type { Session, SessionResult } from '../../src/model/session.ts';
import { plainTerms } from '../../src/model/terms.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { disk } from '../../src/platform/disk.ts';
import { processes } from '../../src/platform/processes.ts';
import { trueRandom } from '../../src/platform/random.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Secrets } from '../../src/ports/secrets.ts';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import { SharedLocks } from './world.ts';

export interface CommandRig {
  readonly folder: string;
  readonly manager: Manager;
  readonly store: Store;
  /** What references to secrets lead to. */
  readonly secrets: Map<string, string>;
  at(path: string): string;
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  /** One partnership called `it`, in place of an earlier one. */
  put(settings: JsonObject, more?: Partial<Partnership>): Promise<void>;
  run(more?: Partial<Invocation>): Promise<Session>;
  /** Of a run that ended. */
  result(more?: Partial<Invocation>): Promise<SessionResult>;
  /** The lines of the newest session, in order. */
  log(): Promise<readonly string[]>;
  waiting(): Promise<{ readonly plan: PlanSummary; readonly changes: readonly PlanChange[] }>;
  /** Starts a run, and resolves once its item's text or a file shows that it is at work. */
  begun(isAtWork: () => boolean): Promise<{ readonly session: string; ended(): Promise<Session> }>;
}

export function commandRig(t: TestContext, clock: Clock = trueClock): CommandRig {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-command-'));
  const store = openMemoryStore({ clock });
  const secrets = new Map<string, string>();
  const at = (path: string) => join(folder, path);
  const known: Secrets = {
    resolve: async (reference) => {
      const value = secrets.get(reference);
      if (value === undefined) throw syncError('secret-missing', { reference, reason: 'no' });
      return value;
    },
  };
  const registry = new Registry({}, (handler) => discreet(handler, known));
  const world = {
    processes,
    clock,
    filesystem: disk,
    stateFolder: at('state'),
    home: at('home'),
    environment: { PATH: process.env.PATH ?? '', HOME: at('home'), HIDDEN: 'unseen' },
  };
  registry.register('command', async () => commandHandler(world));
  const manager = createManager({
    store,
    clock,
    random: trueRandom,
    locks: new SharedLocks().of(1),
    connections: { isUp: async () => true, open: async () => true, close: async () => {} },
    handlers: registry,
    hash: (parts) => {
      const hash = createHash('sha256');
      for (const part of parts) hash.update(part);
      return hash.digest('hex');
    },
    approverPresent: () => false,
    answererPresent: () => false,
    hooks: async () => commandHooks(world, known),
  });
  mkdirSync(at('home'));
  t.after(async () => {
    await manager.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const run = async (more: Partial<Invocation> = {}): Promise<Session> => {
    const request = await manager.invoke({
      trigger: 'manual',
      partnerships: ['it'],
      startNow: true,
      interactive: false,
      ...more,
    });
    return only(await manager.whenEnded(request.id));
  };
  return {
    folder,
    manager,
    store,
    secrets,
    at,
    write: (path, content) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), content);
    },
    read: (path) => readFileSync(at(path), 'utf8'),
    put: (settings, more = {}) =>
      manager.put({
        id: 'it',
        name: 'it',
        handler: 'command',
        settings,
        enabled: true,
        triggers: [],
        resources: [],
        approve: 'guarded',
        terms: plainTerms,
        createdAt: 0,
        adHoc: false,
        ...more,
      }),
    run,
    result: async (more) => resultOf(await run(more)),
    log: async () => {
      const [session] = await store.sessions.list({ limit: 1 });
      const lines = await store.log.list({ session: session?.id ?? '', oldestFirst: true });
      return lines.map(({ level, text }) => `${level}: ${text}`);
    },
    waiting: async () => {
      const plan = only(await store.plans.list({ states: ['open'] }));
      return { plan, changes: await store.plans.changes(plan.hash) };
    },
    begun: async (isAtWork) => {
      const request = await manager.invoke({
        trigger: 'manual',
        partnerships: ['it'],
        startNow: true,
        interactive: false,
      });
      for (;;) {
        const [running] = manager.running();
        if (running?.phase === 'synchronizing' && isAtWork()) {
          const ended = async () => only(await manager.whenEnded(request.id));
          return { session: running.session.id, ended };
        }
        const ended = await store.requests.get(request.id);
        if (ended?.state === 'ended') throw new Error('It ended before it was at work.');
        await trueClock.sleep(10);
      }
    },
  };
}

export function resultOf({ result }: Session): SessionResult {
  if (result === null) throw new Error('The session has no result.');
  return result;
}

function only<T>(all: readonly T[]): T {
  const [one, ...more] = all;
  if (one === undefined || more.length > 0) throw new Error(`${all.length} instead of one.`);
  return one;
}
