// npm run escapes: a million attempts to be led out of a root, by hostile names, links, and a process that
// exchanges folders for links meanwhile. None may succeed.
//   --attempts N   so many in all
//   --only KIND    rules, disk, batches or runs
//   --seed N       other names (printed)
//   --keep         writes what was counted into docs/proof.md
import { parseArgs } from 'node:util';
import { keepCounts } from '../simulation/keep-counts.ts';
import { kinds, shares, tryEscapes } from './all.ts';

const { values } = parseArgs({
  options: {
    attempts: { type: 'string', default: '1000000' },
    only: { type: 'string', default: '' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 86_400_000)) },
    keep: { type: 'boolean', default: false },
  },
});

const names = {
  rules: 'by paths before the rules',
  disk: 'in calls of an open folder',
  batches: 'in transitions over hostile paths',
  runs: 'in whole runs',
};

process.stdout.write(`seed ${values.seed}\n`);
const all: Record<string, number> = {};
const sum = { attempts: 0, exchanged: 0, escaped: 0 };
for (const kind of kinds.filter((one) => one.includes(values.only))) {
  const wanted = Math.ceil(Number(values.attempts) * shares[kind]);
  try {
    const { attempts, done, exchanged } = await tryEscapes(kind, Number(values.seed), wanted);
    process.stdout.write(
      `${kind}: ${attempts} attempts, ${done} did something inside, ` +
        `folders exchanged ${exchanged} times\n`,
    );
    all[`attempts ${names[kind]}`] = attempts;
    sum.attempts += attempts;
    sum.exchanged += exchanged;
  } catch (thrown) {
    sum.escaped += 1;
    process.stdout.write(`${kind}: ${String(thrown)}\n`);
  }
}
const counts = {
  'attempts to get out of a root': sum.attempts,
  ...all,
  'exchanges of a folder for a link meanwhile': sum.exchanged,
  escaped: sum.escaped,
};
if (values.keep && sum.escaped === 0) keepCounts(counts, 'escapes');
process.stdout.write(`counted: ${JSON.stringify(counts)}\n`);
process.exitCode = sum.escaped === 0 ? 0 : 1;
