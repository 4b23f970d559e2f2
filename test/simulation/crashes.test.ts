import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CrashTotals, tryCrashes } from './engine/crashes.ts';
import { workloads } from './engine/workloads.ts';

test('CR-01 CR-02 CR-03 CR-04 CR-05 CR-06 CR-07 CR-08 CR-10 I18 the power fails at every call of every single deed, and every legal disk that is left recovers', async (t) => {
  const totals: CrashTotals = { workloads: 0, points: 0, states: 0, tried: 0 };
  for (const workload of workloads(1)) await tryCrashes(workload, totals);
  t.diagnostic(JSON.stringify(totals));
  assert.equal(totals.workloads, 12);
  assert.ok(totals.states > 5000 && totals.tried > 300, JSON.stringify(totals));
});
