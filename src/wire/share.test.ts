import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualClock } from '../../test/support/virtual-clock.ts';
import { Share } from './share.ts';

/** A clock on which work takes as long as it says. */
class WorkingClock extends VirtualClock {
  #workedMs = 0;
  override monotonic(): number {
    return super.monotonic() + this.#workedMs;
  }
  work(ms: number): void {
    this.#workedMs += ms;
  }
}

async function talk(part: number, turns: number) {
  const clock = new WorkingClock();
  const share = new Share(clock, part);
  const before = clock.monotonic();
  let waits = 0;
  for (let turn = 0; turn < turns; turn++) {
    clock.work(10);
    share.spend(10);
    const rest = share.rest();
    if (rest !== null) {
      waits += 1;
      await rest;
    }
  }
  return { waits, part: (turns * 10) / (clock.monotonic() - before) };
}

test('HN-10 who talks without end is heard for its part of the time', async () => {
  const { part } = await talk(0.05, 1_000);
  assert.ok(part > 0.049 && part < 0.052, `${part}`);
});

test('a burst within what was saved is heard at once', async () => {
  assert.equal((await talk(0.05, 20)).waits, 0);
  assert.ok((await talk(0.05, 22)).waits > 0);
});

test('a whole share never waits', async () => {
  assert.equal((await talk(1, 1_000)).waits, 0);
});
