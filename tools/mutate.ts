// npm run mutate: how many small bugs, put into the pure cores one at a time, the tests notice.
//   --only WORD     the cores with the word in their path
//   --sample N      so many mutants of each core, drawn by --seed (printed)
//   --at-least N    exit code 1 where a core comes to less than N percent
//   --list          the mutants that survived, with their places
// What is tried and how: tools/mutate/.
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type Core, cores } from './mutate/cores.ts';
import type { Mutant } from './mutate/instrument.ts';
import type { Job, Told } from './mutate/worker.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    sample: { type: 'string' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    'at-least': { type: 'string', default: '0' },
    list: { type: 'boolean', default: false },
  },
});

/** A mutant that takes longer has made something endless. */
const limitMs = 60_000;
const root = join(import.meta.dirname, '..');

interface Outcome {
  readonly by: string | null;
  readonly met: number;
}

interface Tried {
  readonly mutants: readonly Mutant[];
  readonly outcomes: ReadonlyMap<number, Outcome>;
}

const worker = new URL('mutate/worker.ts', import.meta.url);

function jobOf({ folder, tests }: Core): Omit<Job, 'mutants'> {
  const inside = globSync(`${folder}/*.ts`, { cwd: root }).toSorted(byText);
  const isTest = (file: string) => file.endsWith('.test.ts');
  const at = (file: string) => join(root, file);
  return {
    files: inside.filter((file) => !isTest(file)).map(at),
    tests: [...inside.filter(isTest), ...tests].map(at),
  };
}

async function tryAll(core: Core): Promise<Tried> {
  const job = jobOf(core);
  const { mutants } = await inThread({ ...job, mutants: [] }, () => undefined);
  let left = drawn(mutants.map(({ id }) => id));
  const outcomes = new Map<number, Outcome>();
  while (left.length > 0) {
    const { endless } = await inThread({ ...job, mutants: left }, ({ id, by, met }) => {
      outcomes.set(id, { by, met });
    });
    if (endless !== null) outcomes.set(endless, { by: 'it never ended', met: 1 });
    left = left.filter((id) => !outcomes.has(id));
  }
  return { mutants, outcomes };
}

/** `endless`: the mutant at work when the thread was given up. */
function inThread(
  job: Job,
  hear: (outcome: Extract<Told, { kind: 'outcome' }>) => void,
): Promise<{ mutants: readonly Mutant[]; endless: number | null }> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(worker, { workerData: job, stderr: true, stdout: true });
    let mutants: readonly Mutant[] = [];
    let current: number | null = null;
    let timer: NodeJS.Timeout | undefined;
    const over = (endless: number | null) => {
      clearTimeout(timer);
      void thread.terminate();
      resolve({ mutants, endless });
    };
    thread.on('message', (told: Told) => {
      clearTimeout(timer);
      if (told.kind === 'broken') reject(new Error(told.text));
      else if (told.kind === 'ready') ({ mutants } = told);
      else if (told.kind === 'outcome') hear(told);
      else {
        current = told.id;
        timer = setTimeout(() => over(current), limitMs);
      }
    });
    // One that runs out of memory ends its thread.
    thread.on('error', (error) => (mutants.length === 0 ? reject(error) : over(current)));
    thread.on('exit', () => over(null));
  });
}

function drawn(ids: readonly number[]): readonly number[] {
  const count = values.sample === undefined ? ids.length : Number(values.sample);
  const step = (id: number) => Math.imul(id + 1 + Number(values.seed) * 7919, 2_654_435_761) >>> 0;
  return ids
    .toSorted((one, other) => step(one) - step(other))
    .slice(0, count)
    .toSorted((one, other) => one - other);
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1;
}

let short = 0;
process.stdout.write(`| core | mutants | tried | noticed | met by no test | score |\n`);
process.stdout.write('| --- | --- | --- | --- | --- | --- |\n');
for (const core of cores.filter(({ folder }) => folder.includes(values.only))) {
  const { mutants, outcomes } = await tryAll(core);
  const all = [...outcomes.values()];
  const killed = all.filter(({ by }) => by !== null).length;
  const unmet = all.filter(({ met }) => met === 0).length;
  const score = (100 * killed) / Math.max(1, all.length);
  if (score < Number(values['at-least'])) short += 1;
  const cells = [core.folder, mutants.length, all.length, killed, unmet, `${score.toFixed(1)} %`];
  process.stdout.write(`| ${cells.join(' | ')} |\n`);
  if (!values.list) continue;
  for (const { id, file, line, was, becomes } of mutants) {
    const outcome = outcomes.get(id);
    if (outcome === undefined || outcome.by !== null) continue;
    const said = `${was.replace(/\s+/g, ' ').slice(0, 90)} → ${becomes.replace(/\s+/g, ' ').slice(0, 60)}`;
    process.stdout.write(
      `  ${file.slice(root.length + 1)}:${line}${outcome.met === 0 ? ' unmet' : ''} ${said}\n`,
    );
  }
}
process.stdout.write(`seed ${values.seed}\n`);
process.exitCode = short === 0 ? 0 : 1;
process.exit();
