// npm run kills: the packaged program hit at its changing calls, on ext4 and on tmpfs, by strace: every
// call of every workload, by a kill, by a failing and by a full disk.
//   --sample N     so many of them, drawn by --seed (printed)
//   --disk KIND, --workload NAME   there only
//   --only WORD    what has the word in “disk workload call n effect”
//   --jobs N       so many processes at once
//   --keep         writes what was counted into docs/proof.md
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bundledProgram } from '../../tools/bundle.ts';
import { keepCounts } from '../simulation/keep-counts.ts';
import { canTrace, drawn, type Hit, hitsOn, type Outcome, strike, survey } from './campaign.ts';
import { caseFolded, ext4, isDisk, tmpfs, vfat } from './disks.ts';
import { workloads } from './workloads.ts';

const { values } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    only: { type: 'string', default: '' },
    disk: { type: 'string', default: '' },
    workload: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    keep: { type: 'boolean', default: false },
  },
});
const say = (text: string) => process.stdout.write(`${text}\n`);
const nameOf = ({ disk, workload, spot, effect }: Hit) =>
  `${disk.kind} ${workload.name} ${spot.call} ${spot.n} ${effect}`;

if (!canTrace()) {
  say('not possible here: strace cannot trace');
  process.exit();
}
const folder = mkdtempSync(join(tmpdir(), 'syncmgr-kills-'));
const found = [ext4(), tmpfs(), caseFolded(), vfat()];
const disks = found.filter(isDisk);
const wanted = disks.filter(({ kind }) => kind.includes(values.disk));
for (const one of found) {
  if (!isDisk(one)) say(`${one.kind}: cannot be had here (${one.reason})`);
  else if (one.note !== null) say(`${one.kind}: ${one.note}`);
}
try {
  const path = await bundledProgram(join(folder, 'package'));
  const program = { path, cache: join(folder, 'cache') };
  const grounds = [];
  for (const disk of wanted) {
    const own = workloads.filter(({ name }) => name.includes(values.workload));
    for (const workload of own) grounds.push(await survey(program, disk, workload));
  }
  for (const { disk, workload, sighting } of grounds) {
    const { calls, spots } = sighting;
    say(`${disk.kind} ${workload.name}: ${calls} changing calls, ${spots.length} spots`);
  }
  const all = grounds.flatMap(hitsOn).filter((hit) => nameOf(hit).includes(values.only));
  const hits = drawn(all, Number(values.sample ?? all.length), Number(values.seed));
  say(`seed ${values.seed}: ${hits.length} of ${all.length}`);
  const counts = { kills: 0, 'failing calls': 0, 'no room': 0, 'not reached': 0, failed: 0 };
  const hear = ({ hit, reached, fault }: Outcome) => {
    if (!reached) counts['not reached'] += 1;
    else if (hit.effect === 'SIGKILL') counts.kills += 1;
    else counts[hit.effect === 'EIO' ? 'failing calls' : 'no room'] += 1;
    if (fault === null) return;
    counts.failed += 1;
    say(`${nameOf(hit)}: ${fault}`);
  };
  await strike(program, grounds, hits, Number(values.jobs), hear);
  if (values.keep && counts.failed === 0) keepCounts(counts, 'kills');
  say(`counted: ${JSON.stringify(counts)}`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
} finally {
  for (const disk of disks) disk.remove();
  rmSync(folder, { recursive: true, force: true });
}
