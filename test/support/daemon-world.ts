// A world that runs by itself, with a clock moved by hand.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { Automation } from '../../src/manager/manager.ts';
import type { Event } from '../../src/model/event.ts';
import type { Partnership } from '../../src/model/partnership.ts';
import type { Session } from '../../src/model/session.ts';
import { plainConditions, plainTerms, type Schedule, type Terms } from '../../src/model/terms.ts';
import { failed, type Script } from './scripted-handler.ts';
import { World, type WorldOptions } from './world.ts';

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const terms = (change: Partial<Terms> = {}): Terms => ({ ...plainTerms, ...change });
export const conditions = (change: Partial<Terms['conditions']>): Partial<Terms> => ({
  conditions: { ...plainConditions, ...change },
});
export const cron = (expression: string, more: Partial<Schedule> = {}): Schedule => ({
  at: { kind: 'cron', expression, zone: null },
  missed: 'once',
  jitterMs: 0,
  ...more,
});

export const failing: Script = {
  synchronize: async () => ({
    ended: { ...failed, error: { code: 'busy', text: 'Nobody answered.', retry: 'temporary' } },
  }),
};

class DaemonWorld extends World {
  automation: Automation | null = null;

  readonly #release: () => void;

  constructor(options: WorldOptions = {}) {
    super(options);
    this.#release = this.clock.hold();
  }

  async begin(): Promise<void> {
    await this.#soon(this.manager.start());
    this.automation = await this.#soon(this.manager.automate());
    await this.pass(second);
  }

  async end(): Promise<void> {
    await this.#soon(this.automation?.stop() ?? Promise.resolve());
    // What still runs may take its time.
    this.#release();
    await this.manager.close();
  }

  pass(ms: number): Promise<void> {
    return this.clock.pass(ms);
  }

  /** With a clock that stands still nothing is waited for that takes time. */
  async #soon<T>(work: Promise<T>): Promise<T> {
    await this.pass(0);
    return work;
  }

  async sessions(partnership: string): Promise<readonly Session[]> {
    const found = await this.store.sessions.list({ partnership, limit: 10_000 });
    return found.toReversed();
  }

  /** `trigger ending` of each session, oldest first. */
  async course(partnership: string): Promise<readonly string[]> {
    return (await this.sessions(partnership)).map(({ trigger, phase }) => `${trigger} ${phase}`);
  }

  async events(type: Event['type']): Promise<readonly Event[]> {
    return (await this.store.events.list(0, 10_000)).filter((event) => event.type === type);
  }

  async change(name: string, change: Partial<Partnership>): Promise<void> {
    const before = await this.store.partnerships.get(name);
    assert.ok(before !== null);
    await this.manager.put({ ...before, ...change });
  }

  async holds(name: string): Promise<readonly string[]> {
    return (await this.manager.why(name)).holds.map(({ kind }) => kind);
  }
}

/** Ended when the test is. */
export async function daemon(t: TestContext, options: WorldOptions = {}): Promise<DaemonWorld> {
  const world = new DaemonWorld(options);
  t.after(() => world.end());
  return world;
}
