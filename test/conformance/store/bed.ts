// What a test of the port stands on: a store of the kind under test and a clock set by hand.
import { test } from 'node:test';
import { SyncError } from '../../../src/model/error.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Store } from '../../../src/ports/store.ts';

/** Opens an empty store; `end` is called after it was closed, to clear away. */
export type StoreFactory = (clock: Clock) => { readonly store: Store; readonly end: () => void };

export interface HandClock extends Clock {
  at: number;
}

export interface Bed {
  readonly store: Store;
  readonly clock: HandClock;
}

export function handClock(at = 5_000): HandClock {
  const clock: HandClock = {
    at,
    now: () => clock.at,
    zone: () => 'UTC',
    monotonic: () => clock.at,
    sleep: () => Promise.resolve(),
  };
  return clock;
}

/** A test with a store of its own. */
export function withStore(
  open: StoreFactory,
  title: string,
  body: (bed: Bed) => Promise<void>,
): void {
  test(title, async () => {
    const clock = handClock();
    const { store, end } = open(clock);
    try {
      await body({ store, clock });
    } finally {
      await store.close();
      end();
    }
  });
}

/** For `assert.rejects`: a SyncError of that code. */
export const refused = (code: string) => (error: unknown) =>
  error instanceof SyncError && error.code === code;

/** The marks of all events, in order: what happened and what did not. */
export async function marks(store: Store): Promise<unknown[]> {
  return (await store.events.list(0, 10_000)).map(({ data }) => data.mark);
}
