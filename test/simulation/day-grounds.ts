// What a simulated day stands on: a store in memory that outlives its managers, or one in a file that
// each of them opens anew.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../../src/store/memory/store.ts';
import { openSqliteStore } from '../../src/store/sqlite/store.ts';
import type { Ground } from './day.ts';

export function memoryGround(): Ground {
  let store: Store | null = null;
  return {
    open: (clock) => {
      store ??= openMemoryStore({ clock });
      return { ...store, close: async () => {} };
    },
    end: () => {},
  };
}

/** One that died leaves its file as it is, and its connection to nobody. */
export function fileGround(): Ground {
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-day-'));
  return {
    open: (clock) => openSqliteStore({ folder, clock }).store,
    end: () => rmSync(folder, { recursive: true }),
  };
}
