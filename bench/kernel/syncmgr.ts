// The whole kernel with its store on disk: queue, gate, session, plan, record. The handler does nothing.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Registry } from '../../src/handler/registry.ts';
import { createManager } from '../../src/manager/kernel.ts';
import type { Manager } from '../../src/manager/manager.ts';
import { plainTerms } from '../../src/model/terms.ts';
import { trueClock } from '../../src/platform/clock.ts';
import { trueRandom } from '../../src/platform/random.ts';
import type { Handler } from '../../src/ports/handler.ts';
import { openLocks } from '../../src/store/sqlite/locks.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Engine } from './engine.ts';

const partnerships = 1_000;
const atOnce = 64;

export function syncmgr(folder: string): Engine {
  const state = mkdtempSync(join(folder, 'syncmgr-'));
  let manager: Manager | null = null;
  let ended = 0;
  return {
    name: 'syncmgr',
    start: async (begun) => {
      const { store } = openSqliteStore({ folder: state, clock: trueClock });
      manager = createManager({
        store,
        clock: trueClock,
        random: trueRandom,
        locks: openLocks({ folder: join(state, 'locks') }),
        connections: { isUp: async () => true, open: async () => true, close: async () => {} },
        handlers: new Registry({ idle: async () => idle(begun) }),
        hash: (parts) =>
          createHash('sha256')
            .update([...parts].join(''))
            .digest('hex'),
        approverPresent: () => false,
        answererPresent: () => false,
        graceMs: () => null,
      });
      manager.setLimits({ sessions: atOnce, handlers: {} });
      manager.onEvents((events) => {
        for (const { type } of events) if (type === 'request.ended') ended += 1;
      });
      await manager.start();
      await Promise.all(
        Array.from({ length: partnerships }, (_, at) => manager?.put(partnership(`item-${at}`))),
      );
    },
    accept: async (job) => {
      await manager?.invoke({
        trigger: 'invoke',
        partnerships: [`item-${job % partnerships}`],
        startNow: true,
        interactive: false,
        cookie: Buffer.from(String(job)),
      });
    },
    drained: async (count) => {
      while (ended < count) await new Promise((resolve) => setTimeout(resolve, 1));
    },
    stop: async () => {
      await manager?.close();
      rmSync(state, { recursive: true });
    },
  };
}

const partnership = (name: string) => ({
  id: name,
  name,
  handler: 'idle',
  settings: {},
  enabled: true,
  triggers: [],
  terms: plainTerms,
  resources: [],
  approve: 'guarded' as const,
  createdAt: 0,
  adHoc: false,
});

/** One item, nothing to do. */
function idle(begun: (job: number) => void): Handler {
  const item = {
    id: 'all',
    name: 'All',
    checked: true,
    hasProperties: false,
    temporary: false,
    lastUpdate: null,
  };
  return {
    name: 'idle',
    open: async ({ cookie }) => {
      begun(Number(Buffer.from(cookie ?? []).toString()));
      return {
        describe: async () => ({ name: 'Idle', hasProperties: false, alwaysListed: false }),
        items: async () => ({ complete: true, items: [item] }),
        attach: async () => {},
        prepare: async () => ({ ended: { outcome: 'ready', plan: null } }),
        synchronize: async () => ({
          ended: { outcome: 'done', error: null, counts: {}, bytes: 0 },
        }),
        setItemStatus: () => {},
        close: async () => {},
      };
    },
  };
}
