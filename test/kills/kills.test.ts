// Kills at some of the calls, drawn by the day. Every call of every workload, and what happens when one
// fails or has no room: npm run kills.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bundledProgram } from '../../tools/bundle.ts';
import { canTrace, drawn, hitsOn, type Outcome, strike, survey } from './campaign.ts';
import { ext4, isDisk, tmpfs } from './disks.ts';
import { workloads } from './workloads.ts';

const seed = Math.floor(Date.now() / 86_400_000);
/** A hit, and the two runs after it, take two seconds of a processor. */
const hitsMax = 30;

test('CR-01 CR-02 CR-03 CR-04 CR-05 CR-06 CR-07 CR-10 I18 killed at any changing call, nothing is lost, half or left behind', async (t) => {
  if (!canTrace()) {
    t.diagnostic('not possible here: strace cannot trace');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'syncmgr-kills-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const found = [ext4(), tmpfs()];
  const disks = found.filter(isDisk);
  t.after(() => disks.forEach((disk) => void disk.remove()));
  for (const one of found) {
    if (!isDisk(one)) t.diagnostic(`not possible here: ${one.kind}: ${one.reason}`);
  }
  const program = {
    path: await bundledProgram(join(folder, 'package')),
    cache: join(folder, 'cache'),
  };
  const grounds = [];
  for (const disk of disks) {
    for (const workload of workloads) grounds.push(await survey(program, disk, workload));
  }
  const all = grounds.flatMap(hitsOn).filter(({ effect }) => effect === 'SIGKILL');
  const hits = drawn(all, hitsMax, seed);
  const outcomes: Outcome[] = [];
  await strike(program, grounds, hits, 2, (outcome) => void outcomes.push(outcome));
  const reached = outcomes.filter((outcome) => outcome.reached);
  t.diagnostic(`seed ${seed}: ${reached.length} of ${all.length} kills`);
  const faults = outcomes.flatMap(({ hit: { disk, workload, spot }, fault }) =>
    fault === null ? [] : [`${disk.kind} ${workload.name} ${spot.call} ${spot.n}: ${fault}`],
  );
  assert.deepEqual(faults, []);
  assert.ok(reached.length > hits.length / 2, `only ${reached.length} were reached`);
});
