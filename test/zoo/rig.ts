// The zoo: a manager with a handler that has a vice, and one that has none. Both are run at the same
// time by the same manager; whatever the first does, the second must come through unharmed.
//
// Time passes ten times as fast, so that the limits of the program itself are the ones that are tried.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';
import type { HandlerProgram } from '../../src/handler/program.ts';
import { Registry } from '../../src/handler/registry.ts';
import { createManager } from '../../src/manager/kernel.ts';
import type { Manager } from '../../src/manager/manager.ts';
import type { LogEntry } from '../../src/model/event.ts';
import type { Session } from '../../src/model/session.ts';
import { plainTerms } from '../../src/model/terms.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { trueRandom } from '../../src/platform/random.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Handler } from '../../src/ports/handler.ts';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import { type ProgramBed, programBed } from '../support/process-host.ts';
import { SharedLocks } from '../support/world.ts';

const haste = 10;

/** The true clock, in haste. */
const hastyClock: Clock = {
  now: () => trueClock.now() * haste,
  monotonic: () => trueClock.monotonic() * haste,
  sleep: (ms, signal) => trueClock.sleep(ms / haste, signal),
  zone: () => trueClock.zone(),
};

export interface Came {
  readonly session: Session;
  readonly lines: readonly LogEntry[];
}

export class Zoo {
  readonly manager: Manager;
  readonly store: Store = openMemoryStore({ clock: hastyClock });
  readonly bed: ProgramBed;
  readonly #registry = new Registry();

  constructor(context: TestContext) {
    this.bed = programBed((work) => context.after(work), hastyClock);
    this.manager = createManager({
      store: this.store,
      clock: hastyClock,
      random: trueRandom,
      locks: new SharedLocks().of(1),
      connections: { isUp: async () => true, open: async () => true, close: async () => {} },
      handlers: this.#registry,
      hash: (parts) =>
        createHash('sha256')
          .update([...parts].join(''))
          .digest('hex'),
      approverPresent: () => false,
      answererPresent: () => false,
      graceMs: () => 30_000,
    });
    context.after(() => this.manager.close());
  }

  /** A partnership with this handler; both bear the name. */
  async house(name: string, handler: Handler): Promise<void> {
    this.#registry.register(name, async () => handler);
    await this.manager.put({
      id: name,
      name,
      handler: name,
      settings: {},
      enabled: true,
      triggers: [],
      resources: [],
      approve: 'guarded',
      createdAt: 0,
      adHoc: false,
      terms: plainTerms,
    });
  }

  /** A program of this folder: `.ts` by Node, `.sh` by the shell. */
  program(
    file: string,
    words: readonly string[] = [],
    more: Partial<HandlerProgram> = {},
  ): Handler {
    const path = join(import.meta.dirname, 'vices', file);
    const runs = file.endsWith('.sh') ? 'sh' : process.execPath;
    // Node itself may take a while to start on a busy machine.
    const patient = { handshakeMs: 200_000, ...more };
    return this.bed.handler('vice', [runs, path, ...words], patient);
  }

  /**
   * Runs the vice, and beside it a handler without one, which is seen to be unharmed. `meanwhile` is
   * called while both run.
   */
  async run(
    handler: Handler,
    meanwhile: (manager: Manager) => Promise<void> = async () => {},
  ): Promise<Came> {
    await this.house('vice', handler);
    const none = join(import.meta.dirname, 'vices', 'none.ts');
    const options = { handshakeMs: 200_000 };
    await this.house('neighbour', this.bed.handler('neighbour', [process.execPath, none], options));
    const ended = ['vice', 'neighbour'].map(async (name) => {
      const invocation = { trigger: 'manual', partnerships: [name], startNow: true } as const;
      const { id } = await this.manager.invoke({ ...invocation, interactive: false });
      const [session] = await this.manager.whenEnded(id);
      assert.ok(session !== undefined);
      return session;
    });
    const [[session, neighbour]] = await Promise.all([Promise.all(ended), meanwhile(this.manager)]);
    assert.ok(session !== undefined && neighbour !== undefined);
    assert.equal(neighbour.phase, 'succeeded', JSON.stringify(neighbour.result));
    return { session, lines: await this.store.log.list({ session: session.id, limit: 10_000 }) };
  }
}

export const texts = ({ lines }: Came): readonly string[] => lines.map(({ text }) => text);

/** The code of its error, or null. */
export const codeOf = ({ session }: Came): string | null => session.result?.error?.code ?? null;

export const statuses = ({ session }: Came): Readonly<Record<string, string>> =>
  Object.fromEntries((session.result?.items ?? []).map(({ item, status }) => [item, status]));

/** Until the condition holds; it is the test that fails if it never does. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 1_500; turn++) {
    if (await condition()) return;
    await trueClock.sleep(20);
  }
  assert.fail('it never came so far');
}

/** Resolves when none of these processes is left. */
export function gone(pids: readonly number[]): Promise<void> {
  assert.ok(pids.length > 0 && pids.every((pid) => pid > 1));
  return until(() => !pids.some(isThere));
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The numbers in a line `pids 1 2`. */
export function pidsIn(came: Came): readonly number[] {
  const line = texts(came).find((text) => text.startsWith('pids ')) ?? '';
  return [...line.matchAll(/\d+/g)].map(([digits]) => Number(digits));
}
