// npm run mutate: how many small bugs, put into the pure cores one at a time, the tests notice.
//   --only WORD     the cores with the word in their path
//   --file WORD     the mutants of files with the word in their name
//   --sample N      so many mutants of each core, drawn by --seed (printed)
//   --at-least N    exit code 1 where a core, or all, come to less than N percent, and not by chance
//   --jobs N        so many cores at once
//   --list          the mutants that survived, with their places
// What is tried and how: tools/mutate/.
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { cores } from './mutate/cores.ts';
import type { Mutant } from './mutate/instrument.ts';
import { type Tried, tryCore } from './mutate/try-core.ts';
import { type Count, isTooLow } from './mutate/verdict.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    file: { type: 'string', default: '' },
    sample: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    'at-least': { type: 'string', default: '0' },
    jobs: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
});
const root = join(import.meta.dirname, '..');
const share = Number(values['at-least']) / 100;

function drawn(mutants: readonly Mutant[]): readonly number[] {
  const step = (id: number) => Math.imul(id + 1 + Number(values.seed) * 7919, 2_654_435_761) >>> 0;
  return mutants
    .filter(({ file }) => basename(file).includes(values.file))
    .map(({ id }) => id)
    .toSorted((one, other) => step(one) - step(other))
    .slice(0, values.sample === undefined ? mutants.length : Number(values.sample))
    .toSorted((one, other) => one - other);
}

function show(name: string, { mutants, tried, noticed }: Count, unmet: number): void {
  const percent = `${((100 * noticed) / Math.max(1, tried)).toFixed(1)} %`;
  process.stdout.write(`| ${[name, mutants, tried, noticed, unmet, percent].join(' | ')} |\n`);
}

function hold(name: string, count: Count): void {
  if (!isTooLow(count, share)) return;
  process.stdout.write(`  ${name} is below ${values['at-least']} %\n`);
  process.exitCode = 1;
}

function showSurvivors({ mutants, outcomes }: Tried): void {
  for (const { id, file, line, was, becomes } of mutants) {
    const outcome = outcomes.get(id);
    if (outcome === undefined || outcome.by !== null) continue;
    const place = `${file.slice(root.length + 1)}:${line}${outcome.met === 0 ? ' unmet' : ''}`;
    const short = (text: string, most: number) => text.replace(/\s+/g, ' ').slice(0, most);
    process.stdout.write(`  ${place} ${short(was, 90)} → ${short(becomes, 60)}\n`);
  }
}

const total = { mutants: 0, tried: 0, noticed: 0 };
let unmet = 0;
process.stdout.write(`| core | mutants | tried | noticed | met by no test | score |\n`);
process.stdout.write('| --- | --- | --- | --- | --- | --- |\n');
const chosen = cores.filter(({ folder }) => folder.includes(values.only)).values();
async function work(): Promise<void> {
  for (const core of chosen) {
    const tried = await tryCore(root, core, drawn);
    const all = [...tried.outcomes.values()];
    const noticed = all.filter(({ by }) => by !== null).length;
    const own = all.filter(({ met }) => met === 0).length;
    const count = { mutants: tried.mutants.length, tried: all.length, noticed };
    show(core.folder, count, own);
    hold(core.folder, count);
    for (const test of tried.leftOut) process.stdout.write(`  without the test: ${test}\n`);
    if (values.list) showSurvivors(tried);
    unmet += own;
    total.mutants += count.mutants;
    total.tried += count.tried;
    total.noticed += count.noticed;
  }
}
await Promise.all(Array.from({ length: Number(values.jobs) }, work));
show('all', total, unmet);
hold('all', total);
process.stdout.write(`seed ${values.seed}\n`);
process.exit();
