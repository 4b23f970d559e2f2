// node bench/kernel.ts: sessions a second through the whole kernel with its store on disk, and how long
// a request waits for its beginning, beside job engines on the same machine whose jobs do nothing
// either. Interleaved; everything accepted is on disk before its caller hears of it.
//   --engines A,B engines whose names contain one of these (all)
//   --jobs N      requests of a round (10000)     --rounds N   rounds (3)
//   --callers N   callers at once, each with one request that is not accepted yet (16)
//   --in FOLDER   where the stores are made
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { bullmq } from './kernel/bullmq.ts';
import { type Flow, flow } from './kernel/engine.ts';
import { pgBoss } from './kernel/pg-boss.ts';
import { syncmgr } from './kernel/syncmgr.ts';

const { values } = parseArgs({
  options: {
    jobs: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    callers: { type: 'string', default: '16' },
    engines: { type: 'string', default: '' },
    in: { type: 'string', default: tmpdir() },
  },
});

const engines = [
  { name: 'syncmgr', make: syncmgr },
  { name: 'BullMQ', make: bullmq },
  { name: 'pg-boss', make: pgBoss },
];

const line = (name: string, { perSecond, medianMs, p99Ms }: Flow) =>
  `${name.padEnd(20)} ${String(Math.round(perSecond)).padStart(8)}/s   p50 ${medianMs.toFixed(2)} ms   p99 ${p99Ms.toFixed(2)} ms\n`;

for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { name, make } of engines) {
    if (!values.engines.split(',').some((word) => name.includes(word))) continue;
    const engine = make(values.in);
    const measured = await flow(engine, Number(values.jobs), Number(values.callers));
    process.stdout.write(line(engine.name, measured));
  }
}
