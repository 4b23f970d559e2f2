import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { Meter } from './meter.ts';

test('a stop wakes a lane that is paused', () => {
  const meter = new Meter();
  meter.pause(true);
  meter.stop();
  meter.waitWhilePaused();
  assert.equal(meter.stopped, true);
});

test('a bandwidth limit is kept', () => {
  const meter = new Meter();
  meter.setLimit(1_000_000);
  const began = performance.now();
  for (let block = 0; block < 10; block += 1) meter.countMoved(10_000);
  const ms = performance.now() - began;
  assert.equal(ms >= 90 && ms < 300, true, `100 kB at 1 MB/s took ${ms} ms`);
});

test('a stop wakes a lane that waits for its bandwidth', () => {
  const meter = new Meter();
  meter.setLimit(1);
  meter.stop();
  const began = performance.now();
  meter.countMoved(1_000_000);
  assert.equal(performance.now() - began < 1000, true);
});

test('a lane that waits for its bandwidth takes a new limit at once', async () => {
  const meter = new Meter();
  meter.setLimit(1);
  const lane = new Worker(
    `const { workerData } = require('node:worker_threads');
     import(workerData.module).then(({ Meter }) => {
       const meter = new Meter(workerData.shared);
       meter.countMoved(1_000_000);
       meter.countMoved(1_000_000);
     });`,
    {
      eval: true,
      workerData: { shared: meter.shared, module: new URL('./meter.ts', import.meta.url).href },
    },
  );
  const ended = once(lane, 'exit');
  // Whenever the lane comes to its first wait: no wait under this limit ever ends.
  while (meter.bytes === 0) await pause(5);
  await pause(100);
  assert.equal(meter.bytes, 1_000_000);
  meter.setLimit(null);
  assert.deepEqual(await ended, [0]);
  assert.equal(meter.bytes, 2_000_000);
});
